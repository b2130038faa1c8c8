import Documents
import Kubernetes
import Reconciling
import StandInCluster

/// The recorded requests in their order, sent to a stand-in.
struct StandInStory {
    let world: World

    /// The recorded kind, as far as its schema matters, and the operator's own.
    static let kinds: [StandInKind] =
        [
            StandInKind(
                APIResource(group: "flare.example.dev", version: "v1alpha1", plural: "intents", kind: "Intent"),
                hasStatus: true,
                complete: complete,
                check: check
            )
        ] + StandInKind.own

    private static func complete(_ object: Node) -> Node {
        guard var spec = object["spec"]?.mapping else { return object }
        // What the schema does not know is pruned.
        spec.removeAll { $0.key == "colour" }
        if !spec.contains(where: { $0.key == "replicas" }) { spec.append(Node.Member("replicas", 1)) }
        return object.replacing("spec", Node(.mapping(spec)))
    }

    private static func check(_ object: Node) -> StandInRefusal? {
        if let name = object["metadata"]?["name"]?.string, name.lowercased() != name {
            return .invalid([("metadata.name", "Invalid value")])
        }
        guard let objective = object["spec"]?["objective"]?.string, !objective.isEmpty else {
            return .invalid([("spec.objective", "Required value")])
        }
        if let replicas = object["spec"]?["replicas"], replicas.integer.map({ $0 > 100 }) ?? true {
            return .invalid([("spec.replicas", "Invalid value")])
        }
        if object["spec"]?["image"]?.string == "forbidden" { return .invalid([("spec", "Invalid value")]) }
        let statuses = (object["status"]?["conditions"]?.sequence ?? []).compactMap { $0["status"]?.string }
        if statuses.contains("Maybe") { return .invalid([("status.conditions[0].status", "Unsupported value")]) }
        return nil
    }

    /// Transcripts that are not played, and why.
    static let leftOut: [String: String] = {
        var reasons: [String: String] = [:]
        let groups: [(String, String)] = [
            ("list_metadata_only list_table not_acceptable", "the stand-in speaks plain JSON objects alone"),
            ("list_paging list_continue_after_compact list_continue_expired_410", "each server makes its own tokens"),
            ("list_continue_inconsistent list_exact list_exact_compacted_410", "each server makes its own tokens"),
            ("json_patch json_patch_test_failed", "the client never sends JSON patches"),
            ("delete_foreground delete_collection", "the client never asks for it"),
            ("ssa_unknown_field strict_unknown_field", "the stand-in has no schemas"),
            ("method_not_allowed put_to_collection event_core_v1_view ssar", "a kind that the stand-in does not serve"),
            ("version readyz storage_stalled_readyz discovery_group_version", "the client never asks"),
            ("unauthorized_no_token unauthorized_bad_token", "the stand-in lets everybody in"),
            ("forbidden_list forbidden_create forbidden_watch", "a fault on command"),
            ("too_many_requests too_many_requests_initializing crd_just_created", "a fault on command"),
            ("storage_stalled_create storage_stalled_list connection_refused", "a fault on command"),
            ("admission_policy_denied admission_webhook_unreachable", "a fault on command"),
            ("request_entity_too_large object_too_large", "their bodies were cut in the recording"),
            ("crd_deleted_list watch_crd_deleted list_gzip http2_get", "what was there then is not recorded"),
            ("watch watch_timeout_idle watch_no_resource_version watch_resource_version_0", unseen),
            ("watch_list watch_list_from_resource_version watch_list_without_match watch_list_no_cache", unseen),
            ("watch_label_selector watch_field_selector watch_metadata_only watch_all_namespaces", unseen),
            ("watch_deprecated_path watch_rv_in_future watch_http2 watch_client_abort watch_burst", unseen),
            ("watch_big_object watch_old_rv_after_compact watch_server_sigterm watch_server_sigkill", unseen),
            ("watch_expired_410 watch_rv_1_410 watch_expired_410_no_cache watch_no_cache", unseen),
        ]
        for (names, reason) in groups {
            for name in names.split(separator: " ") { reasons[String(name)] = reason }
        }
        return reasons
    }()

    private static let unseen = "what happened during the watch is not recorded; ReflectorTests watch the stand-in"

    /// Exchanges whose details name something else in the stand-in.
    private static let withoutDetails: Set<String> = [
        "ssa_without_field_manager", "wrong_kind", "replace_without_resource_version", "delete_uid_precondition",
        "create_namespace_missing",
    ]

    /// What the recorder did before an exchange without recording it.
    private func prepare(_ name: String) async throws {
        switch name {
        case "list_items":
            for name in ["bravo", "charlie", "delta"] { try await create(name) }
        case "strategic_patch_unsupported":
            let patch = Node.mapping(["spec": .mapping(["replicas": 5])])
            _ = try await world.client.merge(Self.flare, World.name("alpha"), patch)
        case "delete_uid_precondition": try await create("del")
        case "delete_with_finalizer": try await create("fin", finalizers: ["flare.example.dev/cleanup"])
        case "finalizer_bad_name":
            world.cluster.age(to: 236)
            for name in ["bravo", "charlie", "delta"] { try await world.client.delete(Self.flare, World.name(name)) }
        case "create_namespace_terminating": world.cluster.setTerminating("term")
        case "lease_get_not_found": world.cluster.age(to: 352)
        case "event_create": world.cluster.age(to: 366)
        default: break
        }
    }

    private static let flare = APIResource(
        group: "flare.example.dev",
        version: "v1alpha1",
        plural: "intents",
        kind: "Intent"
    )

    private func create(_ name: String, finalizers: [String] = []) async throws {
        var metadata: [(String, Node)] = [("name", .string(name))]
        if !finalizers.isEmpty { metadata.append(("finalizers", .list(finalizers.map { .string($0) }))) }
        _ = try await world.client.create(
            Self.flare,
            in: "default",
            .mapping([
                "apiVersion": .string(Self.flare.apiVersion), "kind": "Intent", "metadata": .mapping(metadata),
                "spec": .mapping(["class": "gpu", "objective": "low-latency"]),
            ])
        )
    }

    /// Sends every recorded request; gives what differs from the recorded replies.
    func play(_ transcripts: [Transcript]) async throws -> [String] {
        var differences: [String] = []
        let uids = Self.uids(transcripts)
        world.cluster.age(to: 210)
        for transcript in transcripts where Self.leftOut[transcript.name] == nil {
            try await prepare(transcript.name)
            for (index, exchange) in transcript.exchanges.enumerated() {
                // The recorder read after it had written.
                if transcript.name == "lease_renew", index == 0 { continue }
                // Recorded requests name the uids that the real server gave.
                world.cluster.setUIDs(uids)
                var wanted = Self.words(exchange.response, exchange.status)
                var got = try await reply(to: exchange)
                if Self.withoutDetails.contains(transcript.name) {
                    wanted = wanted.split(separator: " ").prefix(2).joined(separator: " ")
                    got = got.split(separator: " ").prefix(2).joined(separator: " ")
                }
                if wanted != got { differences.append("\(transcript.name)[\(index)]: \(got) is not \(wanted)") }
            }
        }
        return differences
    }

    /// The uids that the real server gave, by name.
    private static func uids(_ transcripts: [Transcript]) -> [String: String] {
        var uids = ["del": "205a0e73-a0ff-4784-a185-93588cb39878"]
        for exchange in transcripts.flatMap(\.exchanges) where exchange.status < 300 {
            let body = exchange.response.dropFirst(exchange.response[...].prefix(upToBlankLine: ()).count + 4)
            guard body.first == UInt8(ascii: "{"), let node = try? DocumentParser.json(Array(body)) else { continue }
            guard let name = node["metadata"]?["name"]?.string, let uid = node["metadata"]?["uid"]?.string else {
                continue
            }
            if uids[name] == nil { uids[name] = uid }
        }
        return uids
    }

    private func reply(to exchange: Transcript.Exchange) async throws -> String {
        let request = TransportRequest(
            method: exchange.method,
            url: "http://stand-in\(exchange.target)",
            headers: [(name: "Content-Type", value: exchange.requestType)],
            body: exchange.requestBody.isEmpty ? nil : exchange.requestBody
        )
        if exchange.target.contains("watch=true") {
            let stream = try await world.cluster.open(request, idle: .seconds(60))
            var reply = stream.head
            while let piece = try await stream.next() { reply.body += piece }
            return Self.words(reply)
        }
        return Self.words(try await world.cluster.send(request))
    }

    private static func words(_ response: [UInt8], _ status: Int) -> String {
        let head = response[...].prefix(upToBlankLine: ())
        var body = Array(response.dropFirst(head.count + 4))
        if String(decoding: head, as: UTF8.self).lowercased().contains("transfer-encoding: chunked") {
            body = unchunked(body)
        }
        return words(TransportReply(status: status, body: body))
    }

    /// A body without the frames of its chunks.
    private static func unchunked(_ body: [UInt8]) -> [UInt8] {
        var content: [UInt8] = []
        var rest = body[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\r")),
            let count = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), count > 0,
            rest.count >= count + 4
        {
            rest = rest[(end + 2)...]
            content += rest.prefix(count)
            rest = rest.dropFirst(count + 2)
        }
        return content
    }

    /// What both servers must say alike: the status, the reason, and of objects their names, versions and generations.
    private static func words(_ reply: TransportReply) -> String {
        guard reply.body.first == UInt8(ascii: "{"), let node = try? DocumentParser.json(reply.body) else {
            return "\(reply.status)"
        }
        if let reason = node["reason"]?.string { return "\(reply.status) \(reason) \(details(node))" }
        if let items = node["items"]?.sequence {
            let version = node["metadata"]?["resourceVersion"]?.string ?? ""
            let isLast = node["metadata"]?["continue"]?.string?.isEmpty ?? true
            return "\(reply.status) \(items.map(object).joined(separator: " ")) at \(version)\(isLast ? "" : ", more")"
        }
        return "\(reply.status) \(object(node))"
    }

    private static func details(_ node: Node) -> String {
        let details = node["details"]
        return [details?["name"]?.string, details?["kind"]?.string].compactMap(\.self).joined(separator: " ")
    }

    private static func object(_ node: Node) -> String {
        let metadata = node["metadata"]
        let facts: [String] = [
            metadata?["name"]?.string.map { $0.hasPrefix("gen-") ? "gen" : $0 } ?? "",
            metadata?["resourceVersion"]?.string ?? "",
            metadata?["generation"]?.integer.map { "g\($0)" } ?? "",
            metadata?["deletionTimestamp"] == nil ? "" : "deleting",
        ]
        let spec = node["spec"].map { DocumentPrinter.json($0, keys: .sorted) } ?? ""
        let status = node["status"].map { DocumentPrinter.json($0, keys: .sorted) } ?? ""
        return (facts + [spec, status]).filter { !$0.isEmpty }.joined(separator: ",")
    }
}

extension Node {
    /// This with one member replaced.
    func replacing(_ key: String, _ value: Node) -> Node {
        Node(.mapping((mapping ?? []).map { $0.key == key ? Member(key, value) : $0 }))
    }
}

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
        guard let spec = object["spec"]?.mapping, object["spec"]?["replicas"] == nil else { return object }
        return object.replacing("spec", Node(.mapping(spec + [Node.Member("replicas", 1)])))
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

    /// What the recorder did between the exchanges without recording it.
    private static let unrecorded: [String: [Node]] = [:]

    static let leftOut: [String: String] = [:]

    /// Sends every recorded request; gives what differs from the recorded replies.
    func play(_ transcripts: [Transcript]) async throws -> [String] {
        var differences: [String] = []
        for transcript in transcripts where Self.leftOut[transcript.name] == nil {
            for (index, exchange) in transcript.exchanges.enumerated() {
                let wanted = Self.words(exchange.response, exchange.status)
                let got = try await reply(to: exchange)
                if wanted != got { differences.append("\(transcript.name)[\(index)]: \(got) is not \(wanted)") }
            }
        }
        return differences
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
        let body = response[...].prefix(upToBlankLine: ())
        return words(TransportReply(status: status, body: Array(response.dropFirst(body.count + 4))))
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

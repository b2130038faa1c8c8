import Documents
import Intents
import Placement
import Reconciling
import Testing

@testable import Kubernetes

/// What the operator writes stands in the definitions of its kinds, and no definition stands in its way.
struct CustomResourceTests {
    /// The schema of a definition's only version.
    private static func schema(_ resource: CustomResource) throws -> Node {
        let version = try #require(resource.definition["spec"]?["versions"]?.sequence?.first)
        return try #require(version["schema"]?["openAPIV3Schema"])
    }

    /// Every part of a schema with its path.
    private static func parts(_ schema: Node, _ path: String) -> [(path: String, schema: Node)] {
        var parts = [(path: path, schema: schema)]
        for field in schema["properties"]?.mapping ?? [] { parts += Self.parts(field.node, "\(path).\(field.key)") }
        if let items = schema["items"] { parts += Self.parts(items, "\(path)[]") }
        return parts
    }

    /// What of a value a schema does not describe, or describes as something else.
    private static func strays(_ value: Node, _ schema: Node, _ path: String) -> [String] {
        switch value.value {
        case .null: []
        case .mapping(let members):
            members.flatMap { member in
                schema["properties"]?[member.key].map { strays(member.node, $0, "\(path).\(member.key)") }
                    ?? ["\(path).\(member.key)"]
            }
        case .sequence(let entries):
            schema["items"].map { items in entries.flatMap { strays($0, items, "\(path)[]") } } ?? [path]
        case .string: schema["type"] == "string" ? [] : [path]
        case .bool: schema["type"] == "boolean" ? [] : [path]
        case .integer, .number: schema["type"] == "integer" ? [] : [path]
        }
    }

    @Test("A definition names its kind", arguments: [true, false])
    func names(_ isIntent: Bool) throws {
        let resource = isIntent ? CustomResource.intent : .allocation
        let definition = resource.definition
        #expect(definition["apiVersion"] == "apiextensions.k8s.io/v1")
        #expect(definition["metadata"]?["name"] == .string(resource.resource.fullName))
        let spec = try #require(definition["spec"])
        #expect(spec["group"] == .string(APIResource.ownGroup))
        #expect(spec["scope"] == "Namespaced")
        #expect(spec["names"]?["kind"] == (isIntent ? "Intent" : "Allocation"))
        #expect(spec["names"]?["plural"] == (isIntent ? "intents" : "allocations"))
        #expect(spec["names"]?["singular"] == (isIntent ? "intent" : "allocation"))
        #expect(spec["names"]?["shortNames"] == (isIntent ? ["gpi"] : ["gpa"]))
        #expect(spec["names"]?["categories"] == (isIntent ? ["all"] : []))
        #expect(spec["versions"]?.sequence?.first?["name"] == "v1alpha1")
        #expect(spec["versions"]?.sequence?.first?["subresources"]?["status"]?.mapping?.isEmpty == true)
    }

    @Test func columnsAreThoseThatPeopleAskFor() {
        let columns = CustomResource.intent.columns
        #expect(
            columns.filter { !$0.isWide }.map(\.name) == ["Ready", "Phase", "GPU", "Slots", "Cost/h", "Age"]
        )
        #expect(columns.filter(\.isWide).map(\.name) == ["Platform", "Message"])
        #expect(columns.filter(\.isWide).allSatisfy { $0.node["priority"] == 1 })
        #expect(columns.filter { !$0.isWide }.allSatisfy { $0.node["priority"] == nil })
    }

    @Test("A column shows a field that is there", arguments: [true, false])
    func columns(_ isIntent: Bool) throws {
        let resource = isIntent ? CustomResource.intent : .allocation
        let paths = Set(Self.parts(try Self.schema(resource), "").map(\.path))
        for column in resource.columns where column.path != ".metadata.creationTimestamp" {
            let isCondition = column.path.hasPrefix(".status.conditions[?(@.type==\"")
            let field = column.path.split(separator: ".").last.map(String.init) ?? ""
            #expect(paths.contains(isCondition ? ".status.conditions[].\(field)" : column.path), "\(column.path)")
        }
    }

    @Test("What the operator writes is never refused for being new, nor lost", arguments: [true, false])
    func openness(_ isIntent: Bool) throws {
        let resource = isIntent ? CustomResource.intent : .allocation
        let written = isIntent ? [resource.status] : [resource.spec, resource.status]
        for (path, schema) in written.flatMap({ Self.parts($0, "") }) {
            #expect(schema["description"]?.string?.hasSuffix(".") == true, "\(path)")
            #expect(schema["type"] != nil, "\(path)")
            if schema["type"] == "object" {
                #expect(schema["x-kubernetes-preserve-unknown-fields"] == true, "\(path)")
            }
            #expect(schema["enum"] == nil || path == ".conditions[].status", "\(path)")
            #expect(schema["default"] == nil && schema["pattern"] == nil, "\(path)")
        }
    }

    @Test func severalManagersMayWriteConditions() throws {
        // The condition of a deletion is applied by a manager of its own, beside those of the status.
        let conditions = try Self.schema(.intent)["properties"]?["status"]?["properties"]?["conditions"]
        #expect(conditions?["x-kubernetes-list-type"] == "map")
        #expect(conditions?["x-kubernetes-list-map-keys"] == ["type"])
        #expect(conditions?["items"]?["required"]?.sequence?.contains("type") == true)
    }

    @Test func everyFieldOfAStatusIsDescribed() throws {
        let status = try #require(try Self.schema(.intent)["properties"]?["status"])
        #expect(Self.strays(Self.fullStatus.node, status, "status") == [])
        let finish = Finish(outcome: .completed, generation: 2, at: Self.moment, message: "done")
        var account = IntentAccount(key: IntentKey(rawValue: "a/b"), spent: .zero, attempts: 3)
        account.workBeganAt = Self.moment
        account.finish = finish
        let note = try #require(status["properties"]?["account"])
        #expect(Self.strays(AccountNote(account, includes: [1, 2]).node, note, "account") == [])
        #expect(status["properties"]?["reconciledAt"]?["type"] == "string")
    }

    @Test func everyFieldOfARowIsDescribed() throws {
        let schema = try Self.schema(.allocation)
        let owner = OwnerReference(resource: .intents, name: "small", uid: "u")
        let row = Self.fullRow
        let spec = row.specNode(intent: owner, operatorID: "operator")
        let described = try #require(schema["properties"]?["spec"])
        #expect(Self.strays(spec, described, "spec") == [])
        #expect(Self.strays(row.standingNode, try #require(schema["properties"]?["status"]), "status") == [])
        // The test means something only where nothing is left out.
        #expect(Set((spec.mapping ?? []).map(\.key)) == Set((described["properties"]?.mapping ?? []).map(\.key)))
        #expect((row.standingNode.mapping ?? []).allSatisfy { !$0.node.isNull })
        for name in described["required"]?.sequence ?? [] { #expect(spec[name.string ?? ""] != nil) }
    }

    @Test func aRowWithNothingOptionalIsAccepted() throws {
        let described = try #require(try Self.schema(.allocation)["properties"]?["spec"])
        let row = AllocationRecord(
            attempt: AttemptID(rawValue: "0"),
            key: IntentKey(rawValue: "research/small"),
            slot: 0,
            ordinal: 1,
            purchase: Self.fullRow.purchase,
            shape: "s",
            reference: "r",
            openedAt: Self.moment,
            body: nil
        )
        let owner = OwnerReference(resource: .intents, name: "small", uid: "u")
        let spec = row.specNode(intent: owner, operatorID: "operator")
        for name in described["required"]?.sequence ?? [] {
            #expect(spec[name.string ?? ""] != nil, "\(name.string ?? "") is required")
        }
    }

    @Test func whatARowStandsOnIsNeverChanged() throws {
        let spec = try #require(try Self.schema(.allocation)["properties"]?["spec"])
        let rule = try #require(spec["x-kubernetes-validations"]?.sequence?.first?["rule"]?.string)
        for field in ["intent", "intentUID", "slot", "ordinal", "attempt", "platform", "hourlyCost"] {
            #expect(rule.contains("self.\(field) == oldSelf.\(field)"))
            #expect(spec["required"]?.sequence?.contains(.string(field)) == true, "the rule needs no has()")
            let isBounded = spec["properties"]?[field]?["maxLength"] != nil
            #expect(isBounded || spec["properties"]?[field]?["type"] == "integer", "the rule has a price")
        }
    }

    private static let moment = Timestamp(milliseconds: 1_700_000_000_000)

    /// A status in which everything is said.
    private static var fullStatus: IntentStatus {
        var status = IntentStatus(observedGeneration: 2, wantedSlots: 1)
        status.conditions = [
            Condition(type: "Ready", status: .yes, reason: "Running", message: "m", lastTransition: moment)
        ]
        status.placement = PlacementStatus(
            platform: PlatformName(rawValue: "flare"),
            provider: "provider-1",
            offer: "o",
            gpu: "nvidia-h100",
            count: 2,
            location: "EU",
            hourlyCost: .zero,
            because: "it is the cheapest"
        )
        var slot = SlotStatus(number: 0, state: .running, note: "n")
        slot.generation = 2
        slot.platform = PlatformName(rawValue: "flare")
        slot.allocation = AllocationID(rawValue: "i")
        slot.address = "10.0.0.1"
        slot.attempt = AttemptID(rawValue: "a")
        slot.since = moment
        status.slots = [slot]
        status.cost.asOf = moment
        status.url = "https://small.example.com"
        status.constraints = [ConstraintVerdict(name: "constraints.location", verdict: .enforced, why: "w")]
        status.nextRetryAt = moment
        status.lastError = ErrorStatus(code: "C", message: "m", at: moment)
        status.history = [Transition(at: moment, phase: .running, message: "m")]
        return status
    }

    /// A row in which everything is said.
    private static var fullRow: AllocationRecord {
        let platform = PlatformName(rawValue: "flare")
        var row = AllocationRecord(
            attempt: AttemptID(rawValue: "0"),
            key: IntentKey(rawValue: "research/small"),
            slot: 0,
            ordinal: 1,
            purchase: Purchase(
                offer: Offer.ID(platform: platform, name: "o"),
                provider: "provider-1",
                location: "EU",
                zone: "eu-west-1a",
                model: "nvidia-h100",
                gpuCount: 2,
                hourly: .zero,
                spot: true,
                maxReplicas: 3,
                generation: 4,
                holdsVolume: true
            ),
            shape: "s",
            reference: "r",
            openedAt: moment,
            replaces: AttemptID(rawValue: "1"),
            listedBefore: [AllocationID(rawValue: "x")],
            body: "{}"
        )
        row.id = AllocationID(rawValue: "i")
        row.sighting = Sighting(
            state: .running,
            rawState: "running",
            since: moment,
            looks: 1,
            address: "10.0.0.1",
            url: "https://small.example.com",
            hourlyCost: .zero,
            message: "m"
        )
        row.doubt = Doubt(since: moment, firstMissAt: moment, cause: "c")
        row.missingSince = moment
        row.parkedAt = moment
        row.ending = Ending(
            reason: .withdrawn,
            wantedAt: moment,
            stopAskedAt: moment,
            deletedAt: moment,
            deleteFailedAt: moment,
            goneAt: moment
        )
        row.tombstone = Tombstone(at: moment, looks: 1, settled: .zero)
        row.note = "n"
        return row
    }
}

import Documents
import Intents
import Placement
import Testing

@testable import Reconciling

/// What people are shown of an intent, written down and read again.
@Suite struct StatusNodeTests {
    private static let sample: IntentStatus = {
        var status = IntentStatus(observedGeneration: 3, wantedSlots: 2)
        status.phase = .degraded
        status.conditions = [
            Condition(
                type: "Ready",
                status: .no,
                reason: "SlotUnknown",
                message: "slot 1 is unknown",
                lastTransition: Timestamp(seconds: 1_800_000_000)
            )
        ]
        status.placement = PlacementStatus(
            platform: .flexai,
            provider: nil,
            offer: "nvidia-h100",
            gpu: "H100",
            count: 2,
            location: "EU",
            hourlyCost: Money(micros: 8_500_000),
            because: "lowest cost of 12 offers"
        )
        var slot = SlotStatus(number: 0, state: .running)
        slot.platform = .flexai
        slot.allocation = AllocationID(rawValue: "i-1")
        slot.address = "gpu-7.example"
        slot.attempt = AttemptID(rawValue: "0b0e0f00-0000-4000-8000-000000000001")
        slot.since = Timestamp(milliseconds: 1_800_000_000_250)
        status.slots = [slot, SlotStatus(number: 1, state: .unknown, note: "the call timed out")]
        status.cost = CostStatus(hourly: Money(micros: 8_500_000), total: Money(micros: 19_120_000))
        status.lastError = ErrorStatus(code: "TIMEOUT", message: "no reply", at: Timestamp(seconds: 1_800_000_060))
        status.constraints = [
            ConstraintVerdict(name: "constraints.max_hourly_cost", verdict: .enforced, why: "never passed")
        ]
        status.nextRetryAt = Timestamp(seconds: 1_800_000_120)
        status.history = [Transition(at: Timestamp(seconds: 1_800_000_000), phase: .degraded, message: "slot 1")]
        return status
    }()

    @Test("The written form is the one that the documentation shows")
    func golden() {
        let expected = """
            observedGeneration: 3
            phase: Degraded
            wantedSlots: 2
            slotsReady: 1/2
            conditions:
              - type: Ready
                status: "False"
                reason: SlotUnknown
                message: slot 1 is unknown
                lastTransitionTime: "2027-01-15T08:00:00Z"
            placement:
              platform: flexai
              offer: nvidia-h100
              gpu: H100
              count: 2
              location: EU
              hourlyCost: 8.50 EUR/hour
              because: lowest cost of 12 offers
            slots:
              - number: 0
                platform: flexai
                allocation: i-1
                state: Running
                address: gpu-7.example
                attempt: 0b0e0f00-0000-4000-8000-000000000001
                since: "2027-01-15T08:00:00.250Z"
              - number: 1
                state: Unknown
                note: the call timed out
            cost:
              hourly: 8.50 EUR/hour
              total: 19.12 EUR
            constraints:
              - name: constraints.max_hourly_cost
                verdict: Enforced
                why: never passed
            nextRetryAt: "2027-01-15T08:02:00Z"
            lastError:
              code: TIMEOUT
              message: no reply
              at: "2027-01-15T08:01:00Z"
            history:
              - at: "2027-01-15T08:00:00Z"
                phase: Degraded
                message: slot 1

            """
        #expect(DocumentPrinter.yaml(Self.sample.node) == expected)
    }

    @Test("Nothing is lost on the way through JSON and YAML", arguments: 0..<200 as Range<UInt64>)
    func roundTrip(_ seed: UInt64) throws {
        var dice = StatusDice(seed: seed)
        let status = dice.status()
        let json = DocumentPrinter.json(status.node)
        #expect(try IntentStatus(node: DocumentParser.json(Array(json.utf8))) == status, "seed \(seed)")
        let yaml = Array(DocumentPrinter.yaml(status.node).utf8)
        let root = try #require(try DocumentParser.parse(yaml, file: "s.yaml", format: .yaml).first?.root)
        #expect(try IntentStatus(node: root) == status, "seed \(seed)")
        #expect(DocumentPrinter.json(try IntentStatus(node: root).node) == json, "seed \(seed)")
    }

    @Test(
        "A field that is missing or of another kind is named",
        arguments: [
            (["phase"], Node?.none, "status.phase", "is missing"),
            (["phase"], "Dancing", "status.phase", "is no known word"),
            (["wantedSlots"], "two", "status.wantedSlots", "must be a whole number, not text"),
            (["conditions"], "none", "status.conditions", "must be a list, not text"),
            (["conditions", "0"], "none", "status.conditions[0]", "must be a mapping, not text"),
            (["conditions", "0", "status"], true, "status.conditions[0].status", "must be text, not true or false"),
            (["slots", "1", "number"], nil, "status.slots[1].number", "is missing"),
            (["cost"], nil, "status.cost", "is missing"),
            (["cost", "hourly"], "8.50", "status.cost.hourly", "EUR"),
            (["lastError", "at"], "yesterday", "status.lastError.at", "not a moment"),
        ] as [([String], Node?, String, String)]
    )
    func faults(_ path: [String], _ value: Node?, _ field: String, _ problem: String) throws {
        let broken = Self.sample.node.replacing(path[...], with: value)
        let fault = try #require(throws: Diagnostic.self) { try IntentStatus(node: broken) }
        #expect(fault.field == field)
        #expect(fault.message.contains(problem), "\(fault.message)")
    }

    @Test("A status that is no mapping, and one with fields of a later version")
    func shapes() throws {
        #expect(throws: Diagnostic.self) { try IntentStatus(node: ["a"]) }
        let node = Self.sample.node
        let later = Node.mapping((node.mapping ?? []).map { ($0.key, $0.node) } + [("later", "x"), ("url", .null)])
        #expect(try IntentStatus(node: later) == Self.sample)
    }
}

extension Node {
    /// The same content with another value at a path, or without it.
    fileprivate func replacing(_ path: ArraySlice<String>, with value: Node?) -> Node {
        guard let key = path.first else { return value ?? .null }
        let rest = path.dropFirst()
        if let index = Int(key), var nodes = sequence {
            nodes[index] = nodes[index].replacing(rest, with: value)
            return .list(nodes)
        }
        return .mapping(
            (mapping ?? []).compactMap { member in
                guard member.key == key else { return (member.key, member.node) }
                return rest.isEmpty ? value.map { (key, $0) } : (key, member.node.replacing(rest, with: value))
            }
        )
    }
}

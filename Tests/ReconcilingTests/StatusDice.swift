import Intents
import Placement

@testable import Reconciling

/// Makes statuses of every kind, the same for the same seed (SplitMix64).
struct StatusDice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A status with anything in it.
    mutating func status() -> IntentStatus {
        var status = IntentStatus(observedGeneration: number(0...9), wantedSlots: number(0...4))
        status.phase = any(IntentStatus.Phase.allCases)
        status.conditions = list {
            Condition(
                type: $0.text(),
                status: $0.any(Condition.Status.allCases),
                reason: $0.text(),
                message: $0.text(),
                lastTransition: $0.moment()
            )
        }
        status.placement = maybe { $0.placement() }
        status.slots = list { $0.slot() }
        status.cost = CostStatus(hourly: money(), total: money(), asOf: maybe { $0.moment() })
        status.url = maybe { $0.text() }
        let verdicts: [ConstraintVerdict.Verdict] = [.enforced, .forwarded, .unsupported]
        status.constraints = list { ConstraintVerdict(name: $0.text(), verdict: $0.any(verdicts), why: $0.text()) }
        status.availability = maybe { dice in
            AvailabilityStatus(
                measured: dice.text(),
                promised: dice.maybe { $0.text() },
                since: dice.moment(),
                interruptedSince: dice.maybe { $0.moment() }
            )
        }
        status.nextRetryAt = maybe { $0.moment() }
        status.lastError = maybe { ErrorStatus(code: $0.text(), message: $0.text(), at: $0.moment()) }
        status.history = list {
            Transition(at: $0.moment(), phase: $0.any(IntentStatus.Phase.allCases), message: $0.text())
        }
        return status
    }

    private mutating func placement() -> PlacementStatus {
        PlacementStatus(
            platform: any([.flexai, .flare]),
            provider: maybe { $0.text() },
            offer: text(),
            gpu: text(),
            count: number(1...8),
            location: maybe { $0.text() },
            hourlyCost: money(),
            because: text()
        )
    }

    private mutating func slot() -> SlotStatus {
        var slot = SlotStatus(number: number(0...5), state: any(SlotStatus.State.allCases), note: text())
        slot.generation = number(0...1) == 0 ? nil : number(1...9)
        slot.platform = maybe { $0.any([.flexai, .flare]) }
        slot.allocation = maybe { AllocationID(rawValue: $0.text()) }
        slot.address = maybe { $0.text() }
        slot.attempt = maybe { AttemptID(using: &$0) }
        slot.since = maybe { $0.moment() }
        return slot
    }

    mutating func moment() -> Timestamp {
        Timestamp(milliseconds: Int64.random(in: 0...4_000_000_000_000, using: &self))
    }

    mutating func money() -> Money {
        Money(micros: any([0, 1, 1_000_000, .max, Int64.random(in: 0...9_000_000_000, using: &self)]))
    }

    mutating func text() -> String {
        any(["", "true", "null", "1.0", "~", "a: b # c", "é\n\"x\"\t\\", " lead", "2027-01-01", "- a", "plain", "👩🏽‍🚀"])
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    private mutating func any<Value>(_ values: [Value]) -> Value { values[number(0...values.count - 1)] }

    private mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? {
        number(0...1) == 0 ? nil : make(&self)
    }

    private mutating func list<Value>(_ make: (inout Self) -> Value) -> [Value] {
        (0..<number(0...3)).map { _ in make(&self) }
    }
}

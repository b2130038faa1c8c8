import Intents
import Placement
import Testing

@testable import Reconciling

/// What of a status is news to people, and what grows by itself.
@Suite struct StatusNewsTests {
    /// Takes one field of another status over.
    private typealias Change = @Sendable (inout IntentStatus, IntentStatus) -> Void

    private static let fields: [(name: String, change: Change)] = [
        ("observedGeneration", { $0.observedGeneration = $1.observedGeneration }),
        ("phase", { $0.phase = $1.phase }),
        ("conditions", { $0.conditions = $1.conditions }),
        ("placement", { $0.placement = $1.placement }),
        ("slots", { $0.slots = $1.slots }),
        ("wantedSlots", { $0.wantedSlots = $1.wantedSlots }),
        ("cost", { $0.cost = $1.cost }),
        ("url", { $0.url = $1.url }),
        ("constraints", { $0.constraints = $1.constraints }),
        ("nextRetryAt", { $0.nextRetryAt = $1.nextRetryAt }),
        ("lastError", { $0.lastError = $1.lastError }),
        ("history", { $0.history = $1.history }),
        ("approvals", { $0.approvals = $1.approvals }),
        ("availability", { $0.availability = $1.availability }),
    ]

    /// What is compared field by field as well, and how many fields it has.
    private static let parts: [(part: any Sendable, count: Int)] = [
        (IntentStatus(observedGeneration: 1, wantedSlots: 1).cost, 5),
        (ErrorStatus(code: "A", message: "b", at: noon), 3),
        (AvailabilityStatus(measured: "100", promised: nil, since: noon, interruptedSince: nil), 4),
    ]

    /// The same by leaving out of copies what is no news.
    private static func tellTheSame(_ left: IntentStatus, _ right: IntentStatus) -> Bool {
        var (left, right) = (left, right)
        left.cost.total = right.cost.total
        left.cost.asOf = right.cost.asOf
        if left.availability != nil, let other = right.availability {
            left.availability?.measured = other.measured
            left.availability?.since = other.since
        }
        if left.cost.reported != nil, right.cost.reported != nil { left.cost.reported = right.cost.reported }
        if left.cost.overrun != nil, right.cost.overrun != nil { left.cost.overrun = right.cost.overrun }
        (left.nextRetryAt, right.nextRetryAt) = (nil, nil)
        if let error = left.lastError { right.lastError?.at = error.at }
        return left == right
    }

    @Test("every field is compared, and only what grows by itself is left out")
    func everyField() {
        let names = Mirror(reflecting: IntentStatus(observedGeneration: 1, wantedSlots: 1)).children.map(\.label)
        #expect(names.count == Self.fields.count, "a new field must be compared, and stand here")
        for (part, count) in Self.parts {
            let fields = Mirror(reflecting: part).children.count
            #expect(fields == count, "a new field must be compared, and be drawn: \(type(of: part))")
        }
        var dice = StatusDice(seed: 7)
        var unequal: [String: Int] = [:]
        for _ in 0..<400 {
            let status = dice.status()
            for (name, change) in Self.fields {
                var other = status
                change(&other, dice.status())
                let expected = Self.tellTheSame(status, other)
                #expect(status.tellsTheSame(as: other) == expected, "\(name)")
                if !expected { unequal[name, default: 0] += 1 }
            }
        }
        // What the dice do not throw is set by hand below.
        let silent = ["nextRetryAt", "approvals", "availability"]
        for (name, _) in Self.fields where !silent.contains(name) { #expect((unequal[name] ?? 0) > 20, "\(name)") }
    }

    @Test("approvals and a promise of uptime are news; what was measured of it is not")
    func rest() {
        let status = IntentStatus(observedGeneration: 1, wantedSlots: 1)
        var asked = status
        asked.approvals = [ApprovalStatus(Permission(.volume, generation: 1), why: "it holds a volume")]
        #expect(!status.tellsTheSame(as: asked))
        var kept = status
        kept.availability = AvailabilityStatus(measured: "99.900 %", promised: nil, since: noon, interruptedSince: nil)
        #expect(!status.tellsTheSame(as: kept))
        var later = kept
        later.availability?.measured = "99.800 %"
        later.availability?.since = noon + .seconds(9)
        #expect(kept.tellsTheSame(as: later))
        later.availability?.interruptedSince = noon
        #expect(!kept.tellsTheSame(as: later))
        later.availability?.interruptedSince = nil
        later.availability?.promised = "99.950 %"
        #expect(!kept.tellsTheSame(as: later))
        var waiting = status
        waiting.nextRetryAt = noon
        #expect(status.tellsTheSame(as: waiting))
    }
}

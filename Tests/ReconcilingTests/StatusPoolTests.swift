import Intents
import Placement
import Testing

@testable import Reconciling

/// What statuses share.
@Suite struct StatusPoolTests {
    @Test("a shared status says the same, however full the pool is", arguments: [1, 7] as [UInt64])
    func equality(seed: UInt64) {
        var dice = StatusDice(seed: seed)
        var pool = StatusPool()
        for _ in 0..<1500 {
            let status = dice.status()
            var shared = status
            pool.share(&shared)
            #expect(shared == status)
        }
    }

    @Test("equal verdicts are held once")
    func verdicts() {
        var pool = StatusPool()
        let places = (0..<3).map { _ in
            var status = IntentStatus(observedGeneration: 1, wantedSlots: 1)
            let words = ["constraints.providers", "workload.image"]
            status.constraints = words.map { ConstraintVerdict(name: $0, verdict: .enforced, why: "only these") }
            pool.share(&status)
            return unsafe status.constraints.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
        }
        #expect(Set(places).count == 1)
    }
}

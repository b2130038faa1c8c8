import Intents
import Reconciling
import Testing

@testable import Simulation

/// The real operator against the simulated FlexAI: histories from seeds, judged by the platform's own books.
@Suite struct WorldRunTests {
    /// Plays a seed; a broken promise fails with the seed and the last effects.
    private func keepsItsPromises(
        _ seed: Int,
        _ variant: WorldVariant,
        change: (inout WorldRun.Plan) -> Void = { _ in }
    ) async -> WorldVerdict {
        var plan = WorldRun.Plan(variant)
        change(&plan)
        let verdict = await WorldThread.play(WorldRun(seed: UInt64(seed), plan: plan))
        #expect(verdict.violations.isEmpty, "\(verdict.report)")
        return verdict
    }

    @Test(arguments: 0..<40) func whereListingsName(_ seed: Int) async { _ = await keepsItsPromises(seed, .listing) }

    @Test(arguments: 0..<30) func whereNobodyElseBuys(_ seed: Int) async {
        _ = await keepsItsPromises(seed, .exclusive)
    }

    @Test(arguments: 0..<24) func whereKeysAreHonoured(_ seed: Int) async { _ = await keepsItsPromises(seed, .keys) }

    @Test(arguments: 0..<16) func whereKeysAreHonouredAndListingsName(_ seed: Int) async {
        _ = await keepsItsPromises(seed, .both)
    }

    @Test(arguments: 0..<30) func whereNothingTells(_ seed: Int) async { _ = await keepsItsPromises(seed, .neither) }

    @Test(arguments: WorldVariant.allCases)
    func withTheDocumentedWaits(_ variant: WorldVariant) async {
        _ = await keepsItsPromises(1000, variant) { plan in
            plan.policy = ReconcilePolicy()
            plan.tail = .seconds(90 * 60)
        }
    }

    @Test(arguments: WorldVariant.allCases)
    func withoutKills(_ variant: WorldVariant) async {
        let verdict = await keepsItsPromises(2000, variant) { $0.mortality = .immortal }
        #expect(verdict.kills == 0)
        #expect(verdict.purchases > 0)
    }

    @Test func historiesAreEventful() async {
        var verdicts: [WorldVerdict] = []
        for seed in 3000..<3008 { verdicts.append(await keepsItsPromises(seed, .listing)) }
        #expect(verdicts.reduce(0) { $0 + $1.kills } > 8 * 3, "processes die")
        #expect(verdicts.contains { $0.paidCalls > $0.purchases }, "paid calls fail")
        #expect(verdicts.reduce(0) { $0 + $1.purchases } > 8 * 8, "and things are bought")
    }

    @Test(arguments: [WorldVariant.listing, .exclusive, .neither])
    func oneSeedIsOneHistory(_ variant: WorldVariant) async {
        let left = await keepsItsPromises(5, variant)
        let right = await keepsItsPromises(5, variant)
        #expect(left.trace == right.trace)
        #expect(left.steps == right.steps)
        #expect(left.effects.map(\.description) == right.effects.map(\.description))
        let other = await keepsItsPromises(6, variant)
        #expect(other.trace != left.trace)
    }
}

import Intents
import Reconciling
import Testing

@testable import Simulation

/// The real operator against both simulated platforms: histories from seeds, judged by the platforms' own books.
@Suite struct WorldRunTests {
    /// Plays a seed; a broken promise fails with the seed and the last effects.
    private func keepsItsPromises(
        _ seed: Int,
        _ variant: WorldVariant,
        change: (inout WorldRun.Plan) -> Void = { _ in }
    ) async -> WorldVerdict {
        var plan = WorldRun.Plan(variant)
        plan.history = .seconds(240)
        plan.isTraced = false
        change(&plan)
        let trial = WorldTrial(seed: UInt64(seed), plan: plan)
        let verdict = await WorldThread.play { trial.play() }
        guard !verdict.breaches.isEmpty else { return verdict }
        let told = await WorldThread.play { trial.retold() }
        Issue.record("\(told.report)")
        return verdict
    }

    /// Plays a seed without comparing its end.
    private func keepsItsPromisesAlone(_ seed: Int, _ variant: WorldVariant) async {
        _ = await keepsItsPromises(seed, variant) { $0.comparison = .nothing }
    }

    @Test(arguments: 0..<12) func whereListingsName(_ seed: Int) async {
        await keepsItsPromisesAlone(seed, .listing)
    }

    @Test(arguments: 0..<12) func whereNobodyElseBuys(_ seed: Int) async {
        await keepsItsPromisesAlone(seed, .exclusive)
    }

    @Test(arguments: 0..<12) func whereKeysAreHonoured(_ seed: Int) async {
        await keepsItsPromisesAlone(seed, .keys)
    }

    @Test(arguments: 0..<12) func whereKeysAreHonouredAndListingsName(_ seed: Int) async {
        await keepsItsPromisesAlone(seed, .both)
    }

    @Test(arguments: 0..<12) func whereNothingTells(_ seed: Int) async {
        await keepsItsPromisesAlone(seed, .neither)
    }

    @Test(
        "ten minutes of faults end like the same history without faults",
        arguments: [WorldVariant.listing, .both, .neither]
    )
    func longHistories(_ variant: WorldVariant) async {
        _ = await keepsItsPromises(4000, variant) { $0.history = .seconds(600) }
    }

    @Test(arguments: [WorldVariant.listing])
    func withTheDocumentedWaits(_ variant: WorldVariant) async {
        _ = await keepsItsPromises(1000, variant) { plan in
            plan.policy = ReconcilePolicy()
            plan.comparison = .nothing
            plan.tail = .seconds(90 * 60)
        }
    }

    @Test(arguments: [WorldVariant.exclusive, .keys])
    func withoutKills(_ variant: WorldVariant) async {
        let verdict = await keepsItsPromises(2000, variant) { plan in
            plan.mortality = .immortal
            plan.comparison = .nothing
        }
        #expect(verdict.kills == 0)
        #expect(verdict.purchases > 0)
    }

    @Test func withoutFaultsNothingIsRefused() async {
        let verdict = await keepsItsPromises(2000, .listing) { plan in
            plan.faults = .none
            plan.comparison = .nothing
        }
        #expect(verdict.faults.isEmpty)
        #expect(verdict.kills == 0)
        #expect(verdict.purchases > 4)
    }

    @Test func historiesAreEventful() async {
        var tally = WorldTally()
        for seed in 3000..<3006 {
            let verdict = await keepsItsPromises(seed, .listing) { plan in
                plan.comparison = .nothing
                plan.history = .seconds(600)
            }
            tally.add(verdict)
        }
        #expect(tally.kills > 6 * 2, "processes die")
        #expect(tally.paidCalls > tally.purchases, "paid calls fail")
        #expect(tally.purchases > 6 * 8, "and things are bought")
        #expect(tally.faults.count > 8, "in many ways: \(tally.faults)")
        #expect(tally.counts(of: "ending").count > 4, "and go for many reasons")
    }

    @Test(arguments: [WorldVariant.listing, .exclusive, .neither])
    func oneSeedIsOneHistory(_ variant: WorldVariant) async {
        func play(_ seed: UInt64, traced: Bool) async -> WorldVerdict {
            var plan = WorldRun.Plan(variant)
            plan.history = .seconds(200)
            plan.isTraced = traced
            return await WorldThread.play(WorldRun(seed: seed, plan: plan))
        }
        let left = await play(5, traced: true)
        let right = await play(5, traced: true)
        let mute = await play(5, traced: false)
        #expect(left.trace == right.trace)
        #expect(left.steps == right.steps)
        #expect(left.effects.map(\.description) == right.effects.map(\.description))
        #expect(left.trace == mute.trace, "who writes it down changes nothing")
        #expect(left.tally == mute.tally)
        #expect(mute.effects.isEmpty)
        let other = await play(6, traced: false)
        #expect(other.trace != left.trace)
    }

    @Test func threadsDoNotMeet() async {
        func outcome(_ threads: Int) async -> WorldCampaign.Outcome {
            let campaign = WorldCampaign(first: 10, count: 3, threads: threads, variant: .both)
            return await WorldThread.play { campaign.run() }
        }
        let alone = await outcome(1)
        let together = await outcome(3)
        #expect(alone.tally.histories == 3)
        #expect(alone.tally.counts == together.tally.counts)
        #expect(alone.tally.steps == together.tally.steps)
        #expect(alone.failures.map(\.seed) == together.failures.map(\.seed))
    }

    @Test func whoMustEndEndsEarly() async {
        let campaign = WorldCampaign(first: 0, count: .max, threads: 2)
        let outcome = await WorldThread.play { campaign.run { false } }
        #expect(outcome.tally.histories == 0)
    }
}

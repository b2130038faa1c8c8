import Testing

@testable import Simulation

/// What breaks the promises is caught: without this, a judge that sees nothing would pass everything.
@Suite struct WorldSabotageTests {
    /// The first broken promise of each of a few seeds.
    private func complaints(
        _ sabotage: WorldRun.Plan.Sabotage,
        _ variant: WorldVariant,
        faults: WorldRun.Plan.Faults = .all
    ) async -> [String] {
        var complaints: [String] = []
        for seed in 0..<4 {
            var plan = WorldRun.Plan(variant)
            plan.sabotage = sabotage
            plan.faults = faults
            let verdict = await WorldThread.play(WorldRun(seed: UInt64(seed), plan: plan))
            if let complaint = verdict.violations.first { complaints.append(complaint) }
        }
        return complaints
    }

    @Test func purchasesWithoutARowAreSeen() async {
        let complaints = await complaints(.disk, .listing)
        #expect(complaints.contains { $0.contains("without a durable row") }, "\(complaints)")
    }

    @Test(arguments: [WorldVariant.listing, .exclusive, .neither])
    func purchasesThatAreMadeTwiceAreSeen(_ variant: WorldVariant) async {
        let complaints = await complaints(.wire, variant)
        #expect(complaints.count == 4)
    }

    @Test func repeatedCallsAreHarmlessWhereKeysAreHonoured() async {
        // Without faults: where the second copy is refused, a wire that repeats would lie about the first.
        let complaints = await complaints(.wire, .keys, faults: .none)
        #expect(complaints == [])
    }

    @Test func forgottenEndingsAreSeen() async {
        let complaints = await complaints(.oblivion, .listing)
        #expect(!complaints.isEmpty)
    }
}

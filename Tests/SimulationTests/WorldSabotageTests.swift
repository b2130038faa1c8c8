import Testing

@testable import Simulation

/// What breaks the promises is caught: without this, a judge that sees nothing would pass everything.
@Suite struct WorldSabotageTests {
    /// The first broken promise of each of a few seeds.
    private func complaints(_ sabotage: WorldRun.Plan.Sabotage, _ variant: WorldVariant) -> [String] {
        (0..<4).compactMap { seed in
            var plan = WorldRun.Plan(variant)
            plan.sabotage = sabotage
            return WorldRun(seed: UInt64(seed), plan: plan).play().violations.first
        }
    }

    @Test func purchasesWithoutARowAreSeen() {
        let complaints = complaints(.disk, .listing)
        #expect(complaints.contains { $0.contains("without a durable row") }, "\(complaints)")
    }

    @Test(arguments: [WorldVariant.listing, .exclusive, .neither])
    func purchasesThatAreMadeTwiceAreSeen(_ variant: WorldVariant) {
        #expect(complaints(.wire, variant).count == 4)
    }

    @Test func repeatedCallsAreHarmlessWhereKeysAreHonoured() {
        #expect(complaints(.wire, .keys) == [])
    }

    @Test func forgottenEndingsAreSeen() {
        #expect(!complaints(.oblivion, .listing).isEmpty)
    }
}

import Documents
import Intents
import Kubernetes
import Reconciling
import StandInCluster
import Testing

/// The whole operator with a total: who has spent it waits for the next day, whoever leads.
@Suite(.timeLimit(.minutes(10))) struct QuotaOperatorTests {
    /// Lets time pass in long steps until something holds.
    private static func passes(
        _ world: World,
        within span: Duration,
        _ holds: @Sendable () -> Bool
    ) async throws -> Bool {
        let end = world.time.uptime + span
        while !holds() {
            guard world.time.uptime < end else { return false }
            try await world.pass(.seconds(20))
        }
        return true
    }

    @Test("a total that is spent stays spent when another one takes over, until the day is over", arguments: [1])
    func daily(seed: Int) throws {
        try World.play(seed: UInt64(seed)) { world in
            // The last hour and a half of a day.
            try await world.pass(.seconds(3 * 86_400 - 5400))
            let today = world.time.now.dayNumber
            let market = Market(world)
            // Half an hour of the cheapest offer.
            let quotas = [Quota(selector: [:], maxTotalCost: Quota.Total(Money(micros: 200_000), per: .day))]
            let lives = (1...3).map { OperatorLife(market, "op-\($0)", quotas: quotas) }
            let lease = World.name("intent-operator")
            try await world.beside({
                for life in lives {
                    do { try await life.run() } catch { try Task.checkCancellation() }
                }
                try await world.pass(.seconds(1_000_000))
            }) {
                try await world.put("a")
                #expect(try await Self.passes(world, within: .seconds(120)) { market.living == 1 })
                let isOver: @Sendable () -> Bool = { [market, world] in
                    market.living == 0 && world.cluster.objects(.allocations).isEmpty
                }
                #expect(try await Self.passes(world, within: .seconds(2400), isOver))
                #expect(world.time.now.dayNumber == today)
                let bought = market.purchases.count
                let note = world.cluster.object(.leases, lease)?["metadata"]?["annotations"]
                #expect(note?["intent-operator.dev/spent"]?.string?.contains("flexai") == true)
                for life in lives.prefix(2) {
                    life.life.end()
                    try await world.pass(.seconds(600))
                    #expect(market.purchases.count == bought, "the day's total is spent")
                }
                #expect(lives[2].isRunning)
                try await world.pass(Timestamp(day: today + 1) - world.time.now)
                #expect(try await Self.passes(world, within: .seconds(600)) { market.living == 1 })
            }
        }
    }
}

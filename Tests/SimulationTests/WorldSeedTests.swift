import Foundation
import Testing

@testable import Simulation

/// One seed by hand: `WORLD_SEED=16 WORLD_VARIANT=listing swift test --filter WorldSeedTests`.
@Suite struct WorldSeedTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["WORLD_SEED"].flatMap { UInt64($0) }
    private static let variant = environment["WORLD_VARIANT"].flatMap { WorldVariant(rawValue: $0) } ?? .listing

    @Test(.enabled(if: seed != nil)) func theSeedThatIsAskedForKeepsEveryPromise() throws {
        let seed = try #require(Self.seed)
        let verdict = WorldRun(seed: seed, plan: WorldRun.Plan(Self.variant)).play()
        print("seed \(seed) (\(Self.variant)): trace \(verdict.trace), \(verdict.steps) steps, \(verdict.kills) kills,")
        print("\(verdict.purchases) purchases, \(verdict.paidCalls) paid calls, \(verdict.writes) writes")
        #expect(verdict.violations.isEmpty, "\(verdict.report)")
    }
}

import Foundation
import Testing

@testable import Simulation

/// Seeds by hand: `WORLD_SEED=16 WORLD_COUNT=1 WORLD_VARIANT=listing swift test --filter WorldSeedTests`.
@Suite struct WorldSeedTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["WORLD_SEED"].flatMap { UInt64($0) }
    private static let count = environment["WORLD_COUNT"].flatMap { UInt64($0) } ?? 1
    private static let variants = environment["WORLD_VARIANT"].map { [WorldVariant(rawValue: $0) ?? .listing] }

    @Test(.enabled(if: seed != nil), arguments: variants ?? WorldVariant.allCases)
    func theSeedsThatAreAskedForKeepEveryPromise(_ variant: WorldVariant) throws {
        let first = try #require(Self.seed)
        for seed in first..<first + Self.count {
            let verdict = WorldRun(seed: seed, plan: WorldRun.Plan(variant)).play()
            if Self.count == 1 {
                print(
                    "seed \(seed) (\(variant)): trace \(verdict.trace), \(verdict.steps) steps, \(verdict.kills) kills,"
                )
                print("\(verdict.purchases) purchases, \(verdict.paidCalls) paid calls, \(verdict.writes) writes")
            }
            #expect(verdict.violations.isEmpty, "\(variant.rawValue) \(verdict.report)")
        }
    }
}

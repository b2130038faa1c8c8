import Intents
import Testing

@testable import Simulation

/// The real operator against the simulated FlexAI: histories from seeds, judged by the platform's own books.
@Suite struct WorldRunTests {
    /// Plays a seed; a broken promise fails with the seed and the last effects.
    private func play(_ seed: Int, _ variant: WorldVariant) -> WorldVerdict {
        let verdict = WorldRun(seed: UInt64(seed), plan: WorldRun.Plan(variant)).play()
        #expect(verdict.violations.isEmpty, "\(verdict.report)")
        return verdict
    }

    @Test(arguments: 0..<1) func listing(_ seed: Int) { _ = play(seed, .listing) }
    @Test(arguments: 0..<40) func exclusive(_ seed: Int) { _ = play(seed, .exclusive) }
    @Test(arguments: 0..<40) func keys(_ seed: Int) { _ = play(seed, .keys) }
    @Test(arguments: 0..<40) func both(_ seed: Int) { _ = play(seed, .both) }
    @Test(arguments: 0..<40) func neither(_ seed: Int) { _ = play(seed, .neither) }
}

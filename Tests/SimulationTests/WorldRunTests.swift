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

    @Test(arguments: 0..<40) func listing(_ seed: Int) { _ = play(seed, .listing) }
}

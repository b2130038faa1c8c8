import Intents
import Reconciling
import Simulation
import Wire

/// `simulate`: both platforms until somebody ends it.
struct SimulateSession {
    let settings: Settings
    let console: Console
    let time: SystemTimekeeper

    /// Serves until SIGTERM or SIGINT.
    func run() async throws(CommandError) -> ExitCode {
        let platforms: SimulatedPlatforms
        let seed = UInt64(bitPattern: time.now.milliseconds)
        let books = try settings.simulation.books.map { path throws(CommandError) in try SimulationBooks(path) }
        let world = SimulatedWorlds.market(settings, seed: seed, books: books)
        for entry in try books?.entries() ?? [] { world.replay(entry) }
        do throws(Wire.ListenAddress.Failure) {
            platforms = try SimulatedPlatforms(at: settings.listen, time: time, world: world)
        } catch {
            throw CommandError(error.description)
        }
        console.lines([
            "export FLEXAI_API_URL=\(platforms.flexaiURL)",
            "export FLEXAI_API_KEY=simulated-key",
            "export FLEXAI_ORG_ID=simulated-organization",
            "export FLEXAI_LOCATION=eu-central-1",
            "export FLEXAI_LISTING_DELAY_BOUND=0s",
            "export FLARE_API_URL=\(platforms.flareURL)",
            "export FLARE_API_TOKEN=flr_simulated",
            "export FLARE_LISTING_DELAY_BOUND=0s",
        ])
        console.errorLine("Both platforms are simulated here; their books: \(platforms.flexaiURL)/_simulation/books")
        let end = EndSignal()
        let signals = ProcessSignals { end.give() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await platforms.run() }
            await end.wait()
            group.cancelAll()
        }
        signals.stop()
        return .done
    }
}

/// Lets one task wait for a word from outside the task tree.
final class EndSignal: Sendable {
    private struct State {
        var isGiven = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Locked(State())

    /// Gives the word; every further time does nothing.
    func give() {
        let waiter = state.withLock { state in
            state.isGiven = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Waits for the word.
    func wait() async {
        await withCheckedContinuation { waiter in
            let isGiven = state.withLock { state in
                if !state.isGiven { state.waiter = waiter }
                return state.isGiven
            }
            if isGiven { waiter.resume() }
        }
    }
}

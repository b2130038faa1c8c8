import Dispatch

@testable import Simulation

/// Plays histories on a thread of their own: each runs to its end without a pause, and would keep the few threads that
/// all other tests share from them.
enum WorldThread {
    private static let queue = DispatchQueue(label: "worlds")

    /// Plays a history; one at a time.
    static func play(_ run: WorldRun) async -> WorldVerdict { await play { run.play() } }

    /// Does something with histories; one thing at a time.
    static func play<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { played in
            queue.async { played.resume(returning: body()) }
        }
    }
}

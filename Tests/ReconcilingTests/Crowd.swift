@testable import Reconciling

/// Counts who is somewhere at a time.
final class Crowd: Sendable {
    private let state = Locked((now: 0, most: 0, done: 0))

    /// The most at a time.
    var most: Int { state.withLock { $0.most } }
    /// How many have been and gone.
    var done: Int { state.withLock { $0.done } }
    /// How many are there.
    var now: Int { state.withLock { $0.now } }

    func enter() { state.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.done) } }
    func leave() { state.withLock { $0 = ($0.now - 1, $0.most, $0.done + 1) } }
}

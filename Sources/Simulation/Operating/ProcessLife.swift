/// One life of the operator's process, which can be cut off between any two of its effects.
///
/// A killed process does not unwind: whoever passes an effect after the end never comes back, so that the executor runs
/// dry and abandons everything.
package final class ProcessLife: Sendable {
    /// What is known of a life.
    private struct State {
        var left: Int?
        var isOver = false
    }

    private let state: Locked<State>

    /// A life that ends at the nth point that it passes; nil lives as long as it likes.
    package init(endingAtPoint count: Int? = nil) { state = Locked(State(left: count)) }

    /// Whether it has been cut off.
    package var isOver: Bool { state.withLock { $0.isOver } }

    /// Ends it at the nth point that it passes from now on.
    package func end(afterPoints count: Int) { state.withLock { $0.left = count } }

    /// Lets it live as long as it likes, if it still lives.
    package func spare() { state.withLock { $0.left = nil } }

    /// Passes a point between two effects that change the world or the disk; the last point is not passed.
    package func pass() async {
        let isOver = state.withLock { state in
            if let left = state.left {
                state.left = left - 1
                if left <= 1 { state.isOver = true }
            }
            return state.isOver
        }
        if isOver { await Self.hang() }
    }

    /// Goes on only while it lives.
    package func mustLive() async {
        if isOver { await Self.hang() }
    }

    /// Waits for ever.
    private static func hang() async {
        await unsafe withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
    }
}

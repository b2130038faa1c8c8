import Reconciling

/// One life of the operator's process, which can be cut off between any two of its effects.
///
/// A killed process does not unwind: whoever passes an effect after the end never comes back, so that the executor runs
/// dry and abandons everything.
package final class ProcessLife: Sendable {
    /// What is known of a life.
    private struct State {
        var left: Int?
        var point: CrashPoint?
        var effects: [LifeEffect] = []
        var isOver = false
        /// Those who came to a point after the end.
        var waiting: [HungTask] = []
        var isReleased = false
        var isFrozen = false
        var isHeld = false
        /// Those who came to a point while it stood still.
        var frozen: [HungTask] = []

        /// Takes one of the points that are left.
        mutating func countDown() {
            guard let left else { return }
            self.left = left - 1
            if left <= 1 { isOver = true }
        }
    }

    private let state: Locked<State>

    /// A life that ends at the nth point that it passes; nil lives as long as it likes.
    package init(endingAtPoint count: Int? = nil) { state = Locked(State(left: count)) }

    /// A life that ends at one side of an effect, counted on from those of earlier lives; nil lives as long as it likes.
    package init(endingAt point: CrashPoint?, after effects: [LifeEffect]) {
        state = Locked(State(point: point, effects: effects))
    }

    /// What has been begun so far, in earlier lives too where it counts on from them.
    package var effects: [LifeEffect] { state.withLock { $0.effects } }

    /// Whether it has been cut off.
    package var isOver: Bool { state.withLock { $0.isOver } }

    /// Ends it at the nth point that it passes from now on.
    package func end(afterPoints count: Int) { state.withLock { $0.left = count } }

    /// Lets it live as long as it likes, if it still lives and no certain effect is to end it.
    package func spare() { state.withLock { $0.left = nil } }

    /// Whether it has come to the point at which it is held up.
    var isHeld: Bool { state.withLock { $0.isHeld } }

    /// Lets it stand still: nobody passes a point until it thaws.
    func freeze() { state.withLock { $0.isFrozen = true } }

    /// Lets it go on after it stood still; no later point holds it up.
    func thaw() {
        let frozen = state.withLock { state in
            state.isFrozen = false
            if state.point?.side == .held { state.point = nil }
            defer { state.frozen = [] }
            return state.frozen
        }
        for waiter in frozen { waiter.goOn() }
    }

    /// Passes a point between two effects that change the world or the disk; the last point is not passed.
    package func pass() async {
        await standStill()
        let isOver = state.withLock { state in
            state.countDown()
            return state.isOver
        }
        if isOver { await hang() }
    }

    /// Passes the point before an effect; returns its number, from 1.
    package func begin(_ effect: LifeEffect) async -> Int {
        await standStill()
        let (number, hangs) = state.withLock { state in
            state.effects.append(effect)
            let number = state.effects.count
            state.countDown()
            if state.point == CrashPoint(number, .before) { state.isOver = true }
            if state.point == CrashPoint(number, .held) {
                state.isHeld = true
                state.isFrozen = true
            }
            let hangs = state.isOver
            // What is sent just before the end goes its way.
            if state.point == CrashPoint(number, .late) { state.isOver = true }
            return (number, hangs)
        }
        if hangs { await hang() }
        await standStill()
        return number
    }

    /// Passes the point after an effect.
    package func end(_ number: Int) async {
        await standStill()
        let isOver = state.withLock { state in
            state.countDown()
            if state.point == CrashPoint(number, .after) { state.isOver = true }
            return state.isOver
        }
        if isOver { await hang() }
    }

    /// Goes on only while it lives.
    package func mustLive() async {
        await standStill()
        if isOver { await hang() }
    }

    /// Lets those who wait for ever go on, so that they end and are freed; when nobody asks any more what they do.
    func release() {
        let waiting = state.withLock { state in
            state.isReleased = true
            let waiting = state.waiting + state.frozen
            state.waiting = []
            state.frozen = []
            return waiting
        }
        for waiter in waiting { waiter.goOn() }
    }

    /// Waits while it stands still.
    private func standStill() async {
        guard state.withLock({ $0.isFrozen }) else { return }
        await unsafe withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            let waiter = unsafe HungTask(continuation)
            let waits = state.withLock { state in
                guard state.isFrozen, !state.isReleased else { return false }
                state.frozen.append(waiter)
                return true
            }
            if !waits { waiter.goOn() }
        }
    }

    /// Waits until it is released, which may be never.
    private func hang() async {
        await unsafe withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            let waiter = unsafe HungTask(continuation)
            let waits = state.withLock { state in
                guard !state.isReleased else { return false }
                state.waiting.append(waiter)
                return true
            }
            if !waits { waiter.goOn() }
        }
    }
}

/// Someone who came to a point after the end of his process: goes on once, or never.
@safe
private struct HungTask: Sendable {
    private let continuation: UnsafeContinuation<Void, Never>

    /// Holds on to what wakes it.
    ///
    /// Not a checked one, because who is never released never goes on.
    init(_ continuation: UnsafeContinuation<Void, Never>) { unsafe self.continuation = continuation }

    /// Goes on.
    func goOn() { unsafe continuation.resume() }
}

import Reconciling

/// One process of the operator in a run.
final class WorldProcess: Sendable {
    private struct State {
        var heart: Operator?
        var isDrained = false
        var hasEnded = false
    }

    /// Its number, from 1.
    let number: Int
    /// Decides its chances.
    let seed: UInt64
    /// Its life.
    let life: ProcessLife
    private let state = Locked(State())

    /// A process that has not begun.
    init(number: Int, seed: UInt64, life: ProcessLife = ProcessLife()) {
        self.life = life
        self.number = number
        self.seed = seed
    }

    /// Its operator; nil before it has read its ledger.
    var heart: Operator? { state.withLock { $0.heart } }

    /// Whether it has ended well.
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// Begins to operate, unless it was asked to end before it could; returns whether it does.
    func begin(_ heart: Operator) -> Bool {
        state.withLock { state in
            state.heart = heart
            return !state.isDrained
        }
    }

    /// Asks it to end well.
    func drain() {
        let heart = state.withLock { state in
            state.isDrained = true
            return state.heart
        }
        heart?.drain()
    }

    /// Has ended well.
    func end() { state.withLock { $0.hasEnded = true } }
}

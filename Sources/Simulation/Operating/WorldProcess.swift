import Reconciling

/// One process of the operator in a run.
final class WorldProcess: Sendable {
    private struct State {
        var heart: Operator?
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

    /// Begins to operate.
    func begin(_ heart: Operator) { state.withLock { $0.heart = heart } }

    /// Has ended well.
    func end() { state.withLock { $0.hasEnded = true } }
}

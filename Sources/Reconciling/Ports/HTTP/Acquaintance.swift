import Synchronization

/// Remembers whether a platform has ever answered well under its base address, in this process.
final class Acquaintance: Sendable {
    /// The address of a call that always succeeds on the right platform.
    let probe: String
    private let made = Atomic(false)

    /// A platform that has not answered yet.
    init(probe: String) { self.probe = probe }

    /// Whether it has answered.
    var isMade: Bool { made.load(ordering: .relaxed) }

    /// It has answered.
    func make() { made.store(true, ordering: .relaxed) }
}

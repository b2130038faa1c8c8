import Reconciling

/// Remembers whether something has happened before.
final class FirstTime: Sendable {
    private let happened = Locked(false)

    /// Whether this is the first call.
    func isNow() -> Bool {
        happened.withLock { happened in
            defer { happened = true }
            return !happened
        }
    }

    /// Whether there was a call.
    var hasHappened: Bool { happened.withLock { $0 } }
}

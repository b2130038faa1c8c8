/// Remembers whether something has happened before.
package final class FirstTime: Sendable {
    private let happened = Locked(false)

    /// Nothing has happened.
    package init() {}

    /// Whether this is the first call.
    package func isNow() -> Bool {
        happened.withLock { happened in
            defer { happened = true }
            return !happened
        }
    }

    /// Whether there was a call.
    package var hasHappened: Bool { happened.withLock { $0 } }
}

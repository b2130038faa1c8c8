import Reconciling

/// Where the body of a run leaves its value for the one who runs it.
final class RunOutcome<Value: Sendable>: Sendable {
    private let content = Locked<Value?>(nil)

    /// The value; nil while the body runs.
    var value: Value? { content.withLock { $0 } }

    /// Leaves the value.
    func set(_ value: Value) { content.withLock { $0 = value } }
}

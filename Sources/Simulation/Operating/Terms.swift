/// Everything of one kind that was in force, with the moment until which it was.
struct Terms<Value: Equatable & Sendable>: Sendable {
    private var past: [(value: Value, until: Duration)] = []
    /// What is in force now.
    private var current: Value

    /// What is in force from the beginning.
    init(_ value: Value) { current = value }

    /// Takes in what is in force from now on.
    mutating func set(_ value: Value, at now: Duration) {
        guard value != current else { return }
        past.append((current, now))
        current = value
    }

    /// What was in force at some moment since then.
    func since(_ moment: Duration) -> [Value] { past.filter { $0.until >= moment }.map(\.value) + [current] }
}

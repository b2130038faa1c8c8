import Synchronization

/// Remembers whether the last listing that held something showed names.
final class ListedNamesMemory: Sendable {
    private let shown = Atomic(false)

    /// Nothing has been listed yet.
    init() {}

    /// Whether names were shown.
    var areShown: Bool { shown.load(ordering: .relaxed) }

    /// A listing showed these names, nil for each that was missing; an empty one tells nothing.
    func note(_ names: [String?]) {
        guard !names.isEmpty else { return }
        shown.store(names.allSatisfy { $0 != nil }, ordering: .relaxed)
    }
}

/// A large value that its copies share, so that handing it on costs one reference and not one for each field in it.
struct Shared<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Where the value lives; nobody changes it.
    private final class Storage: Sendable {
        let value: Value

        init(_ value: Value) { self.value = value }
    }

    private let storage: Storage

    /// A value of its own.
    init(_ value: Value) { storage = Storage(value) }

    /// The value.
    var value: Value { storage.value }

    static func == (left: Self, right: Self) -> Bool { left.storage === right.storage || left.value == right.value }

    func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

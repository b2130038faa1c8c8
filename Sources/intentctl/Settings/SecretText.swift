/// A text that is never shown: keys and tokens.
///
/// Whatever prints it, interpolates it or looks into it finds the mask; only `reveal()` gives it away.
struct SecretText: Hashable, Sendable {
    private let value: String

    /// A secret.
    init(_ value: String) { self.value = value }

    /// The secret itself, for the one place that sends it.
    func reveal() -> String { value }
}

extension SecretText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "‹redacted›" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where a secret comes from.
enum SecretSource: Hashable, Sendable {
    /// Nobody has given one.
    case none
    /// It was given itself.
    case value(SecretText)
    /// It stands in a file.
    case file(String)

    /// The secret, where it was given or has been read from its file.
    var secret: SecretText? {
        guard case .value(let secret) = self else { return nil }
        return secret
    }
}

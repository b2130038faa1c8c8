package import Documents

/// What came of reading documents: the intents that are whole, and everything that was found.
package struct IntentReading: Sendable {
    /// The intents without errors, in the order of the documents.
    package var intents: [ReadIntent] = []
    /// Every error and warning, in the order of the documents.
    package var diagnostics: [Diagnostic] = []

    /// Nothing read.
    package init() {}

    /// Whether something could not be used.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

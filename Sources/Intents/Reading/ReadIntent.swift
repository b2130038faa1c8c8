package import Documents

/// An intent that was read, and where it stands.
package struct ReadIntent: Sendable {
    /// The intent.
    package let intent: Intent
    /// The document that holds it, from 0; the intents of one list share it.
    package let documentIndex: Int
    /// Where it starts in its file.
    package let position: Position
    /// What a person should look at; warnings only.
    package let problems: [Diagnostic]

    /// A read intent from its parts.
    package init(intent: Intent, documentIndex: Int, position: Position, problems: [Diagnostic]) {
        self.intent = intent
        self.documentIndex = documentIndex
        self.position = position
        self.problems = problems
    }
}

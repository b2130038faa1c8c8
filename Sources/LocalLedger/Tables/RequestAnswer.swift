/// What came of a person's request.
package struct RequestAnswer: Hashable, Sendable {
    /// What was done, or why it was refused, in words.
    package var text: String
    /// Whether it was refused.
    package var refused: Bool

    /// An answer from its parts.
    package init(text: String, refused: Bool) {
        self.text = text
        self.refused = refused
    }
}

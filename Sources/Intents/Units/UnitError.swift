/// Why a text is no value of its unit, with an example of one that is.
package struct UnitError: Error, Hashable, Sendable {
    /// What is wrong, such as `"32Gb" is not a quantity`.
    package let problem: String
    /// A text that would be right.
    package let example: String

    /// An error from its two parts.
    package init(_ problem: String, example: String) {
        self.problem = problem
        self.example = example
    }
}

extension UnitError: CustomStringConvertible {
    /// Both parts in one sentence without a full stop.
    package var description: String { "\(problem); write it like \"\(example)\"" }
}

extension String {
    /// The text in quotes for a message: control characters shown as `?`, cut after 60 characters.
    var excerpt: String {
        let shown = prefix(60).map { character -> Character in
            character.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "?" : character
        }
        return "\"" + String(shown) + (dropFirst(60).isEmpty ? "\"" : "…\"")
    }
}

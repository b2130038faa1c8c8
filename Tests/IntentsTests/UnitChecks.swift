import Testing

@testable import Intents

/// A text, what it should be read as, and how that is written.
struct Accepted: Sendable, CustomTestStringConvertible {
    /// The text of a file.
    let text: String
    /// The value's smallest steps.
    let count: Int64
    /// The canonical text.
    let written: String

    init(_ text: String, _ count: Int64, _ written: String) {
        (self.text, self.count, self.written) = (text, count, written)
    }

    var testDescription: String { text }
}

/// A text that is refused, and the words in which it is.
struct Refused: Sendable, CustomTestStringConvertible {
    /// The text of a file.
    let text: String
    /// A part of the message.
    let why: String

    init(_ text: String, _ why: String) { (self.text, self.why) = (text, why) }

    var testDescription: String { text.isEmpty ? "nothing" : text }
}

/// Expects that reading `refused` fails for the reason named, with an example that can be read itself.
func expectRefused<Value>(
    _ refused: Refused,
    location: SourceLocation = #_sourceLocation,
    _ parse: (String) throws(UnitError) -> Value
) {
    do throws(UnitError) {
        let value = try parse(refused.text)
        Issue.record("read as \(value)", sourceLocation: location)
    } catch {
        #expect(error.problem.contains(refused.why), sourceLocation: location)
        #expect(throws: Never.self, "the example can be read", sourceLocation: location) { try parse(error.example) }
    }
}

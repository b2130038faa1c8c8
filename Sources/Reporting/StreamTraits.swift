/// Whether text is coloured.
package enum Colour: Hashable, Sendable {
    /// Plain text alone.
    case none
    /// With the escape sequences that every terminal of today knows.
    case ansi
}

/// What is known of a stream that text is written to.
package struct StreamTraits: Hashable, Sendable {
    /// Whether a person looks at it.
    package var isTerminal: Bool
    /// Whether text on it is coloured.
    package var colour: Colour

    /// A stream's traits from what it is and from the environment.
    ///
    /// Only a terminal is coloured, and not where `NO_COLOR` is set to anything (no-color.org) or `TERM` is `dumb` or
    /// missing.
    package init(isTerminal: Bool, environment: [String: String]) {
        self.isTerminal = isTerminal
        let refused = !(environment["NO_COLOR"] ?? "").isEmpty
        let terminal = environment["TERM"] ?? "dumb"
        colour = isTerminal && !refused && terminal != "dumb" && !terminal.isEmpty ? .ansi : .none
    }

    /// A file or a pipe.
    package static let file = StreamTraits(isTerminal: false, environment: [:])
}

/// The colours in use, by what they mean.
package enum Paint: String, Hashable, Sendable, CaseIterable {
    /// As it should be.
    case good = "32"
    /// Under way.
    case moving = "36"
    /// Someone should look.
    case doubtful = "33"
    /// Something is wrong.
    case bad = "31"
    /// Beside the point.
    case faint = "2"
    /// A title.
    case strong = "1"

    /// The text in this colour, or as it is where there is no colour.
    package func callAsFunction(_ text: String, _ colour: Colour) -> String {
        colour == .none || text.isEmpty ? text : "\u{1B}[\(rawValue)m\(text)\u{1B}[0m"
    }
}

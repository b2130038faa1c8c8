/// What values a field may take, for schemas and reference pages.
package indirect enum ValueSchema: Equatable, Sendable {
    /// True or false.
    case flag
    /// A whole number within limits.
    case integer(ClosedRange<Int>)
    /// A number within limits, counted in thousandths.
    case number(ClosedRange<Int64>)
    /// Text that matches a regular expression; what is longer than so many characters, an API server refuses.
    case text(pattern: String?, example: String, longest: Int = IntentLimits.text)
    /// Text that matches a regular expression, or a plain number that means the same.
    case numberOrText(pattern: String, example: String)
    /// One of some words.
    case words([String])
    /// Any word; the known ones are for suggestions.
    case openWords(known: [String])
    /// A list.
    case list(ValueSchema)
    /// A mapping of any keys to text.
    case texts
    /// A mapping with fields of its own.
    case object(ObjectSchema)
    /// Anything: the field belongs to somebody else.
    case anything
}

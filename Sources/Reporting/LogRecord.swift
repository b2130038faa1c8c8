/// One thing worth telling: when, how much it matters, a sentence, and named facts.
package struct LogRecord: Hashable, Sendable {
    /// A fact's value.
    package enum Value: Hashable, Sendable {
        /// Text, which may hold anything.
        case text(String)
        /// A whole number.
        case integer(Int64)
        /// A truth.
        case bool(Bool)
    }

    /// A named fact.
    package struct Field: Hashable, Sendable {
        /// Its name, a word in camel case.
        package var name: String
        /// Its value.
        package var value: Value

        /// A named fact.
        package init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// When, in milliseconds since 1970-01-01T00:00:00Z.
    package var at: Int64
    /// How much it matters.
    package var level: LogLevel
    /// What happened, in a sentence without a full stop.
    package var message: String
    /// Named facts in the order in which they are shown.
    package var fields: [Field]

    /// A record; facts that are given twice are shown twice by the line for people and once, the last, in JSON.
    package init(at milliseconds: Int64, level: LogLevel, message: String, fields: [Field] = []) {
        at = milliseconds
        self.level = level
        self.message = message
        self.fields = fields
    }
}

extension LogRecord.Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByStringInterpolation
{
    package init(stringLiteral text: String) { self = .text(text) }

    package init(integerLiteral number: Int64) { self = .integer(number) }

    package init(booleanLiteral truth: Bool) { self = .bool(truth) }
}

/// The words in which one unit speaks of itself when a text is none of its values.
struct UnitGrammar: Sendable {
    /// The unit with its article, such as `a quantity`.
    let noun: String
    /// A text that is right.
    let example: String
    /// What its smallest step is called, such as `a thousandth`.
    var step = "a thousandth"

    /// The error for a text that is no value of the unit, with the reason where there is one to tell.
    func error(_ text: String, _ reason: String = "") -> UnitError {
        UnitError("\(text.excerpt) is not \(noun)" + (reason.isEmpty ? "" : ": \(reason)"), example: example)
    }

    /// The number at the start of `rest`, which is part of `text`; moves `rest` behind it.
    func number(_ rest: inout Substring, in text: String) throws(UnitError) -> DecimalNumber {
        switch DecimalNumber.scan(rest) {
        case .number(let number, let behind):
            rest = behind
            return number
        case .missing: throw error(text)
        case .negative: throw error(text, "it is less than nothing")
        case .tooLong: throw error(text, "it is too large")
        }
    }

    /// The number as a whole count of the unit's smallest steps.
    func count(
        _ number: DecimalNumber,
        by unit: Int64,
        in text: String,
        rounding: DecimalNumber.Rounding = .refused
    ) throws(UnitError) -> Int64 {
        switch number.scaled(by: unit, rounding: rounding) {
        case .count(let count): return count
        case .tooLarge: throw error(text, "it is too large")
        case .tooFine: throw error(text, "it is finer than \(step)")
        }
    }
}

extension Substring {
    /// Without the blanks at both ends.
    var trimmed: Substring {
        var rest = self
        while rest.first == " " || rest.first == "\t" { rest = rest.dropFirst() }
        while rest.last == " " || rest.last == "\t" { rest = rest.dropLast() }
        return rest
    }
}

extension String {
    /// Without the blanks at both ends.
    var trimmed: Substring { self[...].trimmed }
}

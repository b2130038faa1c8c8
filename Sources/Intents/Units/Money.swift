/// An amount of euros, exact to a millionth; a rate is the amount an hour costs.
package struct Money: Hashable, Comparable, Sendable {
    /// Millionths of a euro.
    package var micros: Int64

    /// An amount counted in millionths of a euro.
    package init(micros: Int64) { self.micros = micros }

    /// Nothing.
    package static let zero = Money(micros: 0)

    package static func < (left: Self, right: Self) -> Bool { left.micros < right.micros }

    /// The sum; an overflow stops at the largest amount, so that a cap can never be passed by wrapping round.
    package static func + (left: Self, right: Self) -> Self {
        let (sum, overflow) = left.micros.addingReportingOverflow(right.micros)
        return Money(micros: overflow ? (left.micros < 0 ? .min : .max) : sum)
    }

    /// The difference, saturating like the sum.
    package static func - (left: Self, right: Self) -> Self {
        let (difference, overflow) = left.micros.subtractingReportingOverflow(right.micros)
        return Money(micros: overflow ? (left.micros < 0 ? .min : .max) : difference)
    }

    /// The amount `count` times, saturating like the sum.
    package static func * (amount: Self, count: Int) -> Self {
        let (product, overflow) = amount.micros.multipliedReportingOverflow(by: Int64(count))
        return Money(micros: overflow ? ((amount.micros < 0) == (count < 0) ? .max : .min) : product)
    }

    /// What this hourly rate comes to over a span, rounded up to the next millionth.
    package func over(_ span: Duration) -> Self {
        let milliseconds = max(0, span.milliseconds)
        let (high, low) = micros.multipliedFullWidth(by: milliseconds)
        let hour: Int64 = 3_600_000
        if high == 0 {
            // As nearly always: one division of the machine.
            let (quotient, remainder) = low.quotientAndRemainder(dividingBy: UInt64(hour))
            return Money(micros: Int64(quotient) + (remainder > 0 ? 1 : 0))
        }
        guard high < hour / 2, high >= 0 else { return Money(micros: micros < 0 ? .min : .max) }
        let (quotient, remainder) = hour.dividingFullWidth((high, low))
        return Money(micros: remainder > 0 ? quotient + 1 : quotient)
    }
}

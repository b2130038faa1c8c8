/// A moment of the world's clock, to the millisecond, without a time zone.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z; leap seconds do not count.
    package var milliseconds: Int64

    /// A moment counted in milliseconds since 1970-01-01T00:00:00Z.
    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// A moment counted in whole seconds since 1970-01-01T00:00:00Z.
    package init(seconds: Int64) { self.init(milliseconds: seconds * 1000) }

    package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    /// The moment `duration` later, to the millisecond.
    package static func + (moment: Self, duration: Duration) -> Self {
        Self(milliseconds: moment.milliseconds + duration.milliseconds)
    }

    /// The moment `duration` earlier, to the millisecond.
    package static func - (moment: Self, duration: Duration) -> Self {
        Self(milliseconds: moment.milliseconds - duration.milliseconds)
    }

    /// How much later the left moment is; negative where it is earlier.
    package static func - (later: Self, earlier: Self) -> Duration {
        .milliseconds(later.milliseconds - earlier.milliseconds)
    }
}

extension Duration {
    /// The whole milliseconds in this span, rounded towards zero.
    package var milliseconds: Int64 {
        let parts = components
        return parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
    }
}

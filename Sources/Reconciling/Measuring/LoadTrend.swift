package import Intents

/// What the load of an intent has come to, as far as its scaling and its rest ask: a few numbers, however long it lives.
///
/// It is kept in memory only. A new process begins anew, so that it takes as long as ever until fewer replicas are wanted;
/// how many are wanted now is durable.
package struct LoadTrend: Hashable, Sendable {
    /// For how long a wish has stood on one side of what is wanted, and the one of its numbers that is nearest to it.
    package struct Spell: Hashable, Sendable {
        /// Since when.
        package var since: Timestamp
        /// The number nearest to what is wanted.
        package var nearest: Int
    }

    /// When it was last measured, or should have been.
    package private(set) var measuredAt: Timestamp
    /// How many replicas were wanted then; another number begins anew.
    package private(set) var base: Int
    /// Set while more are asked for.
    package private(set) var rising: Spell?
    /// Set while fewer are asked for.
    package private(set) var falling: Spell?
    /// Since when every running replica has done nothing; nil while one does something, or is not measured.
    package private(set) var idleSince: Timestamp?
    /// What was measured last, for people.
    package private(set) var summary: String

    /// A trend of which nothing is known.
    package init(at moment: Timestamp, base: Int) {
        measuredAt = moment
        self.base = base
        summary = ""
    }

    /// Takes in what one moment asks for; `isIdle` says whether every running replica does nothing.
    package mutating func take(wish: Int, base: Int, isIdle: Bool, summary: String, at now: Timestamp) {
        if base != self.base {
            self.base = base
            rising = nil
            falling = nil
        }
        measuredAt = now
        self.summary = summary
        rising = wish > base ? Spell(since: rising?.since ?? now, nearest: min(rising?.nearest ?? wish, wish)) : nil
        falling = wish < base ? Spell(since: falling?.since ?? now, nearest: max(falling?.nearest ?? wish, wish)) : nil
        idleSince = isIdle ? idleSince ?? now : nil
    }

    /// How many replicas are wanted now by a wish that has been stable for long enough; nil where nothing changes.
    package func due(_ windows: ScalingWindows, at now: Timestamp) -> Int? {
        if let rising, now - rising.since >= windows.up { return rising.nearest }
        if let falling, now - falling.since >= windows.down { return falling.nearest }
        return nil
    }

    /// When a wish that goes on as it is has been stable for long enough; nil where there is none.
    package func dueAt(_ windows: ScalingWindows) -> Timestamp? {
        [rising.map { $0.since + windows.up }, falling.map { $0.since + windows.down }].compactMap(\.self).min()
    }
}

/// For how long a wish for more or fewer replicas must be stable.
package struct ScalingWindows: Hashable, Sendable {
    /// For more.
    package var up = Duration.seconds(60)
    /// For fewer.
    package var down = Duration.seconds(600)
    /// How old a measurement may be that something is decided by.
    package var oldest = Duration.seconds(90)

    /// The documented defaults.
    package init() {}
}

package import Intents
package import Placement

/// Whether an intent's availability window is open at a moment, since when it has been closed, and when that changes.
package struct OpeningHours: Hashable, Sendable {
    /// Whether it is open.
    package var isOpen: Bool
    /// When it closed; nil while it is open, and where it has been closed for longer than anybody asked.
    package var closedSince: Timestamp?
    /// When it opens or closes next; nil where it never does.
    package var changesAt: Timestamp?

    /// Changes that are looked at to find out when it closed.
    private static let mostChanges = 16

    /// The hours that a calendar gives at a moment; who closed within the last `span` is told when.
    package init(_ calendar: AvailabilityCalendar, at now: Timestamp, lookingBack span: Duration) {
        let state = calendar.state(at: now)
        isOpen = state.isOpen
        changesAt = state.changesAt
        guard !state.isOpen else { return }
        var moment = now - span
        for _ in 0..<Self.mostChanges {
            let earlier = calendar.state(at: moment)
            guard let change = earlier.changesAt, change <= now else { return }
            closedSince = earlier.isOpen ? change : nil
            moment = change
        }
    }
}

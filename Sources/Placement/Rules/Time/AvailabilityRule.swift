import Intents

/// `constraints.availability`: the seller must be open whenever the intent's window is.
///
/// Both calendars are held side by side for five weeks from now, which sees every weekly and every monthly maintenance.
struct AvailabilityRule: StatedRule {
    /// How far ahead the calendars are compared.
    static let horizon = Duration.seconds(35 * 86_400)

    /// When it must be open.
    let wanted: AvailabilityWish
    /// From when on.
    let now: Timestamp
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.availability.map {
            Self(wanted: $0, now: question.now, unstated: question.policy.unstated(.time))
        }
    }

    var name: String { "constraints.availability" }
    var scope: RuleScope { .hours }
    var silence: String { "say when it is available" }

    var wish: String {
        let zone = wanted.timeZone ?? "UTC"
        guard let start = wanted.windowStart, let end = wanted.windowEnd else { return "the whole day, \(zone)" }
        return "\(ClockTime(minutes: start).text) to \(ClockTime(minutes: end).text), \(zone)"
    }

    func stated(by offer: Offer) -> AvailabilityWish? { offer.facts.availability }
    func grants(_ stated: AvailabilityWish) -> Bool { firstGap(stated) == nil }

    func objection(_ stated: AvailabilityWish) -> String {
        firstGap(stated).map { "it is closed from \($0.text)" } ?? "it is closed"
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        enforced("the operator keeps the hours, and takes no offer that is known to be closed in them")
    }

    /// Whether the wanted hours lie within hours of the same zone that nothing interrupts.
    private func isPlainlyInside(_ stated: AvailabilityWish) -> Bool {
        guard stated.blackoutDates.isEmpty, stated.maintenanceWindows.isEmpty else { return false }
        guard (stated.timeZone ?? "UTC") == (wanted.timeZone ?? "UTC") else { return false }
        let days = wanted.daysOfWeek.isEmpty ? Array(1...7) : wanted.daysOfWeek
        guard stated.daysOfWeek.isEmpty || days.allSatisfy(stated.daysOfWeek.contains) else { return false }
        let (ours, theirs) = (Self.hours(wanted), Self.hours(stated))
        return theirs.start <= ours.start && ours.end <= theirs.end
    }

    /// The hours of a day in minutes after its midnight; an end after the next midnight is more than 1440.
    private static func hours(_ wish: AvailabilityWish) -> (start: Int, end: Int) {
        guard let start = wish.windowStart, let end = wish.windowEnd, start != end else { return (0, 1440) }
        return (start, end > start ? end : end + 1440)
    }

    /// The first moment at which the seller is closed and should not be.
    private func firstGap(_ stated: AvailabilityWish) -> Timestamp? {
        if stated == wanted || isPlainlyInside(stated) { return nil }
        let seller = AvailabilityCalendar(stated)
        if seller.isAlwaysOpen { return nil }
        let wish = AvailabilityCalendar(wanted)
        let end = now + Self.horizon
        var moment = now
        while moment < end {
            let (ours, theirs) = (wish.state(at: moment), seller.state(at: moment))
            if ours.isOpen, !theirs.isOpen { return moment }
            guard let next = [ours.changesAt, theirs.changesAt].compactMap(\.self).min() else { return nil }
            moment = next
        }
        return nil
    }
}

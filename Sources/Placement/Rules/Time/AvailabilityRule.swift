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
    var scope: RuleScope { .facts }
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

    /// The first moment at which the seller is closed and should not be.
    private func firstGap(_ stated: AvailabilityWish) -> Timestamp? {
        if stated == wanted { return nil }
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

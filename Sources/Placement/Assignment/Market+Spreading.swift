package import Intents

extension Market {
    /// The offers of a platform that could take single slots of an intent, best first.
    ///
    /// `rank` holds every offer against all slots together. An offer that is too dear for all of them can still take the
    /// few that cheaper ones do not hold: here the caps only have to pay for one slot, and whoever fills the slots sees
    /// to their sum. Nothing else is given up.
    package func spreadable(
        _ spec: IntentSpec,
        on platform: PlatformName,
        resting: Set<Offer.ID> = [],
        now: Timestamp
    ) -> [Candidate] {
        var single = spec
        let slots = Terms(spec, now: now).slots
        single.constraints.maxHourlyCost = spec.constraints.maxHourlyCost.map { $0 * slots }
        single.constraints.maxTotalCost = spec.constraints.maxTotalCost.map { $0 * slots }
        return rank(single, resting: resting, platforms: [platform], now: now).candidates
    }

    /// How the wanted slots are spread where the best offer cannot hold them all, in words; nil where it can.
    func spread(_ spec: IntentSpec, now: Timestamp) -> String? {
        let terms = Terms(spec, now: now)
        // Nearly always the best offer holds them all, and nobody has to look at the others.
        guard let best = rank(spec, now: now, limit: 1).candidates.first, let room = best.offer.room(for: terms),
            room < terms.slots
        else { return nil }
        let ranking = rank(spec, now: now)
        let sources = spreadable(spec, on: best.offer.platform, now: now).map {
            Spread.Source($0, room: $0.offer.room(for: terms))
        }
        let spread = Spread(over: sources, slots: terms.slots, budget: terms.hourlyCap)
        if !spread.isComplete,
            let whole = ranking.candidates.first(where: { $0.offer.room(for: terms).map { $0 >= terms.slots } ?? true })
        {
            return "\(best.offer.id.name) holds \(room) of \(terms.slots); all go to \(whole.offer.id.name) of "
                + "\(whole.offer.platform.rawValue), which holds every one"
        }
        return spread.words
    }
}

extension Offer {
    /// How many slots it holds; nil where nobody says, and where one allocation carries them all.
    func room(for terms: Terms) -> Int? {
        guard platform != .flare else { return nil }
        return available.map { $0 / terms.count }
    }
}

extension Spread {
    /// Who gets how many, in words.
    package var words: String {
        let parts = parts.map { "\($0.slots) on \($0.candidate.offer.id.name)" }.joined(separator: ", ")
        guard filled > 0 else { return "none of \(wanted) can be filled" }
        let price = " for \(hourly.inWords) an hour"
        guard isComplete else { return "\(parts)\(price); \(wanted - filled) of \(wanted) find no room" }
        return parts + price
    }
}

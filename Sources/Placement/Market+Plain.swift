package import Intents

extension Market {
    /// The names of the best offers, worked out without the index: every offer against every rule, then a plain sort.
    ///
    /// The yardstick for the speed of the index, and the same answer; it tries no other wiring.
    package func plainlyBest(_ spec: IntentSpec, now: Timestamp, limit: Int) -> [Offer.ID] {
        let question = Question(spec, policy: policy, catalog: catalog, now: now)
        let rules = RuleBook.rules(for: question)
        var found: [Standing] = []
        for (index, listing) in listings.enumerated() where rules.allSatisfy({ $0.fits(listing) }) {
            let bill = Bill(question.terms, on: listing.offer)
            found.append(Standing(listing.offer, at: index, bill: bill, terms: question.terms))
        }
        return found.sorted().prefix(limit).map { listings[$0.index].offer.id }
    }
}

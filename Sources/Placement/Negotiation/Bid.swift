package import Intents

/// What could be had instead of the wish, within what the intent lets be negotiated.
package struct Bid: Hashable, Sendable {
    /// The offers, best first.
    package var ranking: Ranking
    /// What would have to be agreed for them.
    package var agreement: Agreement
    /// In which round it was found; 0 within what is taken unasked, nil by falling back.
    package var round: Int?

    /// Whether it is taken without asking anybody.
    package var isTakenUnasked: Bool { round == 0 || round == nil }
}

extension Negotiation {
    /// How far the search goes out in each round: first what is taken unasked, then in equal steps to the flexibility.
    ///
    /// What is taken unasked never goes further than the flexibility either.
    package var radii: [Deviation] {
        let price = Int(priceFlexibility.thousandths)
        let resources = Int(resourceFlexibility.thousandths)
        let accepted = Int(autoAcceptThreshold.thousandths)
        let fields = Set(Deviation.Field.allCases)
        let first = Deviation(price: min(accepted, price), resources: min(accepted, resources), fields: fields)
        let rounds = maxNegotiationRounds
        guard rounds > 0 else { return [first] }
        return [first]
            + (1...rounds).map { round in
                Deviation(
                    price: first.price + (price - first.price) * round / rounds,
                    resources: first.resources + (resources - first.resources) * round / rounds,
                    fields: fields
                )
            }
    }
}

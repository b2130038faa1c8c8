package import Intents

/// Everything that is on sale at one moment, ready to be searched.
///
/// A value: a refreshed price makes another one.
package struct Market: Sendable {
    /// Every offer, completed from the catalogue, in a stable order.
    package let offers: [Offer]
    /// What the operator's configuration says about choosing.
    package var policy: PlacementPolicy

    /// The offers with what is asked of each worked out.
    let listings: [Listing]
    /// Which names mean which GPUs.
    let catalog: GPUCatalog

    /// A market of these offers.
    ///
    /// What nobody states of a GPU is taken from the catalogue. Of two offers with one name the dearer stays, so that a
    /// cap holds whichever the platform means.
    package init(
        offers: [Offer] = [],
        policy: PlacementPolicy = PlacementPolicy(),
        catalog: GPUCatalog = .standard
    ) {
        var dearest: [Offer.ID: Offer] = [:]
        for offer in offers {
            guard let known = dearest[offer.id] else {
                dearest[offer.id] = offer
                continue
            }
            if Self.isDearer(offer, than: known) { dearest[offer.id] = offer }
        }
        listings = dearest.values.map { Listing($0, catalog: catalog) }.sorted { $0.offer.id < $1.offer.id }
        self.offers = listings.map(\.offer)
        self.policy = policy
        self.catalog = catalog
    }

    /// The offers that fit, best first.
    ///
    /// `resting` names offers to leave alone for a while; `platforms`, where given, is where the intent may live (an
    /// intent that holds allocations stays on their platform); `now` is for deadlines.
    package func rank(
        _ spec: IntentSpec,
        resting: Set<Offer.ID> = [],
        platforms: Set<PlatformName>? = nil,
        now: Timestamp
    ) -> Ranking {
        if let deadline = spec.constraints.deadline, deadline <= now {
            return Ranking(candidates: [], refusal: .deadlinePassed, constraints: [])
        }
        let question = Question(spec, policy: policy, catalog: catalog, now: now)
        let rules = RuleBook.rules(for: question)
        var found: [(standing: Standing, bill: Bill)] = []
        for (index, listing) in listings.enumerated() where platforms?.contains(listing.offer.platform) ?? true {
            guard resting.isEmpty || !resting.contains(listing.offer.id),
                rules.allSatisfy({ $0.fits(listing) })
            else { continue }
            let bill = Bill(question.terms, on: listing.offer)
            let standing = Standing(listing.offer, at: index, bill: bill, terms: question.terms)
            found.append((standing, bill))
        }
        guard !found.isEmpty else {
            let refusal = Refusal(listings: listings, rules: rules, question: question)
            return Ranking(
                candidates: [],
                refusal: refusal.noOffer(resting: resting, platforms: platforms),
                constraints: []
            )
        }
        found.sort { $0.standing < $1.standing }
        let winner = listings[found[0].standing.index].offer
        return Ranking(
            candidates: candidates(found, question.terms),
            refusal: nil,
            constraints: Verdicts.all(for: spec, rules: rules, on: winner.platform, offer: winner)
        )
    }

    /// The offers found, each with its place.
    private func candidates(_ found: [(standing: Standing, bill: Bill)], _ terms: Terms) -> [Candidate] {
        found.indices.map { place in
            let (standing, bill) = found[place]
            let offer = listings[standing.index].offer
            let because = Because(
                objective: terms.objective,
                place: place,
                total: found.count,
                count: terms.count,
                fp32Tflops: offer.fp32Tflops,
                cost: offer.hourlyPerGPU.map { _ in bill.wanted },
                latencyMs: offer.latencyMs
            )
            return Candidate(offer: offer, bill: bill, because: because)
        }
    }

    /// What becomes of each wish that an intent states, on a platform, and for the offer chosen there if one is.
    package func verdicts(
        for spec: IntentSpec,
        on platform: PlatformName,
        offer: Offer? = nil
    ) -> [ConstraintVerdict] {
        let question = Question(spec, policy: policy, catalog: catalog, now: Timestamp(milliseconds: 0))
        return Verdicts.all(for: spec, rules: RuleBook.rules(for: question), on: platform, offer: offer)
    }

    /// Whether an offer is the worse of two with one name: it states no price, or a higher one, or has less to sell.
    private static func isDearer(_ offer: Offer, than other: Offer) -> Bool {
        let price = offer.hourlyPerGPU?.micros ?? .max
        let known = other.hourlyPerGPU?.micros ?? .max
        return price == known ? (offer.available ?? .max) < (other.available ?? .max) : price > known
    }
}

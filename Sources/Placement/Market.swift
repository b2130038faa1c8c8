import Intents

/// Everything that is on sale at one moment, ready to be searched.
///
/// A value: a refreshed price makes another one, and works out anew only what has changed.
package struct Market: Sendable {
    /// An offer that could not be taken in, with the reason.
    package struct LeftOut: Hashable, Sendable {
        /// The offer.
        package var id: Offer.ID
        /// Why, in a clause without a full stop.
        package var reason: String
    }

    /// Every offer, completed from the catalogue and the configuration, its prices in euros, in a stable order.
    package private(set) var offers: [Offer]
    /// What was left out, in the same order.
    package private(set) var leftOut: [LeftOut]
    /// What the operator's configuration says about choosing.
    package var policy: PlacementPolicy {
        didSet {
            guard policy.facts != oldValue.facts || policy.exchangeRates != oldValue.exchangeRates else { return }
            self = Market(offers: source, policy: policy, catalog: catalog)
        }
    }

    /// The offers with what is asked of each worked out.
    private(set) var listings: [Listing]
    /// The offers packed for searching.
    private(set) var index: MarketIndex
    /// Which names mean which GPUs.
    let catalog: GPUCatalog
    /// The offers as they were given, sorted by name.
    private var source: [Offer]

    /// A market of these offers.
    ///
    /// What nobody states of a GPU is taken from the catalogue, of a seller from the configuration. Of two offers with one
    /// name the dearer stays, so that a cap holds whichever the platform means. An offer in a currency without an exchange
    /// rate is left out.
    package init(
        offers: [Offer] = [],
        policy: PlacementPolicy = PlacementPolicy(),
        catalog: GPUCatalog = .standard
    ) {
        self.policy = policy
        self.catalog = catalog
        source = Self.oneForEachName(offers)
        leftOut = []
        var completion = Completion(catalog: catalog, policy: policy)
        var listings: [Listing] = []
        listings.reserveCapacity(source.count)
        for offer in source {
            if let priced = offer.inEuros(policy.exchangeRates) {
                listings.append(completion.listing(priced))
            } else {
                let reason = "its price is in \(offer.currency), for which exchangeRates has no rate"
                leftOut.append(LeftOut(id: offer.id, reason: reason))
            }
        }
        self.listings = listings
        self.offers = listings.map(\.offer)
        index = MarketIndex(listings)
    }

    /// The market of newer offers: where only prices and numbers of free GPUs differ, only those are worked out anew.
    package func refreshed(with offers: [Offer]) -> Market {
        let newer = Self.oneForEachName(offers)
        guard newer.count == source.count, leftOut.isEmpty else {
            return Market(offers: offers, policy: policy, catalog: catalog)
        }
        var market = self
        for place in newer.indices where newer[place] != source[place] {
            guard newer[place].isRepriced(source[place]), let priced = newer[place].inEuros(policy.exchangeRates) else {
                return Market(offers: offers, policy: policy, catalog: catalog)
            }
            market.reprice(place, as: newer[place], inEuros: priced)
        }
        return market
    }

    /// Puts newer prices and numbers of free GPUs to one offer.
    private mutating func reprice(_ place: Int, as newer: Offer, inEuros priced: Offer) {
        source[place] = newer
        let old = listings[place]
        var offer = old.offer
        offer.available = priced.available
        offer.hourlyPerGPU = priced.hourlyPerGPU.flatMap { $0 < .zero ? nil : $0 }
        offer.machine?.hourly = priced.machine?.hourly.flatMap { $0 < .zero ? nil : $0 }
        offers[place] = offer
        listings[place] = Listing(offer, like: old)
        index.reprice(place, offer)
    }

    /// The offers sorted by name, one for each.
    private static func oneForEachName(_ offers: [Offer]) -> [Offer] {
        let sorted = offers.sorted { $0.id < $1.id }
        var kept: [Offer] = []
        kept.reserveCapacity(sorted.count)
        for offer in sorted {
            guard let last = kept.last, last.id == offer.id else {
                kept.append(offer)
                continue
            }
            if isDearer(offer, than: last) { kept[kept.count - 1] = offer }
        }
        return kept
    }

    /// Whether an offer is the worse of two with one name: it states no price, or a higher one, or has less to sell.
    private static func isDearer(_ offer: Offer, than other: Offer) -> Bool {
        let price = offer.hourly(slotOf: 1)?.micros ?? .max
        let known = other.hourly(slotOf: 1)?.micros ?? .max
        return price == known ? (offer.available ?? .max) < (other.available ?? .max) : price > known
    }
}

extension Offer {
    /// Whether this is another offer with nothing but other prices and another number of free GPUs.
    fileprivate func isRepriced(_ other: Offer) -> Bool {
        var same = self
        same.available = other.available
        same.hourlyPerGPU = other.hourlyPerGPU
        if machine != nil, let hourly = other.machine.map(\.hourly) { same.machine?.hourly = hourly }
        return same == other
    }
}

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
    package var offers: [Offer] { listings.map(\.offer) }
    /// Whether there is nothing on sale.
    package var isEmpty: Bool { listings.isEmpty }

    /// What was left out, in the same order.
    package private(set) var leftOut: [LeftOut]
    /// What the operator's configuration says about choosing.
    package var policy: PlacementPolicy {
        didSet {
            guard policy.facts != oldValue.facts || policy.exchangeRates != oldValue.exchangeRates else { return }
            self = Market(offers: listings.map(\.source) + unpriced, policy: policy, catalog: catalog)
        }
    }

    /// The offers with what is asked of each worked out.
    private(set) var listings: [Listing]
    /// The offers packed for searching.
    private(set) var index: MarketIndex
    /// Which names mean which GPUs.
    let catalog: GPUCatalog
    /// Where the offers stood among those that were given, in the order of their names; empty where not all were kept.
    private var order: [UInt32]
    /// The offers that were left out, as they were given.
    private var unpriced: [Offer]

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
        let kept = Self.oneForEachName(offers)
        order = kept.count == offers.count ? kept : []
        leftOut = []
        unpriced = []
        var completion = Completion(catalog: catalog, policy: policy)
        var listings: [Listing] = []
        listings.reserveCapacity(kept.count)
        for place in kept {
            let offer = offers[Int(place)]
            if let priced = offer.inEuros(policy.exchangeRates) {
                listings.append(completion.listing(priced, from: offer))
            } else {
                let reason = "its price is in \(offer.currency), for which exchangeRates has no rate"
                leftOut.append(LeftOut(id: offer.id, reason: reason))
                unpriced.append(offer)
            }
        }
        self.listings = listings
        index = MarketIndex(listings)
    }

    /// The market of newer offers.
    ///
    /// Where they differ from these in prices and numbers of free GPUs alone, only those that differ are worked out anew;
    /// that is told fastest where they come in the order in which these came.
    package func refreshed(with offers: [Offer]) -> Market {
        if order.count == offers.count, let market = repriced(offers, in: order) { return market }
        if leftOut.isEmpty, let market = repriced(offers, in: Self.oneForEachName(offers)) { return market }
        return Market(offers: offers, policy: policy, catalog: catalog)
    }

    /// The offer of this name, completed as in `offers`; nil where it is not on sale.
    package func offer(_ id: Offer.ID) -> Offer? { place(of: id).map { listings[$0].offer } }

    /// This market with another number of free GPUs of one offer; the same where that is not on sale.
    package func stocked(_ id: Offer.ID, with gpus: Int) -> Market {
        guard let place = place(of: id) else { return self }
        var (source, offer) = (listings[place].source, listings[place].offer)
        source.available = gpus
        offer.available = gpus
        var market = self
        market.reprice(place, as: source, inEuros: offer)
        return market
    }

    /// The market of newer offers that come in an order; nil where more than prices and numbers of free GPUs differs.
    private func repriced(_ offers: [Offer], in order: [UInt32]) -> Market? {
        guard order.count == listings.count else { return nil }
        var market = self
        market.order = order.count == offers.count ? order : []
        for (place, index) in order.enumerated() where offers[Int(index)] != listings[place].source {
            guard offers[Int(index)].isRepriced(listings[place].source),
                let priced = offers[Int(index)].inEuros(policy.exchangeRates)
            else { return nil }
            market.reprice(place, as: offers[Int(index)], inEuros: priced)
        }
        return market
    }

    /// Puts newer prices and numbers of free GPUs to one offer.
    private mutating func reprice(_ place: Int, as newer: Offer, inEuros priced: Offer) {
        var offer = listings[place].offer
        offer.available = priced.available
        offer.hourlyPerGPU = priced.hourlyPerGPU.flatMap { $0 < .zero ? nil : $0 }
        offer.machine?.hourly = priced.machine?.hourly.flatMap { $0 < .zero ? nil : $0 }
        listings[place] = Listing(offer, from: newer, like: listings[place])
        index.reprice(place, listings[place])
    }

    /// Where the offers stand that are kept, one for each name, sorted by name.
    private static func oneForEachName(_ offers: [Offer]) -> [UInt32] {
        let sorted = offers.indices.sorted { offers[$0].id < offers[$1].id }
        var kept: [UInt32] = []
        kept.reserveCapacity(sorted.count)
        for index in sorted {
            guard let last = kept.last, offers[Int(last)].id == offers[index].id else {
                kept.append(UInt32(index))
                continue
            }
            if isDearer(offers[index], than: offers[Int(last)]) { kept[kept.count - 1] = UInt32(index) }
        }
        return kept
    }

    /// Whether an offer is the worse of two with one name: it states no price, or a higher one, or has less to sell.
    private static func isDearer(_ offer: borrowing Offer, than other: borrowing Offer) -> Bool {
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

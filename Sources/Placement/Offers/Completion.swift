import Intents

/// Completes offers from the catalogue and the configuration, and remembers what it has worked out for others like them.
struct Completion {
    /// Which names mean which GPUs.
    let catalog: GPUCatalog
    /// What the configuration says.
    let policy: PlacementPolicy

    private var gpus: [GPUKey: Offer] = [:]
    private var models: [String: String] = [:]
    private var sites: [SiteKey: Listing.Site] = [:]
    private var sellers: [SellerKey: [String]] = [:]
    private var facts: [FactsKey: Offer] = [:]
    private var bearers: [ProviderFacts: Offer] = [:]
    private var homes: [[String]: [Home]] = [:]

    /// The identity of having no facts.
    private static let factless = bearer(of: nil).factsIdentity

    /// An offer that has nothing but facts, for others to share them.
    private static func bearer(of facts: ProviderFacts?) -> Offer {
        var offer = Offer(id: Offer.ID(platform: PlatformName(rawValue: ""), name: ""), model: "")
        if let facts { offer.facts = facts }
        return offer
    }

    /// What tells the GPUs of two offers apart.
    private struct GPUKey: Hashable {
        var model: String
        var memory: Quantity?
        var variant: String?
    }

    /// What tells the places of two offers apart.
    private struct SiteKey: Hashable {
        var location: String?
        var zone: String?
    }

    /// What tells the sellers of two offers apart.
    private struct SellerKey: Hashable {
        var platform: PlatformName
        var provider: String?
    }

    /// What tells the facts of two offers apart.
    private struct FactsKey: Hashable {
        var platform: PlatformName
        var provider: String?
        var location: String?
    }

    /// A completion that has seen nothing yet.
    init(catalog: GPUCatalog, policy: PlacementPolicy) {
        self.catalog = catalog
        self.policy = policy
    }

    /// The offer with everything worked out; `source` is what it was before its prices were turned into euros.
    mutating func listing(_ offer: Offer, from source: Offer) -> Listing {
        let completed = complete(offer)
        return Listing(
            completed,
            from: source,
            model: model(offer.model),
            sellers: names(of: offer),
            site: site(of: completed),
            residency: completed.facts.residency.map { homes(of: $0) }
        )
    }

    /// The places of a list of names.
    private mutating func homes(of residency: [String]) -> [Home] {
        if let known = homes[residency] { return known }
        let places = residency.map { Home($0) }
        homes[residency] = places
        return places
    }

    /// The offer with what nobody states of it taken from the catalogue and the configuration, a price below zero dropped.
    mutating func complete(_ offer: Offer) -> Offer {
        var offer = gpuCompleted(offer)
        let pattern = facts(of: offer)
        let known = pattern.facts
        if offer.factsIdentity == Self.factless {
            offer.shareFacts(of: pattern)
        } else {
            offer.facts = offer.facts.completed(from: known)
        }
        offer.location = offer.location ?? known.location
        offer.latencyMs = offer.latencyMs ?? known.latencyMs
        offer.startup = offer.startup ?? known.coldStart
        if let storage = known.storage, offer.machine != nil, offer.machine?.storage == nil {
            offer.machine?.storage = storage
        }
        if let price = offer.hourlyPerGPU, price < .zero { offer.hourlyPerGPU = nil }
        if let price = offer.machine?.hourly, price < .zero { offer.machine?.hourly = nil }
        return offer
    }

    /// The offer with what the catalogue knows of its GPU.
    private mutating func gpuCompleted(_ offer: Offer) -> Offer {
        let key = GPUKey(model: offer.model, memory: offer.gpuMemory, variant: offer.variant)
        let pattern: Offer
        if let known = gpus[key] {
            pattern = known
        } else {
            var bare = Offer(id: Offer.ID(platform: offer.platform, name: ""), model: offer.model)
            bare.gpuMemory = offer.gpuMemory
            bare.variant = offer.variant
            pattern = catalog.complete(bare)
            gpus[key] = pattern
        }
        var offer = offer
        offer.takeMissing(from: pattern)
        return offer
    }

    private mutating func model(_ name: String) -> String {
        if let known = models[name] { return known }
        let model = catalog.canonical(name)
        models[name] = model
        return model
    }

    private mutating func site(of offer: Offer) -> Listing.Site {
        let key = SiteKey(location: offer.location, zone: offer.zone)
        if let known = sites[key] { return known }
        let site = Listing.Site(location: offer.location, zone: offer.zone)
        sites[key] = site
        return site
    }

    private mutating func names(of offer: Offer) -> [String] {
        let key = SellerKey(platform: offer.platform, provider: offer.provider)
        if let known = sellers[key] { return known }
        let names = Listing.sellers(of: offer)
        sellers[key] = names
        return names
    }

    /// An offer that bears the facts of this one's seller and place.
    private mutating func facts(of offer: Offer) -> Offer {
        let key = FactsKey(platform: offer.platform, provider: offer.provider, location: offer.location)
        if let known = facts[key] { return known }
        let found = policy.facts.facts(platform: offer.platform, provider: offer.provider, region: offer.location)
        let bearer = bearers[found] ?? Self.bearer(of: found == ProviderFacts() ? nil : found)
        bearers[found] = bearer
        facts[key] = bearer
        return bearer
    }
}

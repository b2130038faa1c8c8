import Intents

/// The classes that offers fall into: those that are alike in a part share one, and the first of them speaks for all.
struct OfferClasses: Sendable {
    /// The first offer of each class.
    private(set) var sellers: [Listing] = []
    private(set) var gpus: [Listing] = []
    private(set) var machines: [Listing] = []
    private(set) var facts: [Listing] = []
    private(set) var hours: [Listing] = []
    private(set) var sites: [Listing] = []
    private(set) var places: [Listing] = []
    private(set) var homes: [Listing] = []
    /// The hours of each class of facts.
    private(set) var hoursOfFacts: [UInt32] = []
    /// The place of each site.
    private(set) var placeOfSite: [UInt32] = []
    /// The region of each site.
    private(set) var regionOfSite: [UInt32] = []
    /// Where data stays at each site.
    private(set) var homeOfSite: [UInt32] = []
    /// What a person reads of each class of GPUs: equal numbers where model, memory and count are.
    private(set) var lookOfGPU: [UInt32] = []

    private var sellerNumbers: [[String]: UInt32] = [:]
    private var gpuNumbers: [Ware: UInt32] = [:]
    private var machineNumbers: [Equipment: UInt32] = [:]
    private var factsNumbers: [Facts: UInt32] = [:]
    private var hoursNumbers: [AvailabilityWish?: UInt32] = [:]
    private var siteNumbers: [Site: UInt32] = [:]
    private var placeNumbers: [String?: UInt32] = [:]
    private var regionNumbers: [String?: UInt32] = [:]
    private var homeNumbers: [[String]?: UInt32] = [:]
    private var lookNumbers: [Look: UInt32] = [:]

    /// What sites are told apart by.
    private struct Site: Hashable {
        var region: String?
        var zone: String?
        var residency: [String]?
        var isFLARE: Bool
    }

    /// What facts are told apart by.
    private struct Facts: Hashable {
        var facts: ObjectIdentifier
        var latencyMs: Int?
        var startup: Duration?
    }

    /// What machines are told apart by.
    private struct Equipment: Hashable {
        var cpu: Quantity?
        var memory: Quantity?
        var storage: Quantity?
        var spot: Bool
        var shared: Bool
    }

    /// What a person reads of a GPU.
    private struct Look: Hashable {
        var model: String
        var memory: Quantity?
        var gpus: Int
    }

    /// What GPUs are told apart by.
    private struct Ware: Hashable {
        var look: Look
        var variant: String?
        var cores: Int?
        var clockSpeed: Quantity?
        var capability: ComputeCapability?
        var architecture: GPUWish.Architecture?
        var tier: GPUWish.Tier?
        var interconnect: GPUWish.Interconnect?
        var fp32Tflops: Quantity?
        var multiInstance: Bool?
        var watts: Quantity?
    }

    /// The number of a key; a new one has the offer speak for it.
    private static func number<Key: Hashable>(
        _ key: Key,
        _ numbers: inout [Key: UInt32],
        _ firsts: inout [Listing],
        _ listing: Listing
    ) -> UInt32 {
        if let known = numbers[key] { return known }
        let number = UInt32(firsts.count)
        numbers[key] = number
        firsts.append(listing)
        return number
    }

    /// The number of a key that nobody speaks for.
    private static func number<Key: Hashable>(_ key: Key, _ numbers: inout [Key: UInt32]) -> UInt32 {
        if let known = numbers[key] { return known }
        let number = UInt32(numbers.count)
        numbers[key] = number
        return number
    }

    /// The classes that tell lanes apart.
    mutating func lane(_ listing: Listing) -> Lane.Key {
        Lane.Key(
            gpu: gpu(listing),
            seller: Self.number(listing.sellers, &sellerNumbers, &sellers, listing),
            facts: facts(listing),
            machine: machine(listing)
        )
    }

    /// The class of its place.
    mutating func site(_ listing: Listing) -> UInt32 {
        let residency = listing.offer.facts.residency
        let site = Site(
            region: listing.region,
            zone: listing.zone,
            residency: residency,
            isFLARE: listing.offer.platform == .flare
        )
        let number = Self.number(site, &siteNumbers, &sites, listing)
        if Int(number) == placeOfSite.count {
            let place = listing.region ?? listing.zone
            placeOfSite.append(Self.number(place, &placeNumbers, &places, listing))
            regionOfSite.append(Self.number(listing.region, &regionNumbers))
            homeOfSite.append(Self.number(listing.homes?.map(\.name), &homeNumbers, &homes, listing))
        }
        return number
    }

    private mutating func gpu(_ listing: Listing) -> UInt32 {
        let offer = listing.offer
        let look = Look(model: listing.model, memory: offer.gpuMemory, gpus: offer.machine?.gpus ?? 0)
        let ware = Ware(
            look: look,
            variant: offer.variant,
            cores: offer.cores,
            clockSpeed: offer.clockSpeed,
            capability: offer.computeCapability,
            architecture: offer.architecture,
            tier: offer.tier,
            interconnect: offer.interconnect,
            fp32Tflops: offer.fp32Tflops,
            multiInstance: offer.multiInstance,
            watts: offer.watts
        )
        let number = Self.number(ware, &gpuNumbers, &gpus, listing)
        if Int(number) == lookOfGPU.count {
            lookOfGPU.append(Self.number(look, &lookNumbers))
        }
        return number
    }

    private mutating func facts(_ listing: Listing) -> UInt32 {
        let offer = listing.offer
        let key = Facts(facts: offer.factsIdentity, latencyMs: offer.latencyMs, startup: offer.startup)
        let number = Self.number(key, &factsNumbers, &facts, listing)
        if Int(number) == hoursOfFacts.count {
            hoursOfFacts.append(Self.number(offer.facts.availability, &hoursNumbers, &hours, listing))
        }
        return number
    }

    private mutating func machine(_ listing: Listing) -> UInt32 {
        let offer = listing.offer
        let equipment = Equipment(
            cpu: offer.machine?.cpu,
            memory: offer.machine?.memory,
            storage: offer.machine?.storage ?? offer.facts.storage,
            spot: offer.spot,
            shared: offer.shared
        )
        return Self.number(equipment, &machineNumbers, &machines, listing)
    }
}

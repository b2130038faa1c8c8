import Intents

/// The offers of a market packed for searching.
///
/// Offers that are alike in a part (seller, site, facts, machine) share a class there, and a rule about that part is asked
/// once for the class. Offers of one kind of GPU that are sold in one way stand in one lane, sorted by what each objective
/// looks at, so that the best one is found by walking from the front until something fits.
struct MarketIndex: Sendable {
    /// What is asked of one offer in a search, in one piece of memory.
    struct Row: Sendable {
        /// What the unit that is sold costs in an hour, in millionths of a euro; `unpriced` where that is not stated.
        var price: Int64
        /// Time to start in milliseconds; `Int64.max` where that is not stated.
        var startupMs: Int64
        /// Network latency in milliseconds; `Int32.max` where that is not stated.
        var latencyMs: Int32
        /// GPUs that are free; `Int32.max` where that is not stated.
        var available: Int32
        /// Classes.
        var seller: UInt32
        var site: UInt32
        var facts: UInt32
        var machine: UInt32
        /// The lane.
        var lane: UInt32
        /// Whether one allocation carries all slots.
        var carriesAll: Bool
    }

    /// A price that is not stated, which is more than any.
    static let unpriced = Int64.max

    /// The offers, by their place in the market.
    private(set) var rows: [Row] = []
    /// The lanes.
    private(set) var lanes: [Lane] = []
    /// For each class its first offer, which speaks for all.
    private(set) var sellers: [Int] = []
    private(set) var sites: [Int] = []
    private(set) var facts: [Int] = []
    private(set) var machines: [Int] = []

    /// An index of listings.
    init(_ listings: [Listing]) {
        var classes = Classes()
        rows.reserveCapacity(listings.count)
        var members: [[UInt32]] = []
        for (index, listing) in listings.enumerated() {
            let row = classes.row(listing, at: index)
            rows.append(row)
            if Int(row.lane) == members.count { members.append([]) }
            members[Int(row.lane)].append(UInt32(index))
        }
        sellers = classes.sellers.first
        sites = classes.sites.first
        facts = classes.facts.first
        machines = classes.machines.first
        lanes = members.indices.map { lane in
            Lane(listings[Int(members[lane][0])], first: Int(members[lane][0]), members: members[lane], rows: rows)
        }
    }

    /// Puts another price and another number of free GPUs to an offer, and the offer to its new places in its lane.
    mutating func reprice(_ index: Int, _ offer: Offer) {
        let lane = Int(rows[index].lane)
        lanes[lane].remove(UInt32(index), rows: rows)
        rows[index].price = offer.unitPrice
        rows[index].available = offer.freeGPUs
        lanes[lane].insert(UInt32(index), rows: rows)
    }
}

extension Offer {
    /// What the unit that is sold costs in an hour, in millionths of a euro.
    fileprivate var unitPrice: Int64 {
        let price = machine.map(\.hourly) ?? hourlyPerGPU
        return price?.micros ?? MarketIndex.unpriced
    }

    /// GPUs that are free, cut to what a row holds.
    fileprivate var freeGPUs: Int32 { available.map { Int32(clamping: min($0, Int(Int32.max) - 1)) } ?? .max }
}

/// Gives numbers to things that are equal.
private struct Numbers<Key: Hashable> {
    private var numbers: [Key: UInt32] = [:]
    /// Where each thing came first.
    private(set) var first: [Int] = []

    /// The number of a thing.
    mutating func number(_ key: Key, at index: Int) -> UInt32 {
        if let known = numbers[key] { return known }
        let number = UInt32(first.count)
        numbers[key] = number
        first.append(index)
        return number
    }
}

/// The classes that offers fall into.
private struct Classes {
    /// What sellers are told apart by.
    struct Seller: Hashable {
        var names: [String]
    }

    /// What sites are told apart by.
    struct Site: Hashable {
        var region: String?
        var zone: String?
        var residency: [String]?
        var isFLARE: Bool
    }

    /// What facts are told apart by.
    struct Facts: Hashable {
        var facts: UInt32
        var latencyMs: Int?
        var startup: Duration?
    }

    /// What machines are told apart by.
    struct Equipment: Hashable {
        var cpu: Quantity?
        var memory: Quantity?
        var storage: Quantity?
        var spot: Bool
        var shared: Bool
    }

    /// What lanes are told apart by.
    struct Ware: Hashable {
        var gpus: Int
        var model: String
        var variant: String?
        var memory: Quantity?
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

    var sellers = Numbers<Seller>()
    var sites = Numbers<Site>()
    var facts = Numbers<Facts>()
    var machines = Numbers<Equipment>()
    private var bodies = Numbers<ObjectIdentifier>()
    private var wares = Numbers<Ware>()

    /// The row of a listing.
    mutating func row(_ listing: Listing, at index: Int) -> MarketIndex.Row {
        let offer = listing.offer
        let seller = sellers.number(Seller(names: listing.sellers), at: index)
        let site = Site(
            region: listing.region,
            zone: listing.zone,
            residency: offer.facts.residency,
            isFLARE: offer.platform == .flare
        )
        let body = bodies.number(offer.factsIdentity, at: index)
        let facts = facts.number(Facts(facts: body, latencyMs: offer.latencyMs, startup: offer.startup), at: index)
        let equipment = Equipment(
            cpu: offer.machine?.cpu,
            memory: offer.machine?.memory,
            storage: offer.machine?.storage ?? offer.facts.storage,
            spot: offer.spot,
            shared: offer.shared
        )
        return MarketIndex.Row(
            price: offer.unitPrice,
            startupMs: offer.startup?.milliseconds ?? .max,
            latencyMs: offer.latencyMs.map { Int32(clamping: $0) } ?? .max,
            available: offer.freeGPUs,
            seller: seller,
            site: sites.number(site, at: index),
            facts: facts,
            machine: machines.number(equipment, at: index),
            lane: wares.number(Ware(listing), at: index),
            carriesAll: offer.platform == .flare
        )
    }
}

extension Classes.Ware {
    /// What a listing is, beside its price and its place.
    fileprivate init(_ listing: Listing) {
        let offer = listing.offer
        self.init(
            gpus: offer.machine?.gpus ?? 0,
            model: listing.model,
            variant: offer.variant,
            memory: offer.gpuMemory,
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
    }
}

import Intents

/// Offers of one kind of GPU that are sold in one way, sorted for each objective.
struct Lane: Sendable {
    /// The first offer of the lane, which speaks for all in what concerns the GPU.
    let first: Int
    /// How many GPUs the machine has that is bought whole; 0 where GPUs are bought one by one.
    let gpus: Int
    /// Throughput of each GPU.
    let fp32Tflops: Quantity?
    /// How its GPUs are linked.
    let interconnect: GPUWish.Interconnect?
    /// The offers, the cheapest first.
    private(set) var byCost: [UInt32]
    /// The offers, the nearest first.
    private(set) var byLatency: [UInt32]
    /// The offers, the cheapest first where latency makes them dearer.
    private(set) var byBalance: [UInt32]

    /// A lane of the offers with these places in the market.
    init(_ listing: Listing, first: Int, members: [UInt32], rows: [MarketIndex.Row]) {
        self.first = first
        gpus = listing.offer.machine?.gpus ?? 0
        fp32Tflops = listing.offer.fp32Tflops
        interconnect = listing.offer.interconnect
        byCost = members.sorted { Self.isCheaper($0, $1, rows) }
        byLatency = members.sorted { Self.isNearer($0, $1, rows) }
        byBalance = members.sorted { Self.isMoreBalanced($0, $1, rows) }
    }

    /// The offers in the order that an objective looks at them.
    func order(_ objective: Objective) -> [UInt32] {
        switch objective {
        case .cost, .performance: byCost
        case .latency: byLatency
        case .balanced: byBalance
        }
    }

    /// Takes an offer out; its row must still be as it was when it was put in.
    mutating func remove(_ index: UInt32, rows: [MarketIndex.Row]) {
        byCost.remove(at: Self.place(of: index, in: byCost) { Self.isCheaper($0, $1, rows) })
        byLatency.remove(at: Self.place(of: index, in: byLatency) { Self.isNearer($0, $1, rows) })
        byBalance.remove(at: Self.place(of: index, in: byBalance) { Self.isMoreBalanced($0, $1, rows) })
    }

    /// Puts an offer in.
    mutating func insert(_ index: UInt32, rows: [MarketIndex.Row]) {
        byCost.insert(index, at: Self.place(of: index, in: byCost) { Self.isCheaper($0, $1, rows) })
        byLatency.insert(index, at: Self.place(of: index, in: byLatency) { Self.isNearer($0, $1, rows) })
        byBalance.insert(index, at: Self.place(of: index, in: byBalance) { Self.isMoreBalanced($0, $1, rows) })
    }

    /// Where an offer stands or would stand.
    private static func place(
        of index: UInt32,
        in order: [UInt32],
        _ isBefore: (UInt32, UInt32) -> Bool
    ) -> Int {
        var (low, high) = (0, order.count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(order[middle], index) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func isCheaper(_ left: UInt32, _ right: UInt32, _ rows: [MarketIndex.Row]) -> Bool {
        let (one, other) = (rows[Int(left)], rows[Int(right)])
        if one.price != other.price { return one.price < other.price }
        if one.latencyMs != other.latencyMs { return one.latencyMs < other.latencyMs }
        if one.startupMs != other.startupMs { return one.startupMs < other.startupMs }
        return left < right
    }

    private static func isNearer(_ left: UInt32, _ right: UInt32, _ rows: [MarketIndex.Row]) -> Bool {
        let (one, other) = (rows[Int(left)], rows[Int(right)])
        let (isUnpriced, isOtherUnpriced) = (one.price == MarketIndex.unpriced, other.price == MarketIndex.unpriced)
        if isUnpriced != isOtherUnpriced { return isOtherUnpriced }
        if one.latencyMs != other.latencyMs { return one.latencyMs < other.latencyMs }
        if one.startupMs != other.startupMs { return one.startupMs < other.startupMs }
        if one.price != other.price { return one.price < other.price }
        return left < right
    }

    private static func isMoreBalanced(_ left: UInt32, _ right: UInt32, _ rows: [MarketIndex.Row]) -> Bool {
        let (one, other) = (rows[Int(left)], rows[Int(right)])
        let (felt, otherFelt) = (one.felt, other.felt)
        return felt != otherFelt ? felt < otherFelt : isCheaper(left, right, rows)
    }
}

extension MarketIndex.Row {
    /// The price made dearer by latency; more than any where there is no price.
    fileprivate var felt: Int64 {
        if price == MarketIndex.unpriced { return .max }
        return Throughput.felt(price, latencyMs: latencyMs == .max ? nil : Int64(latencyMs))
    }
}

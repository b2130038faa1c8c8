import Intents

/// Offers that are alike in everything but place, price and number: one kind of GPU in one kind of machine of one seller.
///
/// They have throughput, latency and start-up in common, so that whatever the objective the cheapest comes first.
struct Lane: Sendable {
    /// Classes.
    let gpu: UInt32
    let seller: UInt32
    let facts: UInt32
    let machine: UInt32
    /// How many GPUs the machine has that is bought whole; 0 where GPUs are bought one by one.
    let gpus: Int
    /// Whether one allocation carries all slots.
    let carriesAll: Bool
    /// Throughput of each GPU.
    let fp32Tflops: Quantity?
    /// How its GPUs are linked.
    let interconnect: GPUWish.Interconnect?
    /// Network latency in milliseconds.
    let latencyMs: Int64?
    /// Time to start in milliseconds.
    let startupMs: Int64?
    /// An offer of the lane, by its place in the market, that speaks for all.
    let first: Int
    /// Where its rows are, the cheapest first, those without a price last.
    var rows: Range<Int>

    /// A lane of these classes, with what they say.
    init(_ key: Key, _ listing: Listing, first: Int, rows: Range<Int>) {
        let offer = listing.offer
        gpu = key.gpu
        seller = key.seller
        facts = key.facts
        machine = key.machine
        gpus = offer.machine?.gpus ?? 0
        carriesAll = offer.platform == .flare
        fp32Tflops = offer.fp32Tflops
        interconnect = offer.interconnect
        latencyMs = offer.latencyMs.map(Int64.init)
        startupMs = offer.startup?.milliseconds
        self.first = first
        self.rows = rows
    }

    /// What lanes are told apart by.
    struct Key: Hashable, Sendable {
        var gpu: UInt32
        var seller: UInt32
        var facts: UInt32
        var machine: UInt32
    }

    /// What one slot computes, in thousandths of TFLOPS.
    func throughput(_ terms: Terms) -> Int64 {
        Throughput.slot(fp32Tflops, over: interconnect, topology: terms.topology, count: terms.count)
    }

    /// Where the offer of a row stands; `throughput` is the lane's for these terms.
    func standing(_ row: MarketIndex.Row, throughput: Int64, _ terms: Terms) -> Standing {
        let measures = Standing.Measures(
            cost: slotPrice(row.price, terms).map { ($0 * terms.slots).micros },
            throughput: throughput,
            latencyMs: latencyMs,
            startupMs: startupMs
        )
        return Standing(measures, objective: terms.objective, at: Int(row.offer))
    }

    /// What GPUs for one slot cost in an hour at a price of a row; nil where that is not stated.
    func slotPrice(_ price: Int64, _ terms: Terms) -> Money? {
        guard price != MarketIndex.unpriced else { return nil }
        return gpus == 0 ? Money(micros: price) * terms.count : Money(micros: price)
    }
}

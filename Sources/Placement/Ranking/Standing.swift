import Intents

/// Where an offer stands among those that fit: the lesser is the better.
///
/// An unknown price comes last whatever the objective. Ties are settled by cost, then by the order of the market.
struct Standing: Comparable, Sendable {
    /// Whether the offer states no price.
    let isUnpriced: Bool
    /// What the objective looks at first, turned so that less is better.
    let first: Double
    /// What it looks at next.
    let second: Double
    /// What the wanted slots cost in an hour.
    let cost: Money
    /// Where the offer stands in the market, which is in the order of names.
    let index: Int

    /// The standing of the offer at an index of the market.
    init(_ offer: borrowing Offer, at index: Int, bill: Bill, terms: Terms) {
        isUnpriced = offer.hourlyPerGPU == nil
        cost = bill.wanted
        self.index = index
        switch terms.objective {
        case .cost:
            first = Double(bill.wanted.micros)
            second = 0
        case .performance:
            first = -Double(Throughput.slot(offer.fp32Tflops, over: offer.interconnect, count: terms.count))
            second = 0
        case .latency:
            first = offer.latencyMs.map(Double.init) ?? .infinity
            second = offer.startup.map { Double($0.milliseconds) } ?? .infinity
        case .balanced:
            first = -Throughput.perEuro(
                Throughput.slot(offer.fp32Tflops, over: offer.interconnect, count: terms.count),
                slots: terms.slots,
                cost: bill.wanted,
                latencyMs: offer.latencyMs
            )
            second = 0
        }
    }

    static func < (left: Self, right: Self) -> Bool {
        if left.isUnpriced != right.isUnpriced { return right.isUnpriced }
        if left.first != right.first { return left.first < right.first }
        if left.second != right.second { return left.second < right.second }
        if left.cost != right.cost { return left.cost < right.cost }
        return left.index < right.index
    }
}

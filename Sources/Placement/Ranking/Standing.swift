import Intents

/// Where an offer stands among those that fit: the lesser is the better.
///
/// An unknown price comes last whatever the objective. Then each objective has its own measure, and ties go on to the
/// next one: cost, throughput, latency, start-up, and last the order of the market.
struct Standing: Comparable, Sendable {
    /// What there is to compare of an offer.
    struct Measures: Hashable, Sendable {
        /// What the wanted slots cost in an hour, in millionths of a euro; nil where the offer states no price.
        var cost: Int64?
        /// What one slot computes, in thousandths of TFLOPS; nothing where that is unknown.
        var throughput: Int64
        /// Network latency in milliseconds.
        var latencyMs: Int64?
        /// Time to start in milliseconds.
        var startupMs: Int64?
    }

    /// Whether the offer states no price.
    let isUnpriced: Bool
    /// What a balanced choice looks at first: what a unit of throughput costs, latency felt.
    let score: Double
    /// What is looked at next.
    let first: Int64
    /// What is looked at after that.
    let second: Int64
    private let third: Int64
    private let fourth: Int64
    /// Where the offer stands in the market, which is in the order of names.
    let index: Int

    /// The standing of the offer at an index of the market.
    init(_ measures: Measures, objective: Objective, at index: Int) {
        isUnpriced = measures.cost == nil
        self.index = index
        let cost = measures.cost ?? 0
        let slowness = -measures.throughput
        let latency = measures.latencyMs ?? .max
        let startup = measures.startupMs ?? .max
        switch objective {
        case .cost, .balanced: (first, second, third, fourth) = (cost, slowness, latency, startup)
        case .performance: (first, second, third, fourth) = (slowness, cost, latency, startup)
        case .latency: (first, second, third, fourth) = (latency, startup, cost, slowness)
        }
        score = objective == .balanced ? Self.score(measures, cost) : 0
    }

    /// What a unit of throughput costs; what computes nothing that is known costs more than anything.
    private static func score(_ measures: Measures, _ cost: Int64) -> Double {
        guard measures.throughput > 0 else { return .infinity }
        return Double(Throughput.felt(cost, latencyMs: measures.latencyMs)) / Double(measures.throughput)
    }

    static func < (left: Self, right: Self) -> Bool {
        if left.isUnpriced != right.isUnpriced { return right.isUnpriced }
        if left.score != right.score { return left.score < right.score }
        if left.first != right.first { return left.first < right.first }
        if left.second != right.second { return left.second < right.second }
        if left.third != right.third { return left.third < right.third }
        if left.fourth != right.fourth { return left.fourth < right.fourth }
        return left.index < right.index
    }
}

extension Standing {
    /// The standing of an offer with its bill.
    init(_ offer: borrowing Offer, at index: Int, bill: Bill, terms: Terms) {
        let measures = Measures(
            cost: offer.isPriced ? bill.wanted.micros : nil,
            throughput: Throughput.slot(
                offer.fp32Tflops,
                over: offer.interconnect,
                topology: terms.topology,
                count: terms.count
            ),
            latencyMs: offer.latencyMs.map(Int64.init),
            startupMs: offer.startup?.milliseconds
        )
        self.init(measures, objective: terms.objective, at: index)
    }
}

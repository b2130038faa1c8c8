package import Intents

extension Market {
    /// How many ways an intent brings into the contest for what is scarce.
    package static let ways = 12
    /// How many offers of its ranking they are made of.
    private static let ranked = 24

    /// What an intent could be given for slots that it still waits for; nil where nothing fits.
    ///
    /// `slots` are the empty ones; `resting` and `platforms` as for `rank`. An offer without a number of free GPUs holds
    /// all of it, and nothing behind such an offer matters.
    package func claim(
        _ spec: IntentSpec,
        named name: String,
        priority: Int,
        slots: Int,
        resting: Set<Offer.ID> = [],
        platforms: Set<PlatformName>? = nil,
        now: Timestamp
    ) -> Claim? {
        let ranking = rank(spec, resting: resting, platforms: platforms, now: now, limit: Self.ranked)
        guard let best = ranking.candidates.first else { return nil }
        let terms = Terms(spec, now: now)
        let yardstick = Yardstick(best, terms)
        var options: [Claim.Option] = []
        var singles: [PlatformName: [Candidate]] = [:]
        for candidate in ranking.candidates {
            let offer = candidate.offer
            let isWhole = offer.platform == .flare
            let all = isWhole ? terms.slots : slots
            let room = isWhole ? nil : offer.available.map { $0 / terms.count }
            if room.map({ $0 >= all }) ?? true {
                let use = Claim.Option.Use(offer.id, slots: all, gpus: terms.count * all)
                options.append(Claim.Option([use], cost: yardstick.cost(candidate, slots: all)))
            }
            if !isWhole { singles[offer.platform, default: []].append(candidate) }
            if offer.available == nil { break }
        }
        if slots > 1 {
            for platform in singles.keys.sorted() {
                options += mixtures(singles[platform] ?? [], slots, spec, terms, yardstick)
            }
        }
        options.sort { $0.cost < $1.cost }
        guard !options.isEmpty else { return nil }
        return Claim(name: name, priority: priority, options: Array(options.prefix(Self.ways)))
    }

    /// Ways that fill some slots from one offer and the rest from the next one that has room.
    private func mixtures(
        _ candidates: [Candidate],
        _ slots: Int,
        _ spec: IntentSpec,
        _ terms: Terms,
        _ yardstick: Yardstick
    ) -> [Claim.Option] {
        var options: [Claim.Option] = []
        for (place, first) in candidates.enumerated() {
            for taken in (1..<slots).reversed() where first.offer.available.map({ $0 / terms.count >= taken }) ?? true {
                let rest = candidates[(place + 1)...].map { Spread.Source($0, room: $0.offer.room(for: terms)) }
                let budget = terms.hourlyCap.map { $0 - first.hourlyPerAllocation * taken }
                let spread = Spread(over: rest, slots: slots - taken, budget: budget)
                guard spread.isComplete else { continue }
                let parts = [Spread.Part(candidate: first, slots: taken)] + spread.parts
                let uses = parts.map {
                    Claim.Option.Use($0.candidate.offer.id, slots: $0.slots, gpus: terms.count * $0.slots)
                }
                let cost = parts.reduce(Int64(0)) { $0 + yardstick.cost($1.candidate, slots: $1.slots) }
                options.append(Claim.Option(uses, cost: cost))
                if options.count >= Self.ways { return options }
            }
        }
        return options
    }
}

/// Measures how much worse offers are than the best one, in its price.
private struct Yardstick {
    private let objective: Objective
    private let terms: Terms
    private let price: Double
    private let measure: Double

    /// Measures by the best offer.
    init(_ best: Candidate, _ terms: Terms) {
        objective = terms.objective
        self.terms = terms
        price = Self.price(best, terms)
        measure = Self.measure(best, terms)
    }

    /// What so many slots on an offer cost in an hour: the price, or what the best one costs and as much more as the
    /// offer is worse by the objective.
    func cost(_ candidate: Candidate, slots: Int) -> Int64 {
        guard objective != .cost, measure > 0, measure.isFinite else {
            return Self.whole(Self.price(candidate, terms) * Double(slots))
        }
        return Self.whole(price * Self.measure(candidate, terms) / measure * Double(slots))
    }

    /// What one slot costs in an hour; a price that nobody states is more than any.
    private static func price(_ candidate: Candidate, _ terms: Terms) -> Double {
        candidate.offer.hourly(slotOf: terms.count).map { Double($0.micros) } ?? 1e15
    }

    /// What the objective looks at, the less the better.
    private static func measure(_ candidate: Candidate, _ terms: Terms) -> Double {
        let offer = candidate.offer
        let throughput = Throughput.slot(
            offer.fp32Tflops,
            over: offer.interconnect,
            topology: terms.topology,
            count: terms.count
        )
        let slowness = throughput > 0 ? 1e9 / Double(throughput) : 1e9
        switch terms.objective {
        case .cost: return price(candidate, terms)
        case .performance: return slowness
        case .latency: return Double(offer.latencyMs.map { max(1, $0) } ?? 1_000_000)
        case .balanced:
            let latency = Double(Throughput.halvingLatencyMs + Int64(offer.latencyMs ?? 100))
            return price(candidate, terms) * latency * slowness
        }
    }

    /// The next whole number, cut to what sums can hold.
    private static func whole(_ amount: Double) -> Int64 { Int64(min(max(0, amount.rounded()), 1e17)) }
}

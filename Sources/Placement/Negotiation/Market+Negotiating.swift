package import Intents

extension Market {
    /// The nearest offers to a wish that none grants, searched for outward round by round; nil where there is none.
    ///
    /// The first round that finds an offer decides, and its best offer by the objective is bid for. Only the wishes that
    /// this offer misses are loosened, and no further than it needs. With `rounds` nil every round is searched, else only
    /// so many after the first.
    package func bid(
        for spec: IntentSpec,
        _ negotiation: Negotiation,
        rounds: Int? = nil,
        resting: Set<Offer.ID> = [],
        platforms: Set<PlatformName>? = nil,
        now: Timestamp
    ) -> Bid? {
        let radii = negotiation.radii.prefix(rounds.map { $0 + 1 } ?? .max)
        var last: Deviation?
        for (round, radius) in radii.enumerated() where radius != last {
            last = radius
            let loosened = spec.loosened(by: radius)
            let found = rank(loosened, resting: resting, platforms: platforms, now: now, limit: 1)
            guard let best = found.candidates.first else { continue }
            var deviation = Deviation(of: best.offer, from: spec, now: now)
            deviation.price = min(deviation.price, radius.price)
            deviation.resources = min(deviation.resources, radius.resources)
            let agreement = Agreement(deviation)
            let ranking = rank(
                spec.settled(by: agreement),
                resting: resting,
                platforms: platforms,
                now: now
            )
            guard !ranking.candidates.isEmpty else { continue }
            return Bid(ranking: ranking, agreement: agreement, round: round)
        }
        return nil
    }

    /// What an intent falls back on when nothing was agreed in time; nil where its strategy finds nothing, or looks for
    /// nothing.
    package func fallback(
        for spec: IntentSpec,
        _ strategy: Negotiation.Fallback,
        resting: Set<Offer.ID> = [],
        platforms: Set<PlatformName>? = nil,
        now: Timestamp
    ) -> Bid? {
        for agreement in fallbacks(for: spec, strategy) {
            let ranking = rank(spec.settled(by: agreement), resting: resting, platforms: platforms, now: now)
            guard !ranking.candidates.isEmpty else { continue }
            return Bid(ranking: ranking, agreement: agreement, round: nil)
        }
        return nil
    }

    /// What a strategy tries, the nearest first.
    private func fallbacks(for spec: IntentSpec, _ strategy: Negotiation.Fallback) -> [Agreement] {
        switch strategy {
        case .queue, .fail: return []
        case .shared, .spot: return [Agreement(fallback: strategy)]
        case .lowerTier:
            let gpu = spec.workload.resources.gpu
            let named = gpu?.model.flatMap { catalog.find($0, memory: gpu?.memory) }
            guard let tier = gpu?.tier ?? named?.gpu.tier, let place = GPUWish.Tier.allCases.firstIndex(of: tier) else {
                return []
            }
            return GPUWish.Tier.allCases[(place + 1)...].map { Agreement(fallback: .lowerTier, tier: $0) }
        }
    }

    /// What negotiating would come to for a wish that no offer grants, step by step, in sentences without a full stop.
    func negotiationSteps(_ spec: IntentSpec, now: Timestamp) -> [String] {
        guard let negotiation = spec.constraints.negotiation else { return [] }
        var steps: [String] = []
        if let bid = bid(for: spec, negotiation, now: now), let best = bid.ranking.candidates.first {
            let price = best.offer.isPriced ? " for \(best.hourly.inWords) an hour" : ""
            let what = "\(best.offer.id.name) of \(best.offer.platform.rawValue)\(price), \(bid.agreement.words)"
            steps.append(
                bid.isTakenUnasked
                    ? "taken unasked: \(what)"
                    : "proposed in round \(bid.round ?? 0), and waits for `intentctl approve`: \(what)"
            )
            if bid.isTakenUnasked { return steps }
        } else {
            let widest =
                negotiation.radii.last.map {
                    "\(Deviation.percent($0.price)) more money and "
                        + "\(Deviation.percent($0.resources)) less hardware"
                } ?? "nothing"
            steps.append("nothing is found within \(widest)")
        }
        let after = "after \(negotiation.timeoutSeconds) s: "
        if let bid = fallback(for: spec, negotiation.fallback, now: now), let best = bid.ranking.candidates.first {
            steps.append("\(after)\(bid.agreement.words), \(best.offer.id.name) of \(best.offer.platform.rawValue)")
        } else {
            steps.append(after + negotiation.fallback.emptyHanded)
        }
        return steps
    }
}

extension Negotiation.Fallback {
    /// What becomes of an intent for which falling back finds nothing.
    fileprivate var emptyHanded: String {
        switch self {
        case .queue: "it waits until the wish can be granted"
        case .fail: "it fails"
        case .lowerTier, .shared, .spot: "\(rawValue) finds nothing now, and it waits"
        }
    }
}

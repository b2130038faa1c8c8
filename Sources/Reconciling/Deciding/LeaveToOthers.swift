import Intents
package import Placement

/// What an intent may take of offers that do not hold what all who are about to buy want of them.
package struct Allotment: Hashable, Sendable {
    /// The offers that are not enough for all.
    package var contested: Set<Offer.ID>
    /// How many slots of the intent each of them may fill; those that are missing are left to others.
    package var granted: [Offer.ID: Int]
    /// Who gets each contested offer, in words.
    package var holders: [Offer.ID: String]

    /// An allotment from its parts.
    package init(contested: Set<Offer.ID>, granted: [Offer.ID: Int], holders: [Offer.ID: String]) {
        self.contested = contested
        self.granted = granted
        self.holders = holders
    }
}

extension Deliberation {
    /// What it may take of what is contested, while it still has patience with others.
    private var allotment: Allotment? {
        if let since = situation.yieldingSince, now - since >= policy.longestYield { return nil }
        return situation.allotment
    }

    /// The candidates without those that are left to others.
    func leavingToOthers(_ candidates: [Candidate]) -> [Candidate] {
        guard let allotment else { return candidates }
        return candidates.filter { candidate in
            let id = candidate.offer.id
            return !allotment.contested.contains(id) || (allotment.granted[id] ?? 0) > 0
        }
    }

    /// How many slots of this intent an offer may fill now; nil for as many as are wanted.
    func room(of candidate: Candidate) -> Int? {
        guard traits(of: candidate.offer.platform)?.carries != .intent else { return 1 }
        let count = max(1, spec?.workload.resources.gpu?.count ?? 1)
        let free = candidate.offer.available.map { $0 / count }
        guard let allotment, allotment.contested.contains(candidate.offer.id) else { return free }
        return min(free ?? .max, allotment.granted[candidate.offer.id] ?? 0)
    }

    /// Waits a moment because all that would do is left to others, who buy it or give it up.
    mutating func waitForOthers(_ candidates: [Candidate]) {
        let offers = candidates.prefix(3).map { candidate in
            let holder = situation.allotment?.holders[candidate.offer.id].map { " goes to \($0)" } ?? " goes to others"
            return candidate.offer.id.name + holder
        }
        yields = ErrorStatus(code: "Yielding", message: offers.joined(separator: ", "), at: now)
        let patience = (situation.yieldingSince ?? now) + policy.longestYield
        wake(at: min(now + policy.pollChanging, patience), "what is left to others")
    }

    /// Why a candidate is taken though a better one is on sale: that one goes to somebody else; nil where none does.
    func whyNotBetter(than candidate: Candidate, _ candidates: [Candidate]) -> String? {
        guard let allotment else { return nil }
        let better = candidates.prefix { $0.offer.id != candidate.offer.id }.first {
            allotment.contested.contains($0.offer.id) && allotment.granted[$0.offer.id] == nil
        }
        return better.map { better in
            "\(better.offer.id.name) goes to \(allotment.holders[better.offer.id] ?? "others")"
        }
    }

    /// How a platform behaves; nil for one that is not configured.
    private func traits(of platform: PlatformName) -> PlatformTraits? { situation.platforms[platform]?.traits }
}

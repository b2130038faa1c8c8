/// Who gets what of the offers that are not enough for everybody.
///
/// The highest priority chooses first, and within it whoever would lose most by its second choice; then claims move and
/// trade until nobody goes away empty who need not, and nobody of one priority can be better off together. Up to eight
/// claims that compete with one another get the best table of all. The same claims give the same answer, in whatever
/// order they come.
package struct Assignment: Sendable {
    /// What each claim gets, by name; those that get nothing are missing.
    package private(set) var granted: [String: Claim.Option] = [:]
    /// The offers that do not hold what all claims together might take.
    package private(set) var contested: Set<Offer.ID> = []
    /// The claims that hold something of each offer, the most important first.
    package private(set) var holders: [Offer.ID: [String]] = [:]

    /// Assigns offers with so many free GPUs; an offer without a number holds whatever is asked.
    package init(_ claims: [Claim], capacities: [Offer.ID: Int]) {
        let claims = claims.sorted { ($1.priority, $0.name) < ($0.priority, $1.name) }
        contested = Self.contested(claims, capacities)
        let offers = contested.sorted()
        let numbers = Dictionary(uniqueKeysWithValues: offers.enumerated().map { ($1, $0) })
        for group in Self.groups(claims, contested) {
            assign(group.map { claims[$0] }, numbers, offers.map { capacities[$0] ?? .max })
        }
        for claim in claims {
            for use in granted[claim.name]?.uses ?? [] {
                holders[use.offer, default: []].append(claim.name)
            }
        }
    }

    /// Offers of which more might be taken than there is.
    private static func contested(_ claims: [Claim], _ capacities: [Offer.ID: Int]) -> Set<Offer.ID> {
        var demand: [Offer.ID: Int] = [:]
        for claim in claims {
            var most: [Offer.ID: Int] = [:]
            for use in claim.options.lazy.flatMap(\.uses) { most[use.offer] = max(most[use.offer] ?? 0, use.gpus) }
            for (offer, gpus) in most { demand[offer] = (demand[offer] ?? 0).saturated(adding: gpus) }
        }
        return Set(demand.filter { offer, gpus in capacities[offer].map { gpus > $0 } ?? false }.keys)
    }

    /// The claims that compete with one another, directly or through others, as places in the list.
    private static func groups(_ claims: [Claim], _ contested: Set<Offer.ID>) -> [[Int]] {
        var leaders = Array(claims.indices)
        func leader(_ claim: Int) -> Int {
            var claim = claim
            while leaders[claim] != claim {
                leaders[claim] = leaders[leaders[claim]]
                claim = leaders[claim]
            }
            return claim
        }
        var first: [Offer.ID: Int] = [:]
        for (place, claim) in claims.enumerated() {
            for use in claim.options.lazy.flatMap(\.uses) where contested.contains(use.offer) {
                let other = leader(first[use.offer] ?? place)
                let own = leader(place)
                leaders[max(other, own)] = min(other, own)
                first[use.offer] = min(other, own)
            }
        }
        var groups: [Int: [Int]] = [:]
        for place in claims.indices { groups[leader(place), default: []].append(place) }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Assigns claims that compete with one another, sorted by importance.
    private mutating func assign(_ claims: [Claim], _ numbers: [Offer.ID: Int], _ capacities: [Int]) {
        var levels: [Int] = []
        for (place, claim) in claims.enumerated() {
            let isLower = place > 0 && claim.priority < claims[place - 1].priority
            levels.append((levels.last ?? 0) + (isLower ? 1 : 0))
        }
        let choices = claims.map { claim in
            claim.options.map { option in
                Board.Choice(
                    uses: option.uses.compactMap { use in numbers[use.offer].map { ($0, use.gpus) } },
                    cost: option.cost
                )
            }
        }
        var board = Board(choices: choices, levels: levels, capacities: capacities)
        board.fill()
        board.improve()
        if claims.count > Board.exhaustible {
            board.refine()
            board.improve()
        } else if claims.count > 1 {
            board = board.exhausted()
        }
        for (claim, option) in zip(claims, board.chosen) {
            if let option { granted[claim.name] = claim.options[option] }
        }
    }
}

extension Int {
    /// The sum, which stops at the largest number.
    fileprivate func saturated(adding other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}

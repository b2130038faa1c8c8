import Intents

@testable import Placement

/// The market's answers worked out without index, class or mask: every offer against every rule, then a plain sort.
struct PlainMarket {
    /// The offers, each completed by itself.
    let listings: [Listing]
    /// What the configuration says.
    let policy: PlacementPolicy

    /// A market of offers with different names.
    init(_ offers: [Offer], _ policy: PlacementPolicy) {
        self.policy = policy
        listings = offers.compactMap { $0.inEuros(policy.exchangeRates) }
            .map { offer in
                var completion = Completion(catalog: .standard, policy: policy)
                return completion.listing(offer, from: offer)
            }
            .sorted { $0.offer.id < $1.offer.id }
    }

    /// The offers that fit, best first, and how the fewest wishes are called that stand in the way where none does.
    func rank(_ spec: IntentSpec) -> (order: [Offer.ID], fewest: Set<Set<String>>) {
        var question = Question(spec, policy: policy, catalog: .standard, now: Stall.now)
        var found = fitting(question)
        while found.isEmpty, spec.objective == .balanced, question.terms.count > 1, let topology = question.topology,
            let next = Efficiency.fallback(from: topology)
        {
            question = Question(spec, policy: policy, catalog: .standard, now: Stall.now, topology: next)
            found = fitting(question)
        }
        guard found.isEmpty else { return (sorted(found, question), []) }
        return ([], fewest(Question(spec, policy: policy, catalog: .standard, now: Stall.now)))
    }

    private func fitting(_ question: Question) -> [Int] {
        let rules = RuleBook.rules(for: question)
        return listings.indices.filter { index in rules.allSatisfy { $0.fits(listings[index]) } }
    }

    private func sorted(_ found: [Int], _ question: Question) -> [Offer.ID] {
        found.map { index in
            let offer = listings[index].offer
            return Standing(offer, at: index, bill: Bill(question.terms, on: offer), terms: question.terms)
        }
        .sorted().map { listings[$0.index].offer.id }
    }

    private func fewest(_ question: Question) -> Set<Set<String>> {
        let rules = RuleBook.rules(for: question)
        let missed = listings.map { listing in Set(rules.filter { !$0.fits(listing) }.map(\.name)) }
        let eligible = missed.filter { !$0.contains("workload.image") }
        let sets = eligible.isEmpty ? missed : eligible
        let least = sets.map(\.count).min() ?? 0
        return Set(sets.filter { $0.count == least })
    }
}

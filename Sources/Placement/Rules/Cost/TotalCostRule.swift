import Intents

/// `constraints.max_total_cost`: what all wanted slots cost from now to their end, at most.
///
/// An unknown price fails any cap.
struct TotalCostRule: Rule {
    /// The cap.
    let cap: Money
    /// What is wanted.
    let terms: Terms

    static func asked(by question: Question) -> Self? {
        question.terms.totalCap.map { Self(cap: $0, terms: question.terms) }
    }

    var name: String { "constraints.max_total_cost" }
    var wish: String { cap.inWords }
    var code: RefusalCode { .costLimitExceeded }
    var scope: RuleScope { .totalCost }

    func fits(_ listing: Listing) -> Bool {
        listing.offer.hourly(slotOf: terms.count).map(terms.keepsTotalCap) ?? false
    }

    func reason(_ listing: Listing) -> String {
        listing.offer.hourly(slotOf: terms.count).map { "it costs \(terms.total($0).inWords) in all" }
            ?? "it states no price"
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        enforced("nothing is bought that could cost more before it ends, and all is released before it does")
    }
}

import Intents

/// `constraints.max_hourly_cost`: what all wanted slots cost in an hour, at most.
///
/// What FLARE may scale up to beyond them is cut to the cap when the bill is made. An unknown price fails any cap.
struct HourlyCostRule: Rule {
    /// The cap.
    let cap: Money
    /// What is wanted.
    let terms: Terms

    static func asked(by question: Question) -> Self? {
        question.terms.hourlyCap.map { Self(cap: $0, terms: question.terms) }
    }

    var name: String { "constraints.max_hourly_cost" }
    var wish: String { cap.inWords }
    var code: RefusalCode { .costLimitExceeded }
    var scope: RuleScope { .hourlyCost }

    func fits(_ listing: Listing) -> Bool {
        listing.offer.hourly(slotOf: terms.count).map(terms.keepsHourlyCap) ?? false
    }

    func reason(_ listing: Listing) -> String {
        listing.offer.hourly(slotOf: terms.count).map { "it costs \(($0 * terms.slots).inWords) an hour" }
            ?? "it states no price"
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        enforced("nothing is bought that could cost more in an hour")
    }
}

import Intents

/// `constraints.max_hourly_cost`: what all wanted slots cost in an hour, at most.
///
/// What FLARE may scale up to beyond them is cut to the cap when the bill is made. An unknown price fails any cap.
struct HourlyCostRule: Rule {
    /// The cap.
    let cap: Money
    /// GPUs of each slot.
    let count: Int
    /// Slots that must be paid for.
    let slots: Int

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.maxHourlyCost.map {
            Self(cap: $0, count: question.terms.count, slots: question.terms.slots)
        }
    }

    var name: String { "constraints.max_hourly_cost" }
    var wish: String { cap.inWords }
    var code: RefusalCode { .costLimitExceeded }

    func fits(_ listing: Listing) -> Bool {
        listing.offer.hourlyPerGPU.map { $0 * count * slots <= cap } ?? false
    }

    func reason(_ listing: Listing) -> String {
        listing.offer.hourlyPerGPU.map { "it costs \(($0 * count * slots).inWords) an hour" } ?? "it states no price"
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        enforced("nothing is bought that could cost more in an hour")
    }
}

import Intents

/// `constraints.max_total_cost`: what all wanted slots cost from now to their end, at most.
///
/// An unknown price fails any cap.
struct TotalCostRule: Rule {
    /// The cap.
    let cap: Money
    /// GPUs of each slot.
    let count: Int
    /// Slots that must be paid for.
    let slots: Int
    /// How long they must be paid for.
    let span: Duration

    static func asked(by question: Question) -> Self? {
        question.spec.constraints.maxTotalCost.map {
            Self(cap: $0, count: question.terms.count, slots: question.terms.slots, span: question.terms.chargedSpan)
        }
    }

    var name: String { "constraints.max_total_cost" }
    var wish: String { cap.inWords }
    var code: RefusalCode { .costLimitExceeded }

    func fits(_ listing: Listing) -> Bool { total(listing).map { $0 <= cap } ?? false }

    func reason(_ listing: Listing) -> String {
        total(listing).map { "it costs \($0.inWords) in all" } ?? "it states no price"
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        enforced("nothing is bought that could cost more before it ends, and all is released before it does")
    }

    /// What the wanted slots cost over the span; nil where the offer states no price.
    private func total(_ listing: Listing) -> Money? {
        listing.offer.hourlyPerGPU.map { ($0 * count * slots).over(span) }
    }
}

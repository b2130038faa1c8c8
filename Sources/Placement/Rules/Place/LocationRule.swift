import Intents

/// `constraints.location`: a part of the world, a country, or a cloud's region.
struct LocationRule: Rule {
    /// What is wished for, as the file writes it.
    let wish: String
    /// What it means.
    let meaning: PlaceWish
    /// What is said of offers that are nowhere in particular.
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        guard let wish = question.spec.constraints.location, !wish.isEmpty, wish.lowercased() != "any" else {
            return nil
        }
        return Self(wish: wish, meaning: PlaceWish(wish), unstated: question.policy.unstated(.place))
    }

    var name: String { "constraints.location" }
    var code: RefusalCode { .regionUnavailable }
    var scope: RuleScope { .place }

    func fits(_ listing: Listing) -> Bool {
        guard let region = listing.region ?? listing.zone else { return unstated == .passes }
        return meaning.matches(listing.place, region: region)
    }

    func reason(_ listing: Listing) -> String {
        guard let place = listing.region ?? listing.zone else { return "it does not say where it is" }
        return "it is in \(place)"
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        let isStated = offer.map { $0.location != nil || $0.zone != nil } ?? true
        return unstated == .fails || isStated
            ? enforced("only offers that grant it are chosen") : unstated(on: platform)
    }
}

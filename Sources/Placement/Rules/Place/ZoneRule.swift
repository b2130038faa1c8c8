import Intents

/// `constraints.availability_zone`: a zone of a cloud.
struct ZoneRule: Rule {
    /// What is wished for, as the file writes it.
    let wish: String
    /// The same for comparing.
    let zone: String
    /// What is said of offers that are nowhere in particular.
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        guard let wish = question.spec.constraints.availabilityZone, !wish.isEmpty, wish.lowercased() != "any" else {
            return nil
        }
        return Self(
            wish: wish,
            zone: PlaceWish.dashed(wish.lowercased()),
            unstated: question.policy.unstated(.place)
        )
    }

    var name: String { "constraints.availability_zone" }
    var code: RefusalCode { .regionUnavailable }
    var scope: RuleScope { .site }

    /// FLARE's offers state a region and no zone, and FLARE is told the zone: there its region is enough.
    func fits(_ listing: Listing) -> Bool {
        if let stated = listing.zone { return stated == zone }
        guard let region = listing.region else { return unstated == .passes }
        return region == zone || (listing.offer.platform == .flare && PlaceWish.begins(zone, with: region))
    }

    func reason(_ listing: Listing) -> String {
        guard let place = listing.zone ?? listing.region else { return "it does not say where it is" }
        return "it is in \(place)"
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        let statesZone = offer.map { $0.zone != nil || $0.location?.lowercased() == zone } ?? (platform != .flare)
        return statesZone ? enforced("only offers in this zone are chosen") : unstated(on: platform)
    }
}

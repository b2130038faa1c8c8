import Intents

/// `constraints.compliance.data_residency`: data may be in these places and in no other.
///
/// Data is where the configuration says that it stays, else where the offer is.
struct ResidencyRule: Rule {
    /// The places, as the file writes them.
    let places: [String]
    /// What they mean.
    let meanings: [PlaceWish]
    /// What is said of offers that are nowhere in particular.
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        let places = question.spec.constraints.compliance.dataResidency
        guard !places.isEmpty else { return nil }
        return Self(
            places: places,
            meanings: places.map(PlaceWish.init),
            unstated: question.policy.unstated(.residency)
        )
    }

    var name: String { "constraints.compliance.data_residency" }
    var wish: String { places.joined(separator: ", ") }
    var code: RefusalCode { .regionUnavailable }
    var scope: RuleScope { .home }

    func fits(_ listing: Listing) -> Bool {
        guard let homes = listing.homes else { return unstated == .passes }
        return homes.allSatisfy(isAllowed)
    }

    func reason(_ listing: Listing) -> String {
        guard let homes = listing.homes else { return "it does not say where data is" }
        return "data is in \(homes.filter { !isAllowed($0) }.map(\.name).joined(separator: ", "))"
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        let isStated = offer.map { $0.facts.residency != nil || $0.location != nil || $0.zone != nil } ?? true
        return unstated == .fails || isStated
            ? enforced("only offers that keep data there are chosen") : unstated(on: platform)
    }

    private func isAllowed(_ home: Home) -> Bool {
        meanings.contains { $0.matches(home.place, region: home.name) }
    }
}

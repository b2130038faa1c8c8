import Intents

/// A rule about one attribute, which an offer states or does not.
///
/// What an offer does not state passes or fails as the operator has configured for the rule's group.
protocol StatedRule: Rule {
    /// What the attribute is.
    associatedtype Stated

    /// What the rule says of offers that do not state the attribute.
    var unstated: Unstated { get }
    /// What an offer that does not state the attribute does not do: "state its memory".
    var silence: String { get }

    /// The attribute, as far as the offer or the configuration states it.
    func stated(by offer: Offer) -> Stated?
    /// Whether the attribute is as wished.
    func grants(_ stated: Stated) -> Bool
    /// What is wrong with it: a clause without a full stop.
    func objection(_ stated: Stated) -> String
}

extension StatedRule {
    func fits(_ listing: Listing) -> Bool {
        guard let stated = stated(by: listing.offer) else { return unstated == .passes }
        return grants(stated)
    }

    func reason(_ listing: Listing) -> String {
        stated(by: listing.offer).map(objection) ?? "it does not \(silence)"
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        guard let offer else {
            return unstated == .fails || scope == .gpu ? onlyThoseThatGrantIt : unstated(on: platform)
        }
        return unstated == .fails || stated(by: offer) != nil ? onlyThoseThatGrantIt : unstated(on: platform)
    }

    /// The verdict on a wish that every chosen offer grants.
    var onlyThoseThatGrantIt: ConstraintVerdict { enforced("only offers that grant it are chosen") }
}

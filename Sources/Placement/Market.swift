package import Intents

/// Everything that is on sale at one moment, ready to be searched.
///
/// A value: a refreshed price makes another one.
package struct Market: Sendable {
    /// Every offer, in a stable order.
    package private(set) var offers: [Offer]
    /// What the operator's configuration says about choosing.
    package var policy: PlacementPolicy

    /// A market of these offers.
    package init(offers: [Offer] = [], policy: PlacementPolicy = PlacementPolicy()) {
        self.offers = offers.sorted { $0.id < $1.id }
        self.policy = policy
    }

    /// The offers that fit, best first.
    ///
    /// `resting` names offers to leave alone for a while; `platforms`, where given, is where the intent may live (an
    /// intent that holds allocations stays on their platform); `now` is for deadlines.
    package func rank(
        _ spec: IntentSpec,
        resting: Set<Offer.ID> = [],
        platforms: Set<PlatformName>? = nil,
        now: Timestamp
    ) -> Ranking {
        Ranking(candidates: [], refusal: NoOffer(code: "INSUFFICIENT_RESOURCES", message: ""), constraints: [])
    }
}

/// What the operator's configuration says about choosing.
package struct PlacementPolicy: Hashable, Sendable {
    /// Whether workloads that FlexAI cannot start by itself may be put on its bare instances.
    package var bareInstancesAllowed = false

    /// The defaults.
    package init() {}
}

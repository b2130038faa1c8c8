package import Intents
package import Placement

/// What was ordered, as it was when it was ordered.
package struct Purchase: Hashable, Sendable {
    /// The offer.
    package var offer: Offer.ID
    /// The federation's member that was pinned.
    package var provider: String?
    /// The region.
    package var location: String?
    /// The zone.
    package var zone: String?
    /// The GPU's model in the catalogue's words.
    package var model: String
    /// How many GPUs it holds.
    package var gpuCount: Int
    /// What it costs in an hour, at its largest.
    package var hourly: Money
    /// Whether the platform may take it back.
    package var spot: Bool
    /// The most replicas, or the tasks, that the platform was told of, where one allocation carries them all.
    package var maxReplicas: Int?
    /// The generation of the spec that it was bought for; 0 where nobody wrote it down.
    package var generation: Int
    /// Whether it holds a persistent volume, so that a person is asked before it is replaced.
    package var holdsVolume: Bool

    /// A purchase from its parts.
    package init(
        offer: Offer.ID,
        provider: String? = nil,
        location: String? = nil,
        zone: String? = nil,
        model: String,
        gpuCount: Int,
        hourly: Money,
        spot: Bool = false,
        maxReplicas: Int? = nil,
        generation: Int = 0,
        holdsVolume: Bool = false
    ) {
        self.offer = offer
        self.provider = provider
        self.location = location
        self.zone = zone
        self.model = model
        self.gpuCount = gpuCount
        self.hourly = hourly
        self.spot = spot
        self.maxReplicas = maxReplicas
        self.generation = generation
        self.holdsVolume = holdsVolume
    }

    /// Who sold it.
    package var platform: PlatformName { offer.platform }
}

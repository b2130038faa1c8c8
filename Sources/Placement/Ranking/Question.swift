import Intents

/// What an intent asks of the market, with what several rules need.
struct Question: Sendable {
    /// The intent.
    let spec: IntentSpec
    /// Its wish for GPUs; one of any kind where it says nothing.
    let gpu: GPUWish
    /// Its numbers.
    let terms: Terms
    /// Configuration.
    let policy: PlacementPolicy
    /// Which names mean which GPUs.
    let catalog: GPUCatalog

    /// What `spec` asks at a moment.
    init(_ spec: IntentSpec, policy: PlacementPolicy, catalog: GPUCatalog, now: Timestamp) {
        self.spec = spec
        gpu = spec.workload.resources.gpu ?? GPUWish()
        terms = Terms(spec, now: now)
        self.policy = policy
        self.catalog = catalog
    }
}

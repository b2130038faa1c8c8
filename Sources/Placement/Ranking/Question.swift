import Intents

/// What an intent asks of the market, with what several rules need.
struct Question: Sendable {
    /// The intent.
    let spec: IntentSpec
    /// Its wish for GPUs; one of any kind where it says nothing.
    let gpu: GPUWish
    /// Its numbers.
    let terms: Terms
    /// How the GPUs of a slot are to be wired up.
    let topology: GPUWish.Topology?
    /// Now.
    let now: Timestamp
    /// Configuration.
    let policy: PlacementPolicy
    /// Which names mean which GPUs.
    let catalog: GPUCatalog

    /// What `spec` asks at a moment; a topology that is given takes the place of the one wished for.
    init(
        _ spec: IntentSpec,
        policy: PlacementPolicy,
        catalog: GPUCatalog,
        now: Timestamp,
        topology: GPUWish.Topology? = nil
    ) {
        self.spec = spec
        gpu = spec.workload.resources.gpu ?? GPUWish()
        self.topology = topology ?? gpu.topology
        self.now = now
        var terms = Terms(spec, now: now)
        terms.topology = self.topology
        self.terms = terms
        self.policy = policy
        self.catalog = catalog
    }
}

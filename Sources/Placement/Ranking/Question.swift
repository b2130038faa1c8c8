import Intents

/// What an intent asks of the market, with the numbers that several rules need.
struct Question: Sendable {
    /// The intent.
    let spec: IntentSpec
    /// Its wish for GPUs; one of any kind where it says nothing.
    let gpu: GPUWish
    /// GPUs of each slot.
    let count: Int
    /// Slots that must be had at once: a service's least replicas, a job's parallel tasks; at least one.
    let slots: Int
    /// How long the work can take at most; nil where nothing bounds it.
    let horizon: Duration?
    /// Configuration.
    let policy: PlacementPolicy
    /// Which names mean which GPUs.
    let catalog: GPUCatalog

    /// What `spec` asks at a moment.
    init(_ spec: IntentSpec, policy: PlacementPolicy, catalog: GPUCatalog, now: Timestamp) {
        let gpu = spec.workload.resources.gpu ?? GPUWish()
        self.spec = spec
        self.gpu = gpu
        count = max(1, gpu.count)
        slots = max(1, spec.workload.wantedSlots)
        let timeout = spec.workload.kind == .service ? nil : spec.workload.job?.timeout
        let left = spec.constraints.deadline.map { max(.zero, $0 - now) }
        horizon = [timeout, left].compactMap(\.self).min()
        self.policy = policy
        self.catalog = catalog
    }
}

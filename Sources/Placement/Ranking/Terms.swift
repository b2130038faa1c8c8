import Intents

/// The numbers of a question: how much is wanted, and what it may cost.
struct Terms: Hashable, Sendable {
    /// What is optimised.
    let objective: Objective
    /// GPUs of each slot.
    let count: Int
    /// Slots that must be had at once: a service's least replicas, a job's parallel tasks; at least one.
    let slots: Int
    /// Slots as the intent states them, which may be none.
    let statedSlots: Int
    /// A service's most replicas; nil for jobs.
    let mostReplicas: Int?
    /// The cap on an hour.
    let hourlyCap: Money?
    /// The cap on it all.
    let totalCap: Money?
    /// The span that `totalCap` must pay for at the start.
    ///
    /// It ends with the job's timeout or the deadline. A service without an end must at least last an hour; a job
    /// without one may take no time at all, and is released when its money is spent.
    let chargedSpan: Duration

    /// The numbers of an intent at a moment.
    init(_ spec: borrowing IntentSpec, now: Timestamp) {
        let isService = spec.workload.kind == .service
        objective = spec.objective
        count = max(1, spec.workload.resources.gpu?.count ?? 1)
        statedSlots = spec.workload.wantedSlots
        slots = max(1, statedSlots)
        mostReplicas = isService ? max(slots, spec.workload.scaling?.maxReplicas ?? 1) : nil
        hourlyCap = spec.constraints.maxHourlyCost
        totalCap = spec.constraints.maxTotalCost
        let timeout = isService ? nil : spec.workload.job?.timeout
        let left = spec.constraints.deadline.map { max(.zero, $0 - now) }
        chargedSpan =
            switch (timeout, left) {
            case (let timeout?, let left?): min(timeout, left)
            case (let span?, nil), (nil, let span?): span
            case (nil, nil): isService ? .seconds(3600) : .zero
            }
    }
}

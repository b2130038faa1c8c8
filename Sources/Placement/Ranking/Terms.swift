import Intents

/// The numbers of a question: how much is wanted, and what it may cost.
struct Terms: Hashable, Sendable {
    /// What is optimised.
    let objective: Objective
    /// GPUs of each slot.
    let count: Int
    /// How the GPUs of each slot are to be wired up.
    var topology: GPUWish.Topology?
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

    /// Whether slots that cost this much in an hour each keep the cap on an hour.
    func keepsHourlyCap(_ slot: Money) -> Bool { hourlyCap.map { slot * slots <= $0 } ?? true }

    /// Whether slots that cost this much in an hour each keep the cap on it all.
    func keepsTotalCap(_ slot: Money) -> Bool { totalCap.map { total(slot) <= $0 } ?? true }

    /// What slots that cost this much in an hour each cost over the charged span.
    func total(_ slot: Money) -> Money { (slot * slots).over(chargedSpan) }

    /// The GPUs that must be free: those of one slot, or where one allocation carries them all, of every slot.
    func gpusNeeded(carryingAll: Bool) -> Int {
        guard carryingAll else { return count }
        let (needed, overflow) = count.multipliedReportingOverflow(by: slots)
        return overflow ? .max : needed
    }

    /// The numbers of an intent at a moment.
    init(_ spec: borrowing IntentSpec, now: Timestamp) {
        let isService = spec.workload.kind == .service
        objective = spec.objective
        count = max(1, spec.workload.resources.gpu?.count ?? 1)
        topology = spec.workload.resources.gpu?.topology
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

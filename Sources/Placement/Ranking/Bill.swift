import Intents

/// What an intent costs on an offer.
struct Bill: Hashable, Sendable {
    /// What the wanted slots cost in an hour: equal work, by which offers are compared.
    var wanted: Money
    /// What one allocation costs in an hour.
    var hourlyPerAllocation: Money
    /// What the whole intent costs in an hour, at its largest.
    var hourly: Money
    /// How many allocations it needs.
    var allocations: Int
    /// The most replicas that FLARE is told; nil on FlexAI and for jobs.
    var maxReplicas: Int?

    /// The bill for a question; on an offer without a price every amount is zero.
    ///
    /// FLARE scales a service by itself, so it is counted at the most replicas that the caps pay, and told no more.
    init(_ question: Question, on offer: Offer) {
        let workload = question.spec.workload
        let slot = (offer.hourlyPerGPU ?? .zero) * question.count
        wanted = slot * question.slots
        guard offer.platform == .flare else {
            hourlyPerAllocation = slot
            allocations = max(0, workload.wantedSlots)
            hourly = slot * allocations
            return
        }
        allocations = 1
        guard workload.kind == .service else {
            hourlyPerAllocation = wanted
            hourly = wanted
            return
        }
        let most = max(question.slots, workload.scaling?.maxReplicas ?? 1)
        let paid = min(most, Self.payable(slot, question))
        maxReplicas = max(question.slots, paid)
        hourlyPerAllocation = slot * max(question.slots, paid)
        hourly = hourlyPerAllocation
    }

    /// How many replicas at `slot` an hour the caps pay for.
    private static func payable(_ slot: Money, _ question: Question) -> Int {
        let constraints = question.spec.constraints
        var payable = Int.max
        if let cap = constraints.maxHourlyCost, slot > .zero {
            payable = min(payable, Int(max(0, cap.micros) / slot.micros))
        }
        let total = slot.over(question.chargedSpan)
        if let cap = constraints.maxTotalCost, total > .zero {
            payable = min(payable, Int(max(0, cap.micros) / total.micros))
        }
        return payable
    }
}

extension Question {
    /// The span that `max_total_cost` must pay for at the start.
    ///
    /// A service without an end must at least last an hour; a job without one may take no time at all, and is released
    /// by the caller when its money is spent.
    var chargedSpan: Duration {
        horizon ?? (spec.workload.kind == .service ? .seconds(3600) : .zero)
    }
}

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

    /// The bill for these terms on an offer; where it states no price every amount is zero.
    ///
    /// FLARE scales a service by itself, so it is counted at the most replicas that the caps pay, and told no more.
    init(_ terms: Terms, on offer: borrowing Offer) {
        let slot = offer.hourly(slotOf: terms.count) ?? .zero
        wanted = slot * terms.slots
        guard offer.id.platform == .flare else {
            hourlyPerAllocation = slot
            allocations = max(0, terms.statedSlots)
            hourly = slot * allocations
            return
        }
        allocations = 1
        maxReplicas = terms.mostReplicas.map { max(terms.slots, min($0, Self.payable(slot, terms))) }
        hourly = slot * (maxReplicas ?? terms.slots)
        hourlyPerAllocation = hourly
    }

    /// How many replicas at `slot` an hour the caps pay for.
    private static func payable(_ slot: Money, _ terms: Terms) -> Int {
        var payable = Int.max
        if let cap = terms.hourlyCap, slot > .zero {
            payable = Int(max(0, cap.micros) / slot.micros)
        }
        guard let cap = terms.totalCap else { return payable }
        let total = slot.over(terms.chargedSpan)
        return total > .zero ? min(payable, Int(max(0, cap.micros) / total.micros)) : payable
    }
}

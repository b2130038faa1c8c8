import Intents

extension Verdicts {
    /// Limits that choose no offer.
    mutating func add(_ constraints: Constraints) {
        enforced("constraints.preemptible", constraints.preemptible, "spot offers may be taken")
        flareOnly("constraints.negotiation", constraints.negotiation != nil)
    }
}

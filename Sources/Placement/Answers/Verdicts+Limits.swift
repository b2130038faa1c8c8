import Intents

extension Verdicts {
    /// Limits that choose no offer.
    mutating func add(_ constraints: Constraints) {
        enforced("constraints.preemptible", constraints.preemptible, "spot offers may be taken")
        enforced(
            "constraints.negotiation",
            constraints.negotiation != nil,
            "where nothing fits, offers are looked for outward from the wish, as far as it allows"
        )
    }
}

import Intents

/// An allocation of ours in the platform's books.
struct WorldHolding: Sendable {
    /// The platform's id.
    let id: String
    /// For which intent it was bought.
    let intent: String
    /// For which slot.
    let slot: Int
    /// The first digits of its attempt.
    let attempt: String
    /// What it costs in an hour.
    let hourly: Money
    /// How far it has come.
    let phase: SimulatedPhase

    /// Reads a line of the books; nil where it is a stranger's.
    init?(_ purchase: SimulatedPurchase, operatorID: String) {
        let parts = purchase.reference.split(separator: "/")
        guard parts.count == 4, parts[0] == operatorID, let slot = Int(parts[2]) else { return nil }
        id = purchase.id
        intent = String(parts[1])
        self.slot = slot
        attempt = String(parts[3])
        hourly = purchase.hourly
        phase = purchase.phase
    }
}

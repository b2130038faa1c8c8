import Intents
import Reconciling

/// An allocation of ours in the platform's books.
struct WorldHolding: Sendable {
    /// The platform's id.
    let id: String
    /// For which intent it was bought.
    private(set) var intent: String
    /// For which slot.
    private(set) var slot: Int
    /// The first digits of its attempt.
    private(set) var attempt: String
    /// Whether the ledger knows it by its id.
    private(set) var isKnown = false
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

    /// Goes by the ledger's row: where nothing is echoed, equal purchases are interchangeable, and one may have been taken
    /// for another.
    mutating func belong(to row: AllocationRecord) {
        intent = row.key.rawValue
        slot = row.slot
        attempt = row.attempt.short
        isKnown = true
    }
}

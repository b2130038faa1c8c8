import Intents
import Placement
import Reconciling

/// An allocation of ours in a platform's books.
struct WorldHolding: Sendable {
    /// Whose books.
    let platform: PlatformName
    /// The platform's id.
    let id: String
    /// For which intent it was bought.
    private(set) var intent: String
    /// For which slot.
    private(set) var slot: Int
    /// Its attempt.
    private(set) var attempt: AttemptID
    /// Whether the ledger knows it by its id.
    private(set) var isKnown = false
    /// What it costs in an hour, at the lowest price that was shown shortly before it was bought.
    var hourly: Money
    /// How far it has come.
    let phase: SimulatedPhase
    /// Whether the platform denies it for ever.
    let isDenied: Bool
    /// Whether no listing tells whose it is, where it tells that of others.
    let isNameless: Bool
    /// Which ware, by its place on the shelf.
    let ware: Int
    /// How many GPUs it holds.
    let gpuCount: Int

    /// A line of the books, bought for a slot by an attempt.
    init(_ purchase: SimulatedPurchase, on platform: PlatformName, attempt: AttemptID, intent: String, slot: Int) {
        self.platform = platform
        self.attempt = attempt
        self.intent = intent
        self.slot = slot
        id = purchase.id
        hourly = purchase.hourly
        phase = purchase.phase
        isDenied = purchase.isDenied
        isNameless = purchase.isNameless
        ware = purchase.ware
        gpuCount = purchase.gpuCount
    }

    /// Goes by the ledger's row: where nothing is echoed, equal purchases are interchangeable, and one may have been taken
    /// for another.
    mutating func belong(to row: AllocationRecord) {
        intent = row.key.rawValue
        slot = row.slot
        attempt = row.attempt
        isKnown = true
    }
}

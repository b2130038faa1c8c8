package import Intents

/// The ledger's row of one attempt and of the allocation that came of it.
///
/// It is written before the paid call and forgotten only when its outcome is known and, where something was bought,
/// when its end has been confirmed.
package struct AllocationRecord: Hashable, Sendable {
    /// Where the attempt stands.
    package enum Phase: String, Hashable, Sendable, CaseIterable {
        /// Written down; the call is under way, or the process died during it.
        case open = "Open"
        /// The call's outcome cannot be told: it may exist, and counts at full price.
        case unknown = "Unknown"
        /// It exists, and is ours until the platform says that it is gone.
        case live = "Live"
        /// It is to go: being stopped and deleted.
        case ending = "Ending"
        /// Gone by a word that proves nothing (a 404 after a failed DELETE): counted until a person resolves it.
        case unverified = "Unverified"
        /// Confirmed gone; looked at again for a while.
        case tombstone = "Tombstone"
    }

    /// The try, whose UUID is the idempotency key.
    package let attempt: AttemptID
    /// For which intent.
    package let key: IntentKey
    /// For which slot.
    package let slot: Int
    /// The how-many-eth try of this intent, from 1.
    package let ordinal: Int
    /// What was ordered, and at what price.
    package let purchase: Purchase
    /// The fingerprint of what would force a replacement, as it was when this was ordered.
    package let shape: String
    /// What the platform was told of us and may echo.
    package let reference: String
    /// When the attempt was written down; billing is counted from here.
    package let openedAt: Timestamp
    /// The allocation that this one is to replace, where it surges.
    package let replaces: AttemptID?
    /// What the platform listed before the call, where its listings do not name what they show.
    package let listedBefore: [AllocationID]

    /// The body that was or will be sent; dropped when the outcome is known.
    package var body: String?
    /// The platform's name for it; nil while that is not known.
    package var id: AllocationID?
    /// Where it stands.
    package var phase: Phase
    /// Since when.
    package var phaseSince: Timestamp
    /// What the platform last said of it; nil where it has not been seen.
    package var sighting: Sighting?
    /// Evidence gathered on an unknown purchase.
    package var doubt: Doubt?
    /// When it was first missed, while it should live; nil while it is seen.
    package var missingSince: Timestamp?
    /// When it was asked to stop although it is to be kept (suspended in mode `stop`).
    package var parkedAt: Timestamp?
    /// How far its end has come; nil while nothing wants it gone.
    package var ending: Ending?
    /// When it was confirmed gone, and the looks since.
    package var tombstone: Tombstone?
    /// A word for people on why it is where it is.
    package var note: String

    /// An attempt that is about to be made.
    package init(
        attempt: AttemptID,
        key: IntentKey,
        slot: Int,
        ordinal: Int,
        purchase: Purchase,
        shape: String,
        reference: String,
        openedAt: Timestamp,
        replaces: AttemptID? = nil,
        listedBefore: [AllocationID] = [],
        body: String?
    ) {
        self.attempt = attempt
        self.key = key
        self.slot = slot
        self.ordinal = ordinal
        self.purchase = purchase
        self.shape = shape
        self.reference = reference
        self.openedAt = openedAt
        self.replaces = replaces
        self.listedBefore = listedBefore
        self.body = body
        phase = .open
        phaseSince = openedAt
        note = ""
    }
}

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
    package var attempt: AttemptID { page.content.attempt }
    /// For which intent.
    package var key: IntentKey { page.content.key }
    /// For which slot.
    package var slot: Int { page.content.slot }
    /// The how-many-eth try of this intent, from 1.
    package var ordinal: Int { page.content.ordinal }
    /// What was ordered, and at what price.
    package var purchase: Purchase { page.content.purchase }
    /// The fingerprint of what would force a replacement, as it was when this was ordered.
    package var shape: String { page.content.shape }
    /// What the platform was told of us and may echo.
    package var reference: String { page.content.reference }
    /// When the attempt was written down; billing is counted from here.
    package var openedAt: Timestamp { page.content.openedAt }
    /// The allocation that this one is to replace, where it surges.
    package var replaces: AttemptID? { page.content.replaces }
    /// What the platform listed before the call, where its listings do not name what they show.
    package var listedBefore: [AllocationID] { page.content.listedBefore }
    /// The body that was or will be sent; dropped when the outcome is known.
    package var body: String? {
        get { page.content.body }
        set { if newValue != page.content.body { change { $0.body = newValue } } }
    }
    /// The platform's name for it; nil while that is not known.
    package var id: AllocationID? {
        get { page.content.id }
        set { if newValue != page.content.id { change { $0.id = newValue } } }
    }
    /// Where it stands.
    package var phase: Phase {
        get { page.content.phase }
        set { if newValue != page.content.phase { change { $0.phase = newValue } } }
    }
    /// Since when.
    package var phaseSince: Timestamp {
        get { page.content.phaseSince }
        set { if newValue != page.content.phaseSince { change { $0.phaseSince = newValue } } }
    }
    /// What the platform last said of it; nil where it has not been seen.
    package var sighting: Sighting? {
        get { page.content.sighting }
        set { if newValue != page.content.sighting { change { $0.sighting = newValue } } }
    }
    /// Evidence gathered on an unknown purchase; kept when it is known what became of it.
    package var doubt: Doubt? {
        get { page.content.doubt }
        set { if newValue != page.content.doubt { change { $0.doubt = newValue } } }
    }
    /// When it was first missed, while it should live; nil while it is seen.
    package var missingSince: Timestamp? {
        get { page.content.missingSince }
        set { if newValue != page.content.missingSince { change { $0.missingSince = newValue } } }
    }
    /// When it was asked to stop although it is to be kept (suspended in mode `stop`).
    package var parkedAt: Timestamp? {
        get { page.content.parkedAt }
        set { if newValue != page.content.parkedAt { change { $0.parkedAt = newValue } } }
    }
    /// How far its end has come; nil while nothing wants it gone.
    package var ending: Ending? {
        get { page.content.ending }
        set { if newValue != page.content.ending { change { $0.ending = newValue } } }
    }
    /// When it was confirmed gone, and the looks since.
    package var tombstone: Tombstone? {
        get { page.content.tombstone }
        set { if newValue != page.content.tombstone { change { $0.tombstone = newValue } } }
    }
    /// A word for people on why it is where it is.
    package var note: String {
        get { page.content.note }
        set { if newValue != page.content.note { change { $0.note = newValue } } }
    }

    /// All that a row says.
    private struct Content: Hashable, Sendable {
        let attempt: AttemptID
        let key: IntentKey
        let slot: Int
        let ordinal: Int
        let purchase: Purchase
        let shape: String
        let reference: String
        let openedAt: Timestamp
        let replaces: AttemptID?
        let listedBefore: [AllocationID]
        var body: String?
        var id: AllocationID?
        var phase: Phase
        var phaseSince: Timestamp
        var sighting: Sighting?
        var doubt: Doubt?
        var missingSince: Timestamp?
        var parkedAt: Timestamp?
        var ending: Ending?
        var tombstone: Tombstone?
        var note: String
    }

    /// Where a row is written; nobody changes it, so that copies of a row share one.
    private final class Page: Sendable {
        let content: Content

        init(_ content: Content) { self.content = content }
    }

    // A row goes from hand to hand in every decision: a copy costs one reference, and not one for each word in it.
    private var page: Page

    private mutating func change(_ body: (inout Content) -> Void) {
        var content = page.content
        body(&content)
        page = Page(content)
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.page === right.page || left.page.content == right.page.content
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(page.content) }

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
        page = Page(
            Content(
                attempt: attempt,
                key: key,
                slot: slot,
                ordinal: ordinal,
                purchase: purchase,
                shape: shape,
                reference: reference,
                openedAt: openedAt,
                replaces: replaces,
                listedBefore: listedBefore,
                body: body,
                id: nil,
                phase: .open,
                phaseSince: openedAt,
                sighting: nil,
                doubt: nil,
                missingSince: nil,
                parkedAt: nil,
                ending: nil,
                tombstone: nil,
                note: ""
            )
        )
    }
}

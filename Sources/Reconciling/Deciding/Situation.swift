package import Intents
package import Placement

/// Everything that a decision about one intent may look at: a value, so that the same situation gives the same decision.
package struct Situation: Sendable {
    /// Whose.
    package var key: IntentKey
    /// The world's time when the situation was taken, after every look.
    package var now: Timestamp
    /// The world's time before the first look: what was seen was so at this moment or later.
    package var looksBeganAt: Timestamp
    /// What is wished for; nil when the intent was withdrawn.
    package var wish: Wish?
    /// The ledger's rows.
    package var records: [AllocationRecord]
    /// What it has cost and how often it was tried.
    package var account: IntentAccount
    /// What the platforms said of its allocations in this reconcile.
    package var looks: LookTable
    /// The platforms that are configured.
    package var platforms: PlatformTable
    /// What is on sale; nil while nobody has looked, because nothing seemed to be needed.
    package var market: Market?
    /// What platforms list for the intent in our own words although no row knows it, newest first; as far as it was asked
    /// for, which is where something may be bought.
    package var unrecorded: [Unrecorded] = []
    /// Offers to leave alone for now.
    package var resting: Set<Offer.ID>
    /// Those of them that had nothing left when they were asked for it.
    package var short: Set<Offer.ID> = []
    /// What is known of the world around it.
    package var surroundings = Surroundings()
    /// A refusal that no further try will change before the intent does; nil when there is none for this generation.
    package var stall: ErrorStatus?
    /// The quotas of the groups that the intent is in.
    package var quotas: [QuotaStanding] = []
    /// What it may take of offers that are not enough for all who wait; nil where nobody competes with it.
    package var allotment: Allotment?
    /// Since when it has left something to others; nil where it has not.
    package var yieldingSince: Timestamp?
    /// Times and bounds.
    package var policy: ReconcilePolicy
    /// What people were shown last.
    package var previous: IntentStatus?

    /// Whether nothing of the intent may change now.
    package var isPaused: Bool { wish?.pause.map { $0.until.map { now < $0 } ?? true } ?? false }

    /// A situation in which nothing is known of the world yet.
    package init(key: IntentKey, now: Timestamp, wish: Wish?, records: [AllocationRecord], account: IntentAccount) {
        self.key = key
        self.now = now
        looksBeganAt = now
        self.wish = wish
        self.records = records
        self.account = account
        looks = [:]
        platforms = [:]
        resting = []
        policy = ReconcilePolicy()
    }
}

/// An intent as it is wished for now, with what people asked of it beside its file.
package struct Wish: Hashable, Sendable {
    /// The intent as the ledger is to know it.
    package private(set) var stored: StoredIntent
    /// The intent.
    package var intent: Intent {
        get { stored.intent }
        set { stored.intent = newValue }
    }
    /// Counts the changes of its spec.
    package var generation: Int {
        get { stored.generation }
        set { stored.generation = newValue }
    }
    /// The spec's fingerprints, made once for each generation.
    package var fingerprints: IntentFingerprints
    /// Set while it is to hold nothing, or only stopped allocations.
    package var suspension: Suspension?
    /// Set while nothing of it may change.
    package var pause: Pause?
    /// What is wrong with its file now, where this is the last good state of a file that turned invalid.
    package var staleness: String?
    /// Whether no file holds it any more, and the deletion guard has not judged that yet.
    package var isVanishing = false

    /// A wish from its parts.
    package init(
        _ stored: StoredIntent,
        fingerprints: IntentFingerprints? = nil,
        suspension: Suspension? = nil,
        pause: Pause? = nil,
        staleness: String? = nil
    ) {
        self.stored = stored
        self.fingerprints = fingerprints ?? stored.intent.fingerprints
        self.suspension = suspension
        self.pause = pause
        self.staleness = staleness
    }

    /// Whether what was decided for the other is right for this one too.
    func asksTheSame(as other: Wish) -> Bool {
        generation == other.generation && suspension == other.suspension && pause == other.pause
            // Other dependencies make no other generation, and what begins depends on them.
            && stored.intent.spec.dependsOn == other.stored.intent.spec.dependsOn
    }
}

/// What a platform said of one allocation in this reconcile.
package enum Look: Hashable, Sendable {
    /// It was seen.
    // In a box of its own: it is handed on far more often than anything in it is read.
    indirect case seen(Observation)
    /// The platform says, asked for this very id, that there is no such thing.
    case absent
    /// It seems gone, but so do most of the platform's allocations: nothing is concluded yet.
    case doubtful
    /// The platform could not be asked.
    case unreachable(PlatformError)

    /// Whether it was seen.
    var isSight: Bool { if case .seen = self { true } else { false } }

    /// Why the platform refuses us, where it does; nil for every other look.
    package var refusal: PlatformError? {
        guard case .unreachable(let error) = self, case .pausePlatform = error.consequence else { return nil }
        return error
    }
}

/// What is known of one platform in this reconcile.
package struct PlatformSituation: Hashable, Sendable {
    /// How it behaves.
    package var traits: PlatformTraits
    /// Why it is paused; nil while it can be bought from.
    package var pausedBecause: PlatformError?
    /// A fresh listing, where one was needed and could be had.
    package var listing: Listing?
    /// Whether it was asked for a listing in this reconcile and has none to give; silence and errors are not that.
    package var cannotList = false
    /// Whether what it sells could not be learnt in this reconcile.
    package var offersUnheard = false
    /// Why it could not be asked what it sells; nil where it could, or was not asked.
    package var offersError: PlatformError?

    /// A platform of which only the traits are known.
    package init(traits: PlatformTraits) { self.traits = traits }
}

/// A platform's listing, cut down to what an unknown purchase may be.
package struct Listing: Hashable, Sendable {
    /// When the listing began.
    package var beganAt: Timestamp
    /// What it shows that no row of the ledger owns.
    package var unowned: [Observation]
    /// Whether it names what it shows, so that an unknown purchase would be recognised.
    package var namesReferences: Bool
    /// The latest creation that it shows; nil where it tells none.
    package var newestCreation: Timestamp?
    /// Whether nothing is known to live that it lacks: a part of a listing proves no absence.
    package var isWhole = true

    /// A listing from its parts.
    package init(beganAt: Timestamp, unowned: [Observation], namesReferences: Bool, newestCreation: Timestamp?) {
        self.beganAt = beganAt
        self.unowned = unowned
        self.namesReferences = namesReferences
        self.newestCreation = newestCreation
    }
}

extension Wish {
    /// The fingerprint of everything whose change forces another allocation, on a platform that carries so much.
    package func shape(carriedBy carries: PlatformTraits.Carries) -> String {
        fingerprints.shape(for: carries == .slot ? .instance : .wholeIntent)
    }
}

extension Situation {
    /// Whether every row that lives was seen in this reconcile.
    var seesAllThatLives: Bool {
        records.enumerated().allSatisfy { place, record in
            record.phase != .live || looks.look(at: record.attempt, row: place)?.isSight ?? false
        }
    }
}

import Intents
import Placement
import Reconciling

/// What a judge knows of a run so far.
struct WorldFindings: Sendable {
    /// What is known of an attempt since its row was first written.
    struct Opening: Sendable {
        let at: Duration
        let key: String
        let slot: Int
        let platform: PlatformName
        let replaces: AttemptID?
    }

    /// What the platform has said of the end of one allocation.
    struct Farewell: Sendable {
        /// When our DELETE first arrived.
        var deletedAt: Duration?
        /// When it was first and last called gone after that, or else at all.
        var firstGone: Duration?
        var lastGone: Duration?
        /// How often it was denied while it lived, but for what the platform denies for ever.
        var denials = 0
        /// Whether we asked it to stop while it was at work.
        var isStopped = false
    }

    /// What pauses an intent.
    enum PauseSource: Hashable, Sendable {
        /// Its file.
        case file
        /// A person's request.
        case request
    }

    /// A price that was shown, and until when.
    struct Price: Sendable {
        let price: Money
        let until: Duration
    }

    /// What was bought for one slot, and what may have been.
    struct Slot: Hashable, Sendable {
        let intent: String
        let number: Int
    }

    /// The prices above which people are asked; nil for none.
    var bars = Terms<Money?>(nil)
    /// Every promise that was broken.
    var breaches: [WorldBreach] = []
    /// The trace, where it is kept.
    var effects: [WorldEffect] = []
    /// How often something came about that is worth counting.
    var tally: [String: Int] = [:]
    /// What is known of the end of allocations, by id.
    var farewells: [String: Farewell] = [:]
    /// What an intent may cost in an hour; nil for as much as it likes.
    var caps: [String: Terms<Money?>] = [:]
    /// Intents that keep a quota with others.
    var teams: [String: WorldWish.Team] = [:]
    /// What a group may hold; nil for as much as it likes.
    var quotas = Dictionary(uniqueKeysWithValues: WorldWish.Team.allCases.map { ($0, Terms<Quota?>($0.quota)) })
    /// Attempts whose rows were written.
    var opened: [AttemptID: Opening] = [:]
    /// The attempts under which a row was written anew for what a ledger that was put back had forgotten, by those that
    /// bought it.
    var takenBack: [AttemptID: AttemptID] = [:]
    /// The attempts whose rows a ledger has lost that was put back.
    var forgotten: Set<AttemptID> = []
    /// The highest price an hour that a person has allowed for an intent.
    var allowed: [String: Money] = [:]
    /// Withdrawals of which a person is asked.
    var held: Set<IntentKey> = []
    /// Attempts of which a person has said that they hold nothing.
    var abandoned: Set<AttemptID> = []
    /// Prices that were in force, by platform and ware.
    var prices: [PlatformName: [Int: [Price]]] = [:]
    /// When an intent was last changed by anybody, as written or as taken in.
    var changed: [String: Duration] = [:]
    /// When the disk was last full; it is still while the end lies ahead.
    var diskFull: (since: Duration, until: Duration)?
    /// When a process last stood still; it still does while the end lies ahead.
    var standstill: (since: Duration, until: Duration)?
    /// When prices, capacities or the wall clock last changed.
    var marketChanged = Duration.zero
    /// Intents that are stored as wished for.
    var stored: Set<IntentKey> = []
    /// Since when an intent is paused, by what pauses it.
    var pausedSince: [IntentKey: [PauseSource: Duration]] = [:]
    /// Intents whose withdrawal a person has approved.
    var approved: Set<IntentKey> = []
    /// Intents that the source shows, by file.
    var shown: [String: [String]] = [:]
    /// Since when the source has shown an intent, without a break.
    var shownSince: [String: Duration] = [:]
    /// Since when the source has shown that an intent is gone, without a break.
    var hiddenSince: [String: Duration] = [:]
    /// Intents that no file holds any more.
    var removed: Set<String> = []
    /// Since when the source cannot be read; nil while it can.
    var sourceSilentSince: Duration?
    /// What is known of lives by money, by the clock and by load.
    var lives = WorldLives()
    /// What each intent depends on, as it was last stored.
    var dependsOn: [String: [String]] = [:]
    /// How many purchases each slot may have come to by what people asked for.
    var asked: [Slot: Int] = [:]
    /// Paid calls that were executed or refused.
    var paidCalls = 0
    /// Calls in the present minute, by platform; and the most of any minute.
    var calls: [PlatformName: (minute: Int64, count: Int)] = [:]
    var mostCalls = 0
    /// When something was last changed on the platform, and on the disk.
    var lastMutation = Duration.zero
    var lastWrite = Duration.zero
}

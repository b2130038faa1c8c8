package import Intents
package import Placement

/// One thing to be written down.
package enum LedgerChange: Hashable, Sendable {
    /// A new attempt, or an attempt's new standing; keyed by the attempt.
    case put(AllocationRecord)
    /// An attempt whose story is over.
    case forget(AttemptID)
    /// An intent's account.
    case account(IntentAccount)
    /// An intent as it was last good.
    case intent(StoredIntent)
    /// An intent that was withdrawn and holds nothing any more; takes its account, status and override with it.
    case dropIntent(IntentKey)
    /// What a person asked of an intent beside its file; nil members undo it.
    case override(IntentOverride)
    /// What people are shown of an intent, as JSON text; nil where there is nothing to show any more.
    case status(IntentKey, json: String?)
    /// Something worth telling.
    case event(Event)
    /// The deletion guard's present list; nil when nothing is held.
    case heldWithdrawals(HeldWithdrawals?)
    /// What an allocation has cost that is gone; one for each attempt.
    case charge(Charge)
    /// A charge whose allocation turned out to live.
    case uncharge(Charge)
    /// The account for which is bought on a platform.
    case platformAccount(PlatformName, PlatformAccount)
    /// A person's request was carried out or refused.
    case answer(request: Int64, text: String, refused: Bool)
}

/// An intent's money and tries, beyond the rows that are still kept.
package struct IntentAccount: Hashable, Sendable {
    /// Whose.
    package var key: IntentKey
    /// What allocations that are gone have cost.
    package var spent: Money
    /// How many attempts were ever made.
    package var attempts: Int
    /// When the first allocation of the present generation of a job ran; nil before.
    package var workBeganAt: Timestamp?
    /// How the intent's work ended; nil while it has not.
    package var finish: Finish?
    /// Everything else that must outlast a crash.
    package var memory: AccountMemory {
        get { page.memory }
        _modify {
            var memory = page.memory
            defer { if memory != page.memory { page = memory.isEmpty ? .blank : Page(memory) } }
            yield &memory
        }
    }

    /// Where the memory stands: nearly every account of a large fleet remembers nothing, and shares that page.
    private final class Page: Hashable, Sendable {
        static let blank = Page(AccountMemory())
        let memory: AccountMemory

        init(_ memory: AccountMemory) { self.memory = memory }

        static func == (left: Page, right: Page) -> Bool { left === right || left.memory == right.memory }

        func hash(into hasher: inout Hasher) { hasher.combine(memory) }
    }

    private var page = Page.blank

    /// An account.
    package init(key: IntentKey, spent: Money = .zero, attempts: Int = 0) {
        self.key = key
        self.spent = spent
        self.attempts = attempts
    }
}

/// How an intent's work ended: the record that stays when its allocations are gone.
package struct Finish: Hashable, Sendable {
    /// How it ended.
    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// Well.
        case completed = "Completed"
        /// Badly.
        case failed = "Failed"
        /// It did not end in time.
        case timedOut = "TimedOut"
    }

    /// How it ended.
    package var outcome: Outcome
    /// Of which generation of the spec this speaks; a later one begins anew.
    package var generation: Int
    /// When.
    package var at: Timestamp
    /// What the platform said of it.
    package var message: String

    /// An end from its parts.
    package init(outcome: Outcome, generation: Int, at moment: Timestamp, message: String) {
        self.outcome = outcome
        self.generation = generation
        at = moment
        self.message = message
    }
}

/// An intent as it was last good, so that a file that turns invalid withdraws nothing, after a restart too.
package struct StoredIntent: Hashable, Sendable {
    /// Its key.
    package var key: IntentKey
    /// The file that it came from, as its source names it.
    package var file: String
    /// Counts the changes of its spec, from 1; `suspend` and `paused` are no other work and do not count.
    package var generation: Int
    /// When it was first seen.
    package var createdAt: Timestamp
    /// What it said.
    package var intent: Intent

    /// A stored intent from its parts.
    package init(key: IntentKey, file: String, generation: Int, createdAt: Timestamp, intent: Intent) {
        self.key = key
        self.file = file
        self.generation = generation
        self.createdAt = createdAt
        self.intent = intent
    }
}

/// What a person asked of an intent with a command, beside its file.
package struct IntentOverride: Hashable, Sendable {
    /// Whose.
    package var key: IntentKey
    /// Set by `suspend`, cleared by `resume`.
    package var suspension: Suspension?
    /// Set by `pause`, cleared by `resume`.
    package var pause: Pause?

    /// An override; with neither member set it is the same as none.
    package init(key: IntentKey, suspension: Suspension? = nil, pause: Pause? = nil) {
        self.key = key
        self.suspension = suspension
        self.pause = pause
    }
}

/// Withdrawals that the deletion guard holds until a person approves them.
package struct HeldWithdrawals: Hashable, Sendable {
    /// Names this list; an approval binds to it.
    package var token: String
    /// The intents, sorted.
    package var keys: [IntentKey]
    /// Since when.
    package var since: Timestamp
    /// How many intents there were.
    package var total: Int

    /// A list from its parts.
    package init(token: String, keys: [IntentKey], since: Timestamp, total: Int) {
        self.token = token
        self.keys = keys
        self.since = since
        self.total = total
    }
}

/// Something that happened, for people.
package struct Event: Hashable, Sendable {
    /// How much it matters.
    package enum Severity: String, Hashable, Sendable, CaseIterable {
        /// As it should be.
        case normal = "Normal"
        /// Someone should look.
        case warning = "Warning"
    }

    /// When.
    package var at: Timestamp
    /// Which intent; nil for the operator itself.
    package var key: IntentKey?
    /// How much it matters.
    package var severity: Severity
    /// A word of a bounded set, such as `Provisioned`.
    package var reason: String
    /// What happened, in a sentence.
    package var message: String

    /// An event.
    package init(
        at moment: Timestamp,
        key: IntentKey?,
        severity: Severity = .normal,
        reason: String,
        message: String
    ) {
        self.at = moment
        self.key = key
        self.severity = severity
        self.reason = reason
        self.message = message
    }
}

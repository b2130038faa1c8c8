package import Intents
package import Placement

/// The durable record of attempts and allocations.
///
/// Promises: `write` returns only when every change is durable, and applies all of them or none; `load` gives back
/// what was durable when it began; one process at a time holds a ledger.
package protocol Ledger: Sendable {
    /// Everything that is on record, read once at the start.
    func load() async throws(LedgerError) -> LedgerSnapshot
    /// Writes changes down in order, all or nothing.
    func write(_ changes: [LedgerChange]) async throws(LedgerError)
    /// Requests of people that have not been answered, oldest first.
    func pendingRequests() async throws(LedgerError) -> [OperatorRequest]
}

/// Everything that a ledger holds, for a start.
package struct LedgerSnapshot: Sendable {
    /// Names this operator for ever; part of what platforms are told.
    package var operatorID: String
    /// Every row.
    package var records: [AllocationRecord] = []
    /// Every account.
    package var accounts: [IntentAccount] = []
    /// Every intent as it was last good.
    package var intents: [StoredIntent] = []
    /// What people asked beside the files.
    package var overrides: [IntentOverride] = []
    /// What people are shown of each intent, as JSON text.
    package var statuses: [IntentKey: String] = [:]
    /// What the deletion guard held.
    package var held: HeldWithdrawals?
    /// For which account was bought on each platform.
    package var platformAccounts: [PlatformName: PlatformAccount] = [:]
    /// What was paid for and is over, where quotas need it.
    package var costs = CostRecords()

    /// An empty ledger of an operator.
    package init(operatorID: String) { self.operatorID = operatorID }
}

/// Why something could not be written down or read.
package struct LedgerError: Error, Hashable, Sendable {
    /// What kind of trouble.
    package enum Kind: String, Hashable, Sendable {
        /// No room on the disk.
        case full
        /// The file is torn, foreign or of a newer version.
        case unusable
        /// Another process holds it.
        case held
        /// Anything else of the file system or the database; what was to be written may be durable all the same.
        case failed
    }

    /// What kind of trouble.
    package var kind: Kind
    /// What happened and what to do, for people.
    package var message: String

    /// An error.
    package init(kind: Kind, message: String) {
        self.kind = kind
        self.message = message
    }
}

/// How a task of a job ended, by somebody's word.
package enum TaskOutcome: String, Hashable, Sendable, CaseIterable {
    /// Well.
    case completed = "Completed"
    /// Badly: it is tried again as often as the intent allows.
    case failed = "Failed"
}

/// What a person allows, bound to what was shown: another spec, or a higher price, asks again.
package struct Permission: Hashable, Sendable {
    /// What may be done.
    package var purpose: Approval.Purpose
    /// For which generation of the spec.
    package var generation: Int
    /// Up to how much an hour; nil where money is no part of it.
    package var upTo: Money?
    /// How far from the wish; nil where nothing strays from it.
    package var deviation: Deviation?

    /// A permission from its parts.
    package init(_ purpose: Approval.Purpose, generation: Int, upTo: Money? = nil, deviation: Deviation? = nil) {
        self.purpose = purpose
        self.generation = generation
        self.upTo = upTo
        self.deviation = deviation
    }

    /// Reads what `text` wrote; nil for every other text.
    package init?(text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard (2...4).contains(words.count), let purpose = Approval.Purpose(rawValue: words[0]),
            let generation = Int(words[1])
        else { return nil }
        self.init(purpose, generation: generation)
        if words.count > 2, words[2] != Self.priceless || words.count == 3 {
            guard let micros = Int64(words[2]) else { return nil }
            upTo = Money(micros: micros)
        }
        guard words.count == 4 else { return }
        guard let read = Deviation(text: words[3]) else { return nil }
        deviation = read
    }

    /// What stands for the price where there is none and a deviation follows.
    private static let priceless = "-"

    /// In a line: the purpose, the generation, the price in millionths of a euro where there is one, and the deviation
    /// where there is one.
    package var text: String {
        let price = upTo.map { "\($0.micros)" } ?? deviation.map { _ in Self.priceless }
        return ([purpose.rawValue, "\(generation)"] + [price, deviation?.text].compactMap(\.self)).joined(
            separator: " "
        )
    }
}

/// Something that a person asked for with a command.
package struct OperatorRequest: Hashable, Sendable {
    /// What is asked.
    package enum Verb: Hashable, Sendable {
        /// Hold nothing, or only stopped allocations, until resumed.
        case suspend(IntentKey, Suspension)
        /// End a suspension and a pause.
        case resume(IntentKey)
        /// Look but change nothing.
        case pause(IntentKey, Pause)
        /// Look and act now; nil means every intent.
        case reconcile(IntentKey?)
        /// An unknown or unverified allocation of a slot is this one.
        case adopt(IntentKey, slot: Int, AllocationID)
        /// An unknown or unverified allocation of a slot does not exist.
        case abandon(IntentKey, slot: Int)
        /// The withdrawals on the list with this token may happen; with a key, only that one.
        case approve(token: String, IntentKey?)
        /// What an intent waits for a person's word for may be done.
        case permit(IntentKey, Permission)
        /// A task of a job has come to its end, as a person or its own container says.
        case complete(IntentKey, slot: Int, TaskOutcome)
    }

    /// Names the request; later ones have larger numbers.
    package var id: Int64
    /// What is asked.
    package var verb: Verb
    /// When.
    package var askedAt: Timestamp

    /// A request from its parts.
    package init(id: Int64, verb: Verb, askedAt: Timestamp) {
        self.id = id
        self.verb = verb
        self.askedAt = askedAt
    }
}

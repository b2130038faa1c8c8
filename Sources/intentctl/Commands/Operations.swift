import Documents
import Intents
import Placement
import Reconciling

/// What the commands need of the ledger, the platforms and the heart; the composition root fills it in.
///
/// Promises: every message of a `CommandError` is for people and free of secrets; nothing is printed by these calls but
/// by `run` and `simulate`, which have the console; what only looks changes nothing.
protocol Operations: Sendable {
    /// Runs until it is stopped or, with `run.once`, until everything has settled.
    func run(_ settings: Settings, _ console: Console) async throws(CommandError) -> ExitCode
    /// Starts both platforms simulated until it is stopped.
    func simulate(_ settings: Settings, _ console: Console) async throws(CommandError) -> ExitCode
    /// What a run would do now.
    func plan(_ settings: Settings) async throws(CommandError) -> Plan
    /// Every intent in the ledger, sorted by name.
    func intents(_ settings: Settings) async throws(CommandError) -> [IntentView]
    /// What happened, newest first; nil means to every intent and to the operator.
    func events(_ settings: Settings, of key: IntentKey?) async throws(CommandError) -> [Event]
    /// What is on sale now on the platforms, or in a price list where one is named.
    func market(_ settings: Settings, list: String?) async throws(CommandError) -> MarketAnswer
    /// The intents behind names in the ledger or paths.
    func intents(_ settings: Settings, named subjects: [String]) async throws(CommandError) -> [Intent]
    /// Writes a request down, and waits a moment for the answer of a living run.
    func request(_ settings: Settings, _ verb: OperatorRequest.Verb) async throws(CommandError) -> RequestOutcome
    /// What the deletion guard holds.
    func heldWithdrawals(_ settings: Settings) async throws(CommandError) -> HeldWithdrawals?
    /// What the platforms bill us for and the ledger does not know.
    func orphans(_ settings: Settings) async throws(CommandError) -> [Orphan]
    /// What was paid for and is over, and the rows of what is not.
    func costs(_ settings: Settings) async throws(CommandError) -> CostFacts
    /// The token with which a container tells that its task has ended.
    func completionToken(_ settings: Settings, _ key: IntentKey, slot: Int) async throws(CommandError) -> SecretText
    /// Something about FLARE's tokens.
    func token(_ settings: Settings, _ action: TokenAction) async throws(CommandError) -> TokenAnswer
}

/// What a run would do.
struct Plan: Sendable {
    /// One row for each step, and one for each intent without a step.
    var rows: [PlanRow]
    /// What is wrong with files of intents, by file.
    var diagnostics: [Diagnostic] = []
    /// Why platforms refuse us, in whole lines: what is held there is not known.
    var refusals: [String] = []
}

/// What is on sale, with what was passed over.
struct MarketAnswer: Sendable {
    /// What is on sale.
    var market: Market
    /// What a person should look at, in whole lines.
    var warnings: [String] = []
}

/// Why a command could not do what it was asked, for people.
struct CommandError: Error, Hashable, Sendable {
    /// What happened and what to do, without a full stop.
    var message: String

    /// An error.
    init(_ message: String) { self.message = message }
}

/// How a command ended.
enum ExitCode: Int32, Hashable, Sendable {
    /// Done, or nothing to do.
    case done = 0
    /// An error.
    case error = 1
    /// There is a difference, or something has not settled.
    case difference = 2
}

/// What became of a request.
enum RequestOutcome: Hashable, Sendable {
    /// It is written down; nobody runs, or nobody has answered yet.
    case recorded
    /// It was carried out.
    case carriedOut(String)
    /// It was refused.
    case refused(String)
}

/// What a ledger knows of money.
struct CostFacts: Hashable, Sendable {
    /// How exactly it knows.
    enum Detail: Hashable, Sendable {
        /// Each allocation, or each day.
        case whole
        /// One sum for each intent.
        case sums
    }

    /// What is over.
    var past: CostRecords
    /// What is not.
    var rows: [AllocationRecord]
    /// How exactly.
    var detail: Detail
}

/// Something about FLARE's tokens.
enum TokenAction: Hashable, Sendable {
    /// Make one.
    case create(name: String, permissions: [String], expires: String, user: String?)
    /// List all.
    case list
    /// End one.
    case revoke(id: String)
    /// Tell about ours.
    case verify
}

/// What FLARE says of tokens.
enum TokenAnswer: Hashable, Sendable {
    /// A new one, whose value is shown once.
    case created(TokenFacts, value: SecretText)
    /// All of them.
    case list([TokenFacts])
    /// It ended.
    case revoked(id: String)
    /// Ours, and what a person should look at.
    case verified(TokenFacts, warnings: [String])
}

/// What is known of a token; never its value.
struct TokenFacts: Hashable, Sendable {
    /// FLARE's name for it.
    var id: String?
    /// The name that a person gave it, or whose it is.
    var name: String?
    /// What it may do.
    var permissions: [String]
    /// When it ends.
    var expiresAt: Timestamp?
    /// When it was last used.
    var lastUsed: Timestamp?
    /// FLARE's word for its state.
    var status: String?

    /// The facts as a node.
    var node: Node {
        .mapping(droppingNil: [
            "id": id.map { .string($0) }, "name": name.map { .string($0) },
            "permissions": .list(permissions.map { .string($0) }),
            "expiresAt": expiresAt.map { .string($0.text) }, "lastUsed": lastUsed.map { .string($0.text) },
            "status": status.map { .string($0) },
        ])
    }
}

import Placement
import Reconciling

/// Stands where the ledger, the platforms and the heart are joined in; says of each call that this build lacks it.
struct UnjoinedOperations: Operations {
    private static func lacks(_ what: String) -> CommandError { CommandError("this build cannot \(what)") }

    func run(_ settings: Settings, _ console: Console) async throws(CommandError) -> ExitCode {
        throw Self.lacks("run")
    }

    func simulate(_ settings: Settings, _ console: Console) async throws(CommandError) -> ExitCode {
        throw Self.lacks("simulate")
    }

    func plan(_ settings: Settings) async throws(CommandError) -> [PlanRow] { throw Self.lacks("plan") }

    func intents(_ settings: Settings) async throws(CommandError) -> [IntentView] { throw Self.lacks("read a ledger") }

    func events(_ settings: Settings, of key: IntentKey?) async throws(CommandError) -> [Event] {
        throw Self.lacks("read a ledger")
    }

    func offers(_ settings: Settings) async throws(CommandError) -> [Offer] { throw Self.lacks("ask platforms") }

    func explain(_ settings: Settings, _ subjects: [String]) async throws(CommandError) -> [Explanation] {
        throw Self.lacks("ask platforms")
    }

    func request(_ settings: Settings, _ verb: OperatorRequest.Verb) async throws(CommandError) -> RequestOutcome {
        throw Self.lacks("write a ledger")
    }

    func heldWithdrawals(_ settings: Settings) async throws(CommandError) -> HeldWithdrawals? {
        throw Self.lacks("read a ledger")
    }

    func orphans(_ settings: Settings) async throws(CommandError) -> [Orphan] { throw Self.lacks("ask platforms") }

    func token(_ settings: Settings, _ action: TokenAction) async throws(CommandError) -> TokenAnswer {
        throw Self.lacks("ask platforms")
    }
}

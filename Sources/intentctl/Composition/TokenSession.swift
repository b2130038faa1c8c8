import Intents
import Reconciling

/// `token`: asks FLARE about its tokens.
struct TokenSession {
    let settings: Settings
    let time: SystemTimekeeper

    /// Does what was asked.
    func act(_ action: TokenAction) async throws(CommandError) -> TokenAnswer {
        throw CommandError("FLARE is not joined in")
    }
}

import Intents
import Reconciling

/// Remembers whether FlexAI can list, which only trying tells.
final class ListingMemory: Sendable {
    /// What is known.
    private enum Knowledge {
        /// Nothing yet.
        case untried
        /// It has listed, so that it can; "no such call" is then a fault, and has been answered since that moment.
        case lists(deniedSince: Timestamp?)
        /// It could not at that moment.
        case absent(since: Timestamp)
    }

    /// How long "cannot list" is believed before it is tried again: a purchase may wait for it whose answer was lost.
    static let patience = Duration.seconds(300)
    /// How long a platform that has listed must say that it cannot before that is believed.
    static let disbelief = Duration.seconds(3600)

    private let knowledge = Locked(Knowledge.untried)

    /// Nothing is known.
    init() {}

    /// Whether it is worth trying.
    func isWorthTrying(at now: Timestamp) -> Bool {
        knowledge.withLock { knowledge in
            guard case .absent(let since) = knowledge else { return true }
            return now < since || now - since >= Self.patience
        }
    }

    /// It has listed.
    func hasListed() { knowledge.withLock { $0 = .lists(deniedSince: nil) } }

    /// It has no such call; whether that can be believed.
    func isAbsent(at now: Timestamp) -> Bool {
        knowledge.withLock { knowledge in
            if case .lists(let denied) = knowledge {
                let since = min(denied ?? now, now)
                guard now - since >= Self.disbelief else {
                    knowledge = .lists(deniedSince: since)
                    return false
                }
            }
            knowledge = .absent(since: now)
            return true
        }
    }
}

import Intents
import Synchronization

/// Remembers when a platform last answered well under its base address, in this process.
final class Acquaintance: Sendable {
    /// How long an answer vouches for a "not found" that follows: at most the time between two looks that are believed,
    /// so that of these the second is believed only where the platform has spoken after the first.
    static let lasts = Duration.seconds(10)

    /// The address of a call that always succeeds on the right platform.
    let probe: String
    private let heardAt = Atomic(Int64.min)

    /// A platform that has not answered yet.
    init(probe: String) { self.probe = probe }

    /// Whether it has answered a moment ago.
    func vouches(at now: Timestamp) -> Bool {
        let heard = heardAt.load(ordering: .relaxed)
        #if MUTANTS
        if Mutant.gatewayBelieved.isActive { return heard > .min }
        #endif
        guard heard > .min else { return false }
        let heardOn = Timestamp(milliseconds: heard)
        // A clock that was set back makes it a time to come, which vouches for nothing.
        return heardOn <= now && now < heardOn + Self.lasts
    }

    /// It has answered.
    func hear(at now: Timestamp) { heardAt.store(now.milliseconds, ordering: .relaxed) }
}

/// What a run is judged by: the promises of the operator, and what follows from them.
package enum WorldPromise: String, Hashable, Sendable, CaseIterable {
    /// At most one living allocation a slot, but for one that takes another's place.
    case oneAllocation = "one allocation a slot"
    /// Nothing is bought where one lives that would do.
    case noSpare = "no spare is bought"
    /// No paid call without a durable attempt, and none forgotten before its outcome is known.
    case durableAttempt = "a durable attempt"
    /// An allocation is forgotten only after a DELETE and two words that it is gone.
    case confirmedGone = "gone is confirmed"
    /// What is not in the ledger is never touched.
    case onlyOurs = "only ours is touched"
    /// Nothing is bought that passes a cap.
    case withinCaps = "within the caps"
    /// Above the price that the settings name, nothing is bought without a person's word.
    case asked = "people are asked"
    /// No group of intents holds more than its quota.
    case withinQuota = "within the quota"
    /// Unreachable is not gone.
    case silenceWithdrawsNothing = "silence withdraws nothing"
    /// For a paused intent nothing is bought, and nothing of it is stopped or deleted.
    case frozen = "what is paused stays"
    /// Outside its availability window nothing of a service lives for longer than the grace.
    case withinHours = "within its hours"
    /// A job that has ended, or whose tasks have failed too often, buys nothing more.
    case endedForGood = "what has ended stays so"
    /// Where the load is not measured, no replica goes.
    case measured = "nothing goes unmeasured"
    /// Nothing begins before what it depends on, or outlives it by its own withdrawal.
    case inOrder = "in order"
    /// Not more is withdrawn at once than the deletion guard lets through.
    case guardedWithdrawals = "withdrawals are guarded"
    /// The world becomes what is written.
    case convergence = "it converges"
    /// When it is as written, nothing is written and called but looks.
    case quiet = "it falls quiet"
    /// No call without the lock.
    case lock = "the lock is held"
    /// One platform's trouble holds up nobody else's intents.
    case isolation = "trouble stays alone"
    /// No more purchases than were asked for and lost.
    case explainedPurchases = "purchases are explained"
    /// No more calls a minute than waits allow.
    case boundedCalls = "calls are bounded"
    /// The end is that of the same history without faults.
    case sameEnd = "the end without faults"
    /// It neither fails nor stands still.
    case alive = "it neither fails nor stands still"
}

/// A promise that was broken, and how.
package struct WorldBreach: Hashable, Sendable, CustomStringConvertible {
    /// Which.
    package let promise: WorldPromise
    /// When, since the start.
    package let at: Duration
    /// How, in words.
    package let words: String

    package var description: String { "\(promise.rawValue): \(words)" }

    /// Whether another one is the same complaint: of the same promise, about the same intent where it names one.
    func resembles(_ other: WorldBreach) -> Bool {
        promise == other.promise && (intents.isEmpty || !intents.isDisjoint(with: other.intents))
    }

    private var intents: Set<Substring> {
        let names = words.split { !($0.isLetter || $0.isNumber || $0 == "-") }
        return Set(names.filter { $0.hasPrefix("intent-") && $0.dropFirst(7).allSatisfy(\.isNumber) })
    }
}

import Reconciling

/// What happened in a round, or in many.
struct CrashTally: Sendable {
    /// Kills of the operator.
    var kills = 0
    /// Kills while a purchase was written down whose outcome was not.
    var killsWhileBuying = 0
    /// Kills while a purchase was of unknown outcome from before.
    var killsWhileUnknown = 0
    /// Kills while something was being stopped or deleted.
    var killsWhileDeleting = 0
    /// Kills while something that was bought did not run yet, and none of the above.
    var killsWhileStarting = 0
    /// Attempts that were open at a kill.
    var openAttempts = 0
    /// Kills of the platforms' process.
    var platformKills = 0
    /// Lives that ended by themselves since the disk was full.
    var refusals = 0
    /// How often the ledger was put back from an older copy.
    var putBacks = 0
    /// What of ours nobody wished for any more and no row knew, which a person ended.
    var leftBehind = 0
    /// Purchases in the platforms' books.
    var purchases = 0
    /// Purchases that the platform lost.
    var lost = 0
    /// Purchases that lived at the end.
    var alive = 0

    /// Counts a kill by what the ledger says right after it.
    mutating func count(killAt records: [AllocationRecord]) {
        kills += 1
        let open = records.count { $0.phase == .open }
        openAttempts += open
        if open > 0 {
            killsWhileBuying += 1
        } else if records.contains(where: { $0.phase == .unknown }) {
            killsWhileUnknown += 1
        } else if records.contains(where: { $0.phase == .ending }) {
            killsWhileDeleting += 1
        } else if records.contains(where: { $0.phase == .live && $0.sighting?.state != .running }) {
            killsWhileStarting += 1
        }
    }

    /// Adds another round's.
    mutating func add(_ other: CrashTally) {
        kills += other.kills
        killsWhileBuying += other.killsWhileBuying
        killsWhileUnknown += other.killsWhileUnknown
        killsWhileDeleting += other.killsWhileDeleting
        killsWhileStarting += other.killsWhileStarting
        openAttempts += other.openAttempts
        platformKills += other.platformKills
        refusals += other.refusals
        putBacks += other.putBacks
        leftBehind += other.leftBehind
        purchases += other.purchases
        lost += other.lost
        alive += other.alive
    }

    /// Kills at any other time.
    var killsAtRest: Int {
        kills - killsWhileBuying - killsWhileUnknown - killsWhileDeleting - killsWhileStarting
    }
}

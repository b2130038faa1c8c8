package import Intents

/// Stands between a source that has lost intents and the deletion of what they hold.
///
/// Withdrawals wait until the source has been quiet for a while. Then all that wait, and all that were let through and
/// still hold something, are counted together; too many at once are held until a person approves the very list.
package struct DeletionGuard: Hashable, Sendable {
    /// The bounds, from the configuration.
    package struct Limits: Hashable, Sendable {
        /// So many withdrawals always pass.
        package var minimum = 5
        /// So many of a hundred intents pass.
        package var percent = 25
        /// How long the source must be quiet.
        package var quiet = Duration.seconds(2)
        /// The longest wait for quiet.
        package var longestWait = Duration.seconds(30)

        /// The documented defaults.
        package init() {}
    }

    /// The bounds.
    package var limits: Limits
    /// Withdrawn, not let through yet.
    package private(set) var waiting: Set<IntentKey> = []
    /// When the first of them came, in uptime.
    private var waitingSince: Duration?
    /// When the source last said something new, in uptime.
    private var lastNews: Duration = .zero
    /// What a person has approved of what waits.
    private var approved: Set<IntentKey> = []
    /// The list that a person is asked to approve; nil when nothing is held.
    package private(set) var held: HeldWithdrawals?
    /// Whether `held` is what an earlier process held, and has not been judged since.
    private var isRemembered: Bool

    /// A guard with nothing to guard.
    package init(limits: Limits = Limits(), held: HeldWithdrawals? = nil) {
        self.limits = limits
        self.held = held
        isRemembered = held != nil
    }

    /// Whether a list is held now; one that an earlier process held counts only when it has been judged anew.
    package var isHolding: Bool { held != nil && !isRemembered }

    /// Whether a key has lost its last file, and it is not known yet whether it goes, or is held for a person.
    package func isUndecided(_ key: IntentKey) -> Bool {
        #if MUTANTS
        if Mutant.vanishedIsWished.isActive { return false }
        #endif
        guard waiting.contains(key) else { return false }
        return approved.contains(key) || !isHolding || held?.keys.contains(key) != true
    }

    /// Notes that a key has lost its last file.
    package mutating func withdrawn(_ key: IntentKey, at uptime: Duration) {
        if waiting.insert(key).inserted, waitingSince == nil { waitingSince = uptime }
    }

    /// Notes that a key is wanted again.
    package mutating func returned(_ key: IntentKey) {
        waiting.remove(key)
        approved.remove(key)
        if waiting.isEmpty { waitingSince = nil }
    }

    /// Notes that the source said something new.
    package mutating func heardNews(at uptime: Duration) { lastNews = max(lastNews, uptime) }

    /// Approves the held list that bears this token, or one intent of it; returns whether there was one.
    package mutating func approve(token: String, only key: IntentKey?) -> Bool {
        guard let held, held.token == token else { return false }
        if let key {
            guard held.keys.contains(key) else { return false }
            approved.insert(key)
        } else {
            approved.formUnion(held.keys)
        }
        return true
    }

    /// When the guard has something to judge; nil when nothing waits.
    package var dueAt: Duration? {
        guard let waitingSince else { return nil }
        return min(lastNews + limits.quiet, waitingSince + limits.longestWait)
    }

    /// Lets through what may go: returns the keys that may be withdrawn now.
    ///
    /// `total` counts the intents, those that wait included; `ending` counts those that were let through and still hold
    /// something.
    package mutating func judge(at uptime: Duration, now: Timestamp, total: Int, ending: Int) -> [IntentKey] {
        #if MUTANTS
        let ending = Mutant.guardForgetsEndings.isActive ? 0 : ending
        if Mutant.guardApprovesItself.isActive { approved = waiting }
        #endif
        // What has come back was approved for nothing, and a list of which nothing waits is no list.
        approved.formIntersection(waiting)
        if waiting.isEmpty { held = nil }
        if held == nil { isRemembered = false }
        guard let due = dueAt, uptime >= due else { return [] }
        isRemembered = false
        let asked = waiting.subtracting(approved)
        let allowed = max(limits.minimum, (total + ending) * limits.percent / 100)
        var passing = waiting.intersection(approved)
        if asked.count + ending <= allowed || asked.isEmpty {
            passing = waiting
            held = nil
        } else {
            let keys = asked.sorted()
            let token = Self.token(of: keys)
            if held?.token != token {
                held = HeldWithdrawals(token: token, keys: keys, since: now, total: total + ending)
            }
        }
        waiting.subtract(passing)
        approved.subtract(passing)
        if waiting.isEmpty {
            waitingSince = nil
            held = nil
        }
        return passing.sorted()
    }

    /// A short name of a list, the same for the same list (FNV-1a, 64 bits).
    static func token(of keys: [IntentKey]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for key in keys {
            for byte in key.rawValue.utf8 + [0] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return String(hash, radix: 36)
    }
}

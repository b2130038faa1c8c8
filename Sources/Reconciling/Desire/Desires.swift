import Intents

/// What is wished for, shared by the source's reports, the guard and the reconciler.
package final class Desires: Sendable {
    private let state: Locked<DesiredState>
    private let books: Books
    private let time: any Timekeeper

    /// Desires that begin with what the ledger last knew.
    package init(stored: [StoredIntent], guardian: DeletionGuard, books: Books, time: any Timekeeper) {
        state = Locked(DesiredState(stored: stored, guardian: guardian))
        self.books = books
        self.time = time
    }

    /// What is wished for a key now; nil when it was withdrawn.
    package func wish(of key: IntentKey) -> Wish? {
        let (found, isVanishing) = state.withLock { state in (state.entries[key], state.guardian.isUndecided(key)) }
        guard let entry = found else { return nil }
        let override = books.override(of: key)
        let spec = entry.stored.intent.spec
        var suspension = override?.suspension ?? spec.suspend
        if let until = suspension?.until, until <= time.now { suspension = nil }
        var pause = override?.pause ?? spec.paused
        if let until = pause?.until, until <= time.now { pause = nil }
        var wish = Wish(
            entry.stored,
            fingerprints: entry.fingerprints,
            suspension: suspension,
            pause: pause,
            staleness: entry.staleness
        )
        wish.isVanishing = isVanishing
        return wish
    }

    /// Takes in a source's report; returns what it changed, to be written down and scheduled.
    package func take(_ report: SourceReport) -> DesiredState.Outcome {
        let (now, uptime) = (time.now, time.uptime)
        return state.withLock { $0.take(report, now: now, uptime: uptime) }
    }

    /// Lets withdrawals through that the guard lets through; `ahead` judges as if so much time had passed quietly.
    package func judge(ahead: Duration = .zero) -> DesiredState.Outcome {
        let (now, uptime) = (time.now, time.uptime + ahead)
        // Asked every tick: where nothing waits to be let through, nobody need count the fleet.
        let known = state.withLock { $0.guardian.waiting.isEmpty ? nil : Set($0.entries.keys) }
        let ending = known.map { known in
            books.keysWithRecords().count { !known.contains($0) && books.holdsSomething($0) }
        }
        var outcome = state.withLock { $0.judge(now: now, uptime: uptime, ending: ending ?? 0) }
        // Who is on the way out has still to be outlived by what it depended on.
        for (key, names) in outcome.farewells.sorted(by: { $0.key < $1.key }) {
            guard books.holdsSomething(key) else {
                hasDeparted(key)
                continue
            }
            var account = books.account(of: key)
            account.memory = AccountMemory()
            account.memory.dependsOn = names
            outcome.writes.append(.account(account))
        }
        return outcome
    }

    /// Notes that nothing is held for a withdrawn intent any more.
    package func hasDeparted(_ key: IntentKey) { state.withLock { $0.hasDeparted(key) } }

    /// Approves withdrawals that are held; returns whether the list is still the one that was shown.
    package func approve(token: String, only key: IntentKey?) -> Bool {
        state.withLock { $0.guardian.approve(token: token, only: key) }
    }

    /// A reading of the whole, for commands and for waiting.
    package func read<Result: Sendable>(_ body: (DesiredState) -> Result) -> Result {
        state.withLock { state in body(state) }
    }
}

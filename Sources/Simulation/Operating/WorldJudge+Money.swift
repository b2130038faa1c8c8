import Intents
import Placement
import Reconciling

extension WorldJudge {
    /// Nothing lives on when its intent has cost more than its total cap, but for what its end takes; `calm` is since when
    /// nothing goes wrong.
    func judgeTotals(_ rows: [AttemptID: AllocationRecord], calm: Duration) {
        let totals = with { $0.lives.totals }
        guard !totals.isEmpty else { return }
        let now = now
        for (name, cap) in totals.sorted(by: { $0.key < $1.key }) {
            let living = alive(rows).filter { $0.intent == name && isOwned($0) }
            let spent = spent(on: name)
            guard !living.isEmpty, spent > cap else {
                with { $0.lives.overSince[name] = nil }
                continue
            }
            let since = with { state in
                let since = state.lives.overSince[name] ?? now
                state.lives.overSince[name] = since
                return since
            }
            guard now - max(since, calm) > Self.longestEnd else { continue }
            blame(.withinCaps, "\(name) has cost \(spent) of \(cap), and \(Self.names(living)) live")
        }
    }

    /// What an intent has cost by the platforms' books, but for what a platform denies.
    func spent(on name: String) -> Money {
        let moment = clock.timestamp
        let opened = with { $0.opened }
        return Self.platforms.reduce(.zero) { sum, platform in
            let purchases = world.withState { $0.withEstate(of: platform, at: moment) { $0.purchases } } ?? []
            return purchases.reduce(sum) { sum, purchase in
                guard let attempt = purchase.attempt, opened[attempt]?.key == name, !purchase.isDenied else {
                    return sum
                }
                return sum + purchase.cost(at: moment)
            }
        }
    }

    /// Nothing is begun for an intent whose total cap is used up.
    func judgeTotal(of record: AllocationRecord) {
        let name = record.key.rawValue
        guard let cap = with({ $0.lives.totals[name] }) else { return }
        count("other totals judged")
        let spent = spent(on: name)
        if spent >= cap {
            blame(.withinCaps, "attempt \(record.attempt.short) begins, and \(name) has cost \(spent) of \(cap)")
        }
    }
}

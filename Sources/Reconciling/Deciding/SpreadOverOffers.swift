import Intents
import Placement

/// What slots are to be bought on, in the order in which they are filled.
struct Lot {
    /// The offers of one platform, best first.
    var candidates: [Candidate]
    /// The offers that are used, each with how many slots; nil where one allocation carries all of them.
    var spread: Spread?
    /// The slots that are empty.
    var slots: [Int]

    /// What it costs in an hour to fill as many slots as can be filled.
    var hourly: Money { spread?.hourly ?? candidates.first?.hourlyPerAllocation ?? .zero }
}

extension Deliberation {
    /// Where empty slots are to be filled: on the best platform that holds all of them, else on the one that holds most.
    ///
    /// `empty` gives the empty ones of so many slots. An offer that is too dear for all slots can still take those that
    /// cheaper ones do not hold.
    func lot(_ candidates: [Candidate], _ market: Market, wanted: Int, empty: (Int) -> [Int]) -> Lot? {
        var best: Lot?
        var seen: Set<PlatformName> = []
        for candidate in candidates where seen.insert(candidate.offer.platform).inserted {
            let platform = candidate.offer.platform
            let own = candidates.filter { $0.offer.platform == platform }
            guard situation.platforms[platform]?.traits.carries != .intent else {
                let whole = Lot(candidates: own, spread: nil, slots: empty(candidate.allocations))
                if best == nil || !homesAreFixed { return whole }
                continue
            }
            let lot = spread(own, on: platform, market, empty(wanted))
            if lot.spread?.isComplete == true { return lot }
            if (lot.spread?.filled ?? 0) > (best?.spread?.filled ?? -1) { best = lot }
        }
        return best
    }

    /// Whether an intent holds something and stays on its platform.
    private var homesAreFixed: Bool { !counted.isEmpty }

    /// The offers of a platform over which slots are spread.
    private func spread(_ own: [Candidate], on platform: PlatformName, _ market: Market, _ slots: [Int]) -> Lot {
        let budget = spec?.constraints.maxHourlyCost.map { $0 - countedHourly - plannedHourly }
        func spread(_ candidates: [Candidate]) -> Spread {
            Spread(over: candidates.map { .init($0, room: room(of: $0)) }, slots: slots.count, budget: budget)
        }
        let narrow = Lot(candidates: own, spread: spread(own), slots: slots)
        guard narrow.spread?.isComplete == false, let spec else { return narrow }
        let wide = leavingToOthers(
            heedingLosses(market.spreadable(spec, on: platform, resting: situation.resting, now: now))
                .filter { !comesTooLate($0, spec) }
        )
        let wider = Lot(candidates: wide, spread: spread(wide), slots: slots)
        return (wider.spread?.filled ?? 0) > (narrow.spread?.filled ?? 0) ? wider : narrow
    }

    /// A reason with how the slots are spread over several offers, where they are.
    func withSpread(_ reason: String) -> String {
        let base = reason.beforeSpread
        guard isSpread else { return base }
        let replaced = Set(records.compactMap(\.replaces))
        var slots: [String: Set<Int>] = [:]
        for record in counted where record.phase != .ending && !replaced.contains(record.attempt) {
            slots[record.purchase.offer.name, default: []].insert(record.slot)
        }
        for case .provision(let slot, let candidate, nil) in steps {
            slots[candidate.offer.id.name, default: []].insert(slot)
        }
        guard slots.count > 1 else { return base }
        let parts = slots.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        return base + String.spreadMark + parts.map { "\($0.value.count) on \($0.key)" }.joined(separator: ", ")
    }

    /// Whether the rows and the steps are of more than one offer; nearly always they are not.
    private var isSpread: Bool {
        var first: String?
        for record in counted {
            if let first, first != record.purchase.offer.name { return true }
            first = record.purchase.offer.name
        }
        return steps.contains { step in
            guard case .provision(_, let candidate, nil) = step else { return false }
            defer { first = candidate.offer.id.name }
            return first != nil && first != candidate.offer.id.name
        }
    }
}

extension String {
    /// What stands before the spread in a reason.
    fileprivate static let spreadMark = "; slots: "

    /// A reason without the spread that it was shown with before.
    fileprivate var beforeSpread: String {
        let (text, mark) = (utf8, Self.spreadMark.utf8)
        var start = text.startIndex
        while let found = text[start...].firstIndex(of: mark[mark.startIndex]) {
            if text[found...].starts(with: mark) { return String(self[..<found]) }
            start = text.index(after: found)
        }
        return self
    }
}

extension Board {
    /// The most claims of one level whose order is worked out anew after each grant; more are taken in their first order.
    private static let orderedAnew = 512

    /// Grants what can be granted: the highest priority first, and in it whoever would lose most by its second choice.
    mutating func fill() {
        for level in 0...(levels.max() ?? 0) {
            var waiting = choices.indices.filter { levels[$0] == level && chosen[$0] == nil }
            guard waiting.count <= Self.orderedAnew else {
                let regrets = waiting.map(regret)
                let order = waiting.indices.sorted { (regrets[$1], $0) < (regrets[$0], $1) }
                for place in order { give(waiting[place]) }
                continue
            }
            while let next = mostRegretful(waiting) {
                give(waiting.remove(at: next))
            }
        }
    }

    /// Grants one claim, others moving where they must.
    private mutating func give(_ claim: Int) {
        if let option = firstFitting(claim) {
            grant(claim, option)
        } else {
            makeRoom(for: claim)
        }
    }

    /// Where in the list the claim stands that would lose most by waiting; nil for an empty list.
    private func mostRegretful(_ waiting: [Int]) -> Int? {
        var best: (place: Int, regret: Int64)?
        for (place, claim) in waiting.enumerated() {
            let regret = regret(claim)
            if best.map({ regret > $0.regret }) ?? true { best = (place, regret) }
        }
        return best?.place
    }

    /// How much worse the second way is that is left to a claim; most where there is only one, least where there is none.
    func regret(_ claim: Int) -> Int64 {
        guard let first = firstFitting(claim) else { return -1 }
        let taken = Set(choices[claim][first].uses.map(\.offer))
        let second = choices[claim].indices.first { option in
            option > first && fits(choices[claim][option])
                && choices[claim][option].uses.allSatisfy { !taken.contains($0.offer) }
        }
        return second.map { choices[claim][$0].cost - choices[claim][first].cost } ?? .max
    }
}

extension Board {
    /// How many moves one claim may set off, one after the other.
    private static let chain = 4
    /// How many moves are tried for one claim at the most.
    private static let moves = 4000

    /// Grants a claim for which nothing is left by moving others to other ways; nobody goes away empty for it.
    @discardableResult
    mutating func makeRoom(for claim: Int) -> Bool {
        var budget = Self.moves
        return settle(claim, moved: [claim], depth: Self.chain, &budget)
    }

    private mutating func settle(_ claim: Int, moved: Set<Int>, depth: Int, _ budget: inout Int) -> Bool {
        if let option = firstFitting(claim) {
            grant(claim, option)
            return true
        }
        guard depth > 0 else { return false }
        for option in choices[claim].indices {
            let before = self
            if clear(choices[claim][option], moved: moved, depth: depth, &budget) {
                grant(claim, option)
                return true
            }
            self = before
            guard budget > 0 else { return false }
        }
        return false
    }

    /// Moves holders away until a way fits.
    private mutating func clear(_ choice: Choice, moved: Set<Int>, depth: Int, _ budget: inout Int) -> Bool {
        for use in choice.uses {
            var tried = moved
            while left[use.offer] < use.gpus {
                // Who is less important moves first.
                let movable = holders[use.offer].subtracting(tried)
                guard let holder = movable.max(by: { (levels[$0], $1) < (levels[$1], $0) }) else { return false }
                budget -= 1
                guard budget > 0 else { return false }
                tried.insert(holder)
                let before = self
                revoke(holder)
                // What is to be given away must not be taken again by the one that makes room.
                withhold(choice)
                let isSettled = settle(holder, moved: tried, depth: depth - 1, &budget)
                release(choice)
                if !isSettled || left[use.offer] < before.left[use.offer] { self = before }
            }
        }
        return fits(choice)
    }

}

extension Board {
    /// How often all claims are gone through for a better way.
    private static let passes = 20

    /// Lets claims take better ways: one that has become free, or one that another claim can leave at a smaller loss.
    mutating func improve() {
        for _ in 0..<Self.passes {
            var hasChanged = false
            for claim in choices.indices where chosen[claim] != nil {
                while improve(claim) { hasChanged = true }
            }
            guard hasChanged else { return }
        }
    }

    /// Takes one better way for a claim; returns whether there was one.
    private mutating func improve(_ claim: Int) -> Bool {
        guard let present = chosen[claim], present > 0 else { return false }
        let before = self
        revoke(claim)
        for option in 0..<present {
            if fits(choices[claim][option]) {
                grant(claim, option)
                if choices[claim][option].cost < choices[claim][present].cost { return true }
                revoke(claim)
                continue
            }
            if trade(claim, option, instead: present) { return true }
        }
        self = before
        return false
    }

    /// Takes a way that one other claim leaves, where both together are better off.
    private mutating func trade(_ claim: Int, _ option: Int, instead present: Int) -> Bool {
        let choice = choices[claim][option]
        let gain = choices[claim][present].cost - choice.cost
        guard gain > 0 else { return false }
        let rivals = choice.uses.filter { left[$0.offer] < $0.gpus }.reduce(into: Set<Int>()) {
            $0.formUnion(holders[$1.offer])
        }
        for rival in rivals.sorted() where levels[rival] >= levels[claim] {
            guard let held = revoke(rival) else { continue }
            if fits(choice) {
                grant(claim, option)
                if let other = firstFitting(rival) {
                    let loss = choices[rival][other].cost - choices[rival][held].cost
                    if levels[rival] > levels[claim] || loss < gain {
                        grant(rival, other)
                        return true
                    }
                }
                revoke(claim)
            }
            grant(rival, held)
        }
        return false
    }
}

extension Board {
    /// The most claims for which every way is tried.
    static let exhaustible = 8
    /// How many tables are looked at before the best one so far must do.
    static let tables = 400_000
    /// The same for one neighbourhood of a larger table.
    private static let tablesNearby = 3000

    /// The best table of all; what stands on this one is the one to beat.
    func exhausted(tables: Int = Board.tables) -> Board {
        var search = Exhaustion(best: self, tables: tables)
        var empty = self
        for claim in choices.indices { empty.revoke(claim) }
        search.order = choices.indices.sorted {
            (levels[$0], choices[$0].count, $0) < (levels[$1], choices[$1].count, $1)
        }
        search.try(empty, from: 0)
        return search.best
    }

    /// Makes the best of each neighbourhood: a claim that could be better off, with those that stand in its way.
    mutating func refine() {
        let places = choices.indices.filter { chosen[$0] == nil } + choices.indices.filter { chosen[$0] ?? 0 > 0 }
        for claim in places where chosen[claim] != 0 { refine(around: claim) }
    }

    private mutating func refine(around claim: Int) {
        var group = [claim]
        for place in 0..<Self.exhaustible where place < group.count && group.count < Self.exhaustible {
            let options = choices[group[place]].prefix(chosen[group[place]] ?? .max)
            let near = options.flatMap(\.uses).reduce(into: Set<Int>()) { $0.formUnion(holders[$1.offer]) }
            // Who is less important is the more likely to move.
            let rest = near.subtracting(group).sorted { (levels[$1], $0) < (levels[$0], $1) }
            group += rest.prefix(Self.exhaustible - group.count)
        }
        guard group.count > 1 else { return }
        var small = Board(choices: group.map { choices[$0] }, levels: group.map { levels[$0] }, capacities: left)
        for (place, member) in group.enumerated() {
            guard let option = chosen[member] else { continue }
            small.release(choices[member][option])
            small.grant(place, option)
        }
        let better = small.exhausted(tables: Self.tablesNearby)
        guard better.score < small.score else { return }
        for member in group { revoke(member) }
        for (place, member) in group.enumerated() {
            if let option = better.chosen[place] { grant(member, option) }
        }
    }
}

/// A walk through every table that could still be better than the best one known.
private struct Exhaustion {
    /// The best one so far.
    var best: Board
    /// How many more may be looked at.
    var tables: Int
    /// The claims, the most important first.
    var order: [Int] = []
    private var bestScore: Score

    init(best: Board, tables: Int) {
        self.best = best
        self.tables = tables
        bestScore = best.score
    }

    /// Tries every way for the claims from a place of the order on.
    mutating func `try`(_ board: Board, from place: Int) {
        tables -= 1
        guard tables > 0, bound(board, from: place) < bestScore else { return }
        guard place < order.count else {
            best = board
            bestScore = board.score
            return
        }
        let claim = order[place]
        for option in board.choices[claim].indices where board.fits(board.choices[claim][option]) {
            var next = board
            next.grant(claim, option)
            self.try(next, from: place + 1)
        }
        self.try(board, from: place + 1)
    }

    /// The best that could become of a table: everyone who is still to come gets the best way that is left.
    private func bound(_ board: Board, from place: Int) -> Score {
        var score = Score(levels: (board.levels.max() ?? -1) + 1)
        for (position, claim) in order.enumerated() {
            let option = position < place ? board.chosen[claim] : board.firstFitting(claim)
            score.add(board.levels[claim], option.map { board.choices[claim][$0].cost })
        }
        return score
    }
}

/// Claims on a table: what each has been given, and what is left of every offer.
///
/// Claims and offers are numbers here. A claim's level counts the priorities from the highest one down.
struct Board: Sendable {
    /// A way to grant a claim.
    struct Choice: Sendable {
        /// Which offers, and how many GPUs of each.
        var uses: [(offer: Int, gpus: Int)]
        /// What it costs.
        var cost: Int64
    }

    /// The ways to grant each claim, best first.
    let choices: [[Choice]]
    /// The level of each claim; 0 is the highest priority.
    let levels: [Int]
    /// How many GPUs are left of each offer.
    private(set) var left: [Int]
    /// Which way each claim was granted; nil where it was not.
    private(set) var chosen: [Int?]
    /// The claims that hold something of each offer.
    private(set) var holders: [Set<Int>]

    /// An empty table.
    init(choices: [[Choice]], levels: [Int], capacities: [Int]) {
        self.choices = choices
        self.levels = levels
        left = capacities
        chosen = Array(repeating: nil, count: choices.count)
        holders = Array(repeating: [], count: capacities.count)
    }

    /// Whether what a way takes is left.
    func fits(_ choice: Choice) -> Bool { choice.uses.allSatisfy { left[$0.offer] >= $0.gpus } }

    /// The best way of a claim for which enough is left, of those before `limit`.
    func firstFitting(_ claim: Int, before limit: Int = .max) -> Int? {
        choices[claim].indices.first { $0 < limit && fits(choices[claim][$0]) }
    }

    /// Grants a claim in a way.
    mutating func grant(_ claim: Int, _ option: Int) {
        chosen[claim] = option
        for use in choices[claim][option].uses {
            left[use.offer] -= use.gpus
            holders[use.offer].insert(claim)
        }
    }

    /// Takes back what a claim was given; returns the way.
    @discardableResult
    mutating func revoke(_ claim: Int) -> Int? {
        guard let option = chosen[claim] else { return nil }
        chosen[claim] = nil
        for use in choices[claim][option].uses {
            left[use.offer] += use.gpus
            holders[use.offer].remove(claim)
        }
        return option
    }

    /// Keeps what a way takes from everybody; what is left may fall below nothing.
    mutating func withhold(_ choice: Choice) { for use in choice.uses { left[use.offer] -= use.gpus } }

    /// Gives back what was withheld.
    mutating func release(_ choice: Choice) { for use in choice.uses { left[use.offer] += use.gpus } }

    /// What a claim costs as it was granted.
    func cost(_ claim: Int) -> Int64 { chosen[claim].map { choices[claim][$0].cost } ?? 0 }

    /// How good the table is.
    var score: Score {
        var score = Score(levels: (levels.max() ?? -1) + 1)
        for claim in choices.indices { score.add(levels[claim], chosen[claim].map { choices[claim][$0].cost }) }
        return score
    }
}

/// How good a table of claims is; the lesser is the better.
///
/// First nobody of the highest priority goes away empty, then of the next, and so on; then the highest priority pays
/// least, then the next. So nobody is left empty for another one's better price, and nobody pays for a lower priority
/// unless it would go away empty.
struct Score: Comparable, Sendable {
    /// How many claims of each level were not granted.
    private(set) var empty: [Int]
    /// What the granted claims of each level cost.
    private(set) var costs: [Int64]

    /// A table without claims.
    init(levels: Int) {
        empty = Array(repeating: 0, count: levels)
        costs = Array(repeating: 0, count: levels)
    }

    /// Adds a claim with its cost; nil where it was not granted.
    mutating func add(_ level: Int, _ cost: Int64?) {
        guard let cost else {
            empty[level] += 1
            return
        }
        let (sum, overflow) = costs[level].addingReportingOverflow(cost)
        costs[level] = overflow ? .max : sum
    }

    static func < (left: Self, right: Self) -> Bool {
        left.empty == right.empty
            ? left.costs.lexicographicallyPrecedes(right.costs) : left.empty.lexicographicallyPrecedes(right.empty)
    }
}

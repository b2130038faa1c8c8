import Intents
import Testing

@testable import Placement

/// Who gets what of offers that are not enough for everybody.
@Suite struct AssignmentTests {
    private static func id(_ name: String) -> Offer.ID { Offer.ID(platform: .flexai, name: name) }

    /// A claim for single GPUs: offers with their costs, best first.
    private static func claim(_ name: String, priority: Int = 0, _ ways: [(String, Int64)], gpus: Int = 1) -> Claim {
        Claim(
            name: name,
            priority: priority,
            options: ways.map { Claim.Option([.init(id($0), slots: 1, gpus: gpus)], cost: $1) }
        )
    }

    private static func table(_ assignment: Assignment) -> [String: String] {
        assignment.granted.mapValues { $0.uses.map(\.offer.name).joined(separator: "+") }
    }

    private static func capacities(_ numbers: [String: Int]) -> [Offer.ID: Int] {
        Dictionary(uniqueKeysWithValues: numbers.map { (id($0), $1) })
    }

    @Test("enough for everybody: each gets its best, and nothing is contested")
    func plenty() {
        let claims = ["a", "b", "c"].map { Self.claim($0, [("cheap", 1), ("dear", 5)]) }
        let assignment = Assignment(claims, capacities: Self.capacities(["cheap": 3]))
        #expect(Self.table(assignment) == ["a": "cheap", "b": "cheap", "c": "cheap"])
        #expect(assignment.contested.isEmpty)
    }

    @Test("the last one goes to the higher priority, else to whoever would lose more, else by name")
    func order() {
        for (priorities, seconds, winner) in [
            ([0, 0], [5, 9], "b"), ([1, 0], [5, 9], "a"), ([0, 0], [5, 5], "a"), ([0, 7], [9, 5], "b"),
            ([-1, 0], [9, 5], "b"),
        ] as [([Int], [Int64], String)] {
            let claims = [
                Self.claim("a", priority: priorities[0], [("last", 1), ("other", seconds[0])]),
                Self.claim("b", priority: priorities[1], [("last", 1), ("other", seconds[1])]),
            ]
            let assignment = Assignment(claims, capacities: Self.capacities(["last": 1]))
            #expect(Self.table(assignment)[winner] == "last", "\(priorities) \(seconds)")
            #expect(assignment.granted.count == 2)
            #expect(assignment.contested == [Self.id("last")])
            #expect(assignment.holders[Self.id("last")] == [winner])
        }
    }

    @Test("nobody goes away empty who need not, even where the others pay more for it")
    func feasible() {
        // The greedy order gives x to a, which b alone needs; and so on along a chain of three.
        let claims = [
            Self.claim("a", [("x", 1), ("y", 2)]), Self.claim("b", [("y", 1), ("z", 2)]), Self.claim("c", [("x", 1)]),
        ]
        let assignment = Assignment(claims, capacities: Self.capacities(["x": 1, "y": 1, "z": 1]))
        #expect(Self.table(assignment) == ["a": "y", "b": "z", "c": "x"])
        var urgent = claims
        urgent[0].priority = 5
        #expect(Assignment(urgent, capacities: Self.capacities(["x": 1, "y": 1, "z": 1])).granted.count == 3)
        let none = Assignment(urgent, capacities: Self.capacities(["x": 1, "y": 0, "z": 0]))
        #expect(Self.table(none) == ["a": "x"], "what is not enough goes to the more important one")
    }

    @Test("what takes several GPUs, or parts of several offers, is granted whole or not at all")
    func several() {
        let both = Claim.Option(
            [.init(Self.id("x"), slots: 1, gpus: 2), .init(Self.id("y"), slots: 1, gpus: 2)],
            cost: 4
        )
        let claims = [Claim(name: "wide", priority: 1, options: [both]), Self.claim("small", [("x", 1), ("z", 9)])]
        for (x, expected) in [
            (3, ["small": "x", "wide": "x+y"]), (2, ["small": "z", "wide": "x+y"]), (1, ["small": "x"]),
        ] {
            let assignment = Assignment(claims, capacities: Self.capacities(["x": x, "y": 2, "z": 1]))
            #expect(Self.table(assignment) == expected, "\(x)")
        }
    }

    @Test("no claims, and claims without a way, give nothing and harm nobody")
    func nothing() {
        #expect(Assignment([], capacities: [:]).granted.isEmpty)
        let assignment = Assignment(
            [Claim(name: "a", options: []), Self.claim("b", [("x", 1)])],
            capacities: Self.capacities(["x": 0])
        )
        #expect(assignment.granted.isEmpty)
    }

    @Test("random cases of up to eight intents: as many are placed as can be, at the lowest cost")
    func againstEveryTable() {
        var dice = DirectoryDice(seed: 4711)
        var (ours, best) = (Int64(0), Int64(0))
        for round in 0..<400 {
            let (claims, capacities) = dice.directory(intents: 2 + round % 7, priorities: round % 3 == 0 ? 3 : 1)
            let assignment = Assignment(claims, capacities: capacities)
            #expect(isWithin(assignment, claims, capacities), "round \(round)")
            let found = score(claims) { assignment.granted[$0]?.cost }
            let optimum = Everything(claims, capacities).best
            #expect(!(optimum < found), "round \(round): \(found) is worse than \(optimum)")
            if optimum.empty.allSatisfy({ $0 == 0 }) {
                #expect(assignment.granted.count == claims.count, "round \(round)")
            }
            ours += found.costs.reduce(0, +)
            best += optimum.costs.reduce(0, +)
        }
        #expect(Double(ours) <= Double(best) * 1.02, "\(ours) of \(best)")
    }

    @Test("directories of twelve, too many for every table, come within 2 % of the best one")
    func withoutExhaustion() {
        var dice = DirectoryDice(seed: 815)
        var (ours, best, empty) = (Int64(0), Int64(0), 0)
        for _ in 0..<40 {
            let (claims, capacities) = dice.directory(intents: 12, priorities: 1, offers: 6)
            var board = Board.standing(claims, capacities)
            board.fill()
            board.improve()
            board.refine()
            board.improve()
            let optimum = board.exhausted(tables: 300_000).score
            empty += board.score.empty.reduce(0, +) - optimum.empty.reduce(0, +)
            guard board.score.empty == optimum.empty else { continue }
            ours += board.score.costs.reduce(0, +)
            best += optimum.costs.reduce(0, +)
        }
        #expect(Double(ours) <= Double(best) * 1.02, "\(ours) of \(best)")
        #expect(empty <= 1, "\(empty) more than need be go away empty")
    }

    @Test("the order of the claims does not matter, and five hundred of them are done in a moment")
    func many() {
        var dice = DirectoryDice(seed: 3)
        let (claims, capacities) = dice.directory(intents: 500, priorities: 4, offers: 60)
        let clock = ContinuousClock()
        let start = clock.now
        let first = Assignment(claims, capacities: capacities)
        #expect(clock.now - start < .seconds(20))
        #expect(Self.table(first) == Self.table(Assignment(claims.reversed(), capacities: capacities)))
        #expect(isWithin(first, claims, capacities))
    }

    /// Whether nothing is given twice.
    private func isWithin(_ assignment: Assignment, _ claims: [Claim], _ capacities: [Offer.ID: Int]) -> Bool {
        var left = capacities
        for use in assignment.granted.values.flatMap(\.uses) {
            guard let free = left[use.offer] else { continue }
            guard free >= use.gpus else { return false }
            left[use.offer] = free - use.gpus
        }
        let options = Dictionary(uniqueKeysWithValues: claims.map { ($0.name, Set($0.options)) })
        return assignment.granted.allSatisfy { options[$0]?.contains($1) == true }
    }

    private func score(_ claims: [Claim], _ cost: (String) -> Int64?) -> Score {
        let priorities = Set(claims.map(\.priority)).sorted(by: >)
        var score = Score(levels: priorities.count)
        for claim in claims { score.add(priorities.firstIndex(of: claim.priority) ?? 0, cost(claim.name)) }
        return score
    }
}

/// Every table there is, one after the other: the yardstick.
private struct Everything {
    private(set) var best: Score
    private let claims: [Claim]
    private let levels: [Int]

    init(_ claims: [Claim], _ capacities: [Offer.ID: Int]) {
        self.claims = claims
        let priorities = Set(claims.map(\.priority)).sorted(by: >)
        levels = claims.map { priorities.firstIndex(of: $0.priority) ?? 0 }
        best = Score(levels: priorities.count)
        for level in levels { best.add(level, nil) }
        visit(0, capacities, Score(levels: priorities.count))
    }

    private mutating func visit(_ place: Int, _ left: [Offer.ID: Int], _ score: Score) {
        guard place < claims.count else {
            if score < best { best = score }
            return
        }
        // Nothing that is still to come makes a table better again in what it has lost already.
        for option in claims[place].options {
            var rest = left
            var fits = true
            for use in option.uses {
                guard let free = rest[use.offer] else { continue }
                rest[use.offer] = free - use.gpus
                fits = fits && free >= use.gpus
            }
            guard fits else { continue }
            var next = score
            next.add(levels[place], option.cost)
            visit(place + 1, rest, next)
        }
        var without = score
        without.add(levels[place], nil)
        visit(place + 1, left, without)
    }
}

extension Board {
    /// An empty table of claims of one priority.
    fileprivate static func standing(_ claims: [Claim], _ capacities: [Offer.ID: Int]) -> Board {
        let offers = capacities.keys.sorted()
        let numbers = Dictionary(uniqueKeysWithValues: offers.enumerated().map { ($1, $0) })
        return Board(
            choices: claims.map { claim in
                claim.options.map { option in
                    Board.Choice(
                        uses: option.uses.compactMap { use in numbers[use.offer].map { ($0, use.gpus) } },
                        cost: option.cost
                    )
                }
            },
            levels: claims.map { _ in 0 },
            capacities: offers.map { capacities[$0] ?? 0 }
        )
    }
}

/// Throws directories.
private struct DirectoryDice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func one(_ range: ClosedRange<Int>) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return range.lowerBound + Int((state >> 33) % UInt64(range.count))
    }

    /// Intents that want some of a few scarce offers, and a few of them one that holds everybody.
    mutating func directory(intents: Int, priorities: Int, offers: Int = 4) -> ([Claim], [Offer.ID: Int]) {
        let names = (0..<offers).map { Offer.ID(platform: .flexai, name: "offer-\($0)") }
        let capacities = Dictionary(uniqueKeysWithValues: names.map { ($0, one(0...4)) })
        let claims = (0..<intents).map { number in
            var options: [Claim.Option] = []
            for _ in 0..<one(1...3) {
                let (first, gpus) = (names[one(0...offers - 1)], one(1...2))
                var uses = [Claim.Option.Use(first, slots: 1, gpus: gpus)]
                let second = names[one(0...offers - 1)]
                if one(0...4) == 0, second != first { uses.append(.init(second, slots: 1, gpus: gpus)) }
                options.append(Claim.Option(uses, cost: Int64(one(100...400) * gpus)))
            }
            if one(0...3) == 0 {
                options.append(
                    Claim.Option([.init(Offer.ID(platform: .flexai, name: "endless"), slots: 1, gpus: 1)], cost: 900)
                )
            }
            return Claim(
                name: "intent-\(number)",
                priority: one(0...priorities - 1),
                options: options.sorted { $0.cost < $1.cost }
            )
        }
        return (claims, capacities)
    }
}

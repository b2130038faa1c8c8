/// What many histories came to, added up.
package struct WorldTally: Sendable {
    /// How many histories were played.
    package private(set) var histories = 0
    /// How many processes were killed in them.
    package private(set) var kills = 0
    /// How many allocations were bought.
    package private(set) var purchases = 0
    /// How many paid calls were made.
    package private(set) var paidCalls = 0
    /// How many writes became durable.
    package private(set) var writes = 0
    /// How many jobs ran.
    package private(set) var steps = 0
    /// The most calls to one platform in one minute.
    package private(set) var mostCalls = 0
    /// How often each kind of fault befell a call.
    package private(set) var faults: [FaultKind: Int] = [:]
    /// How often something came about, by its name.
    package private(set) var counts: [String: Int] = [:]
    /// How many histories broke each promise.
    package private(set) var broken: [WorldPromise: Int] = [:]

    /// Nothing yet.
    package init() {}

    /// Adds a verdict.
    package mutating func add(_ verdict: WorldVerdict) {
        histories += 1
        kills += verdict.kills
        purchases += verdict.purchases
        paidCalls += verdict.paidCalls
        writes += verdict.writes
        steps += verdict.steps
        mostCalls = max(mostCalls, verdict.mostCalls)
        faults.merge(verdict.faults, uniquingKeysWith: +)
        counts.merge(verdict.tally, uniquingKeysWith: +)
        for promise in Set(verdict.breaches.map(\.promise)) { broken[promise, default: 0] += 1 }
    }

    /// Adds what others came to.
    package mutating func add(_ other: WorldTally) {
        histories += other.histories
        kills += other.kills
        purchases += other.purchases
        paidCalls += other.paidCalls
        writes += other.writes
        steps += other.steps
        mostCalls = max(mostCalls, other.mostCalls)
        faults.merge(other.faults, uniquingKeysWith: +)
        counts.merge(other.counts, uniquingKeysWith: +)
        broken.merge(other.broken, uniquingKeysWith: +)
    }

    /// The counts whose names begin with a word, without that word, sorted by name.
    package func counts(of word: String) -> [(name: String, count: Int)] {
        counts.filter { $0.key.hasPrefix(word + " ") }.map { (String($0.key.dropFirst(word.count + 1)), $0.value) }
            .sorted { $0.0 < $1.0 }
    }
}

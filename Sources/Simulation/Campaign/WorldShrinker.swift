/// Finds a short history among the lines of a long one: drops whatever is not needed for the failure to stay.
package struct WorldShrinker: Sendable {
    /// The most histories that are tried.
    private let patience: Int

    /// A shrinker that tries at most so many histories.
    package init(patience: Int = 300) { self.patience = patience }

    /// What came of shrinking.
    package struct Outcome: Sendable {
        /// The places of the lines that are needed.
        package let kept: [Int]
        /// How many histories were tried.
        package let tries: Int
    }

    /// The fewest of `count` lines that were found to fail, by halves, quarters, and so on down to single lines, over
    /// and over until none can be spared.
    package func shrink(_ count: Int, fails: ([Int]) -> Bool) -> Outcome {
        var kept = Array(0..<count)
        var tries = 0
        var size = max(1, count / 2)
        while tries < patience {
            var isShorter = false
            var start = 0
            while start < kept.count, tries < patience {
                let end = min(start + size, kept.count)
                let fewer = Array(kept[..<start] + kept[end...])
                tries += 1
                if fails(fewer) {
                    kept = fewer
                    isShorter = true
                } else {
                    start = end
                }
            }
            if size > 1 {
                size = max(1, size / 2)
            } else if !isShorter {
                break
            }
        }
        return Outcome(kept: kept, tries: tries)
    }
}

extension WorldTrial {
    /// The shortest history that still breaks one of the promises that this one breaks, for the same intent.
    package func shrunk(_ verdict: WorldVerdict, by shrinker: WorldShrinker = WorldShrinker()) -> WorldTrial {
        let places = plan.kept ?? Array(WorldRun(seed: seed, plan: plan).history.entries.indices)
        func trial(_ kept: [Int]) -> WorldTrial {
            var shorter = plan
            shorter.kept = kept.map { places[$0] }
            return WorldTrial(seed: seed, plan: shorter)
        }
        let outcome = shrinker.shrink(places.count) { kept in
            trial(kept).play().breaches.contains { found in verdict.breaches.contains { $0.resembles(found) } }
        }
        return trial(outcome.kept)
    }

    /// The arguments that repeat it.
    package var arguments: String {
        let lines = plan.kept.map { " --keep \(Self.text($0))" } ?? ""
        return "--seed \(seed) --variant \(plan.variant.rawValue)\(lines)"
    }

    /// Numbers as text, neighbours as ranges: `0,3,7-9`.
    package static func text(_ numbers: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for number in numbers.sorted() {
            if let last = ranges.last, number <= last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, number)
            } else {
                ranges.append(number...number)
            }
        }
        guard !ranges.isEmpty else { return "none" }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ",")
    }

    /// The numbers of a text; nil where it is no list of them.
    package static func numbers(_ text: String) -> [Int]? {
        if text == "none" { return [] }
        var numbers: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
                first >= 0, last < 100_000
            else { return nil }
            numbers += first...last
        }
        return numbers
    }
}

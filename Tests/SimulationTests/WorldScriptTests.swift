import Intents
import Placement
import Reconciling
import Testing

@testable import Simulation

/// Histories are drawn from seeds: eventful, different, and such that convergence can be asked for at their end.
@Suite struct WorldScriptTests {
    private static let quietFrom = Duration.seconds(720)

    private static func history(_ seed: UInt64, _ variant: WorldVariant = .listing) -> WorldHistory {
        WorldHistory(
            WorldScript(seed: seed, variant: variant, from: .seconds(120), quietFrom: quietFrom).entries
        )
    }

    @Test func aSeedDrawsOneHistory() {
        #expect(Self.history(1).entries == Self.history(1).entries)
        #expect(Self.history(1).entries != Self.history(2).entries)
    }

    @Test func everythingComesAbout() {
        var words = Set<String>()
        var faults = Set<FaultKind>()
        for seed in 0..<200 {
            for entry in Self.history(UInt64(seed)).entries {
                words.insert(entry.edit.word)
                if case .fault(_, let kind, _) = entry.edit { faults.insert(kind) }
            }
        }
        let all = [
            "write", "ask", "fault", "slowness", "preempted", "lost", "price", "sold out", "no credit", "stranger",
            "kill", "drain", "lost lock", "invalid file", "unreadable source", "source shows old files",
            "source shows half files", "source shows nothing", "full disk", "clock jump", "slow way",
            "frozen process", "without flexai", "without flare", "another account of flexai",
            "another account of flare", "other quota", "keys ignored", "no bound of listings",
            "approval above a price", "every withdrawal held", "unsure disk",
        ]
        #expect(words == Set(all + WorldRelease.allCases.map { "release: \($0.rawValue)" }))
        #expect(faults == Set(FaultKind.allCases))
    }

    @Test(arguments: 0..<60) func everythingEndsBeforeTheQuiet(_ seed: Int) {
        let history = Self.history(UInt64(seed))
        for entry in history.entries {
            #expect(entry.at <= Self.quietFrom)
            guard let until = entry.until, until > Self.quietFrom else { continue }
            #expect(history.outage(beyond: Self.quietFrom) != nil, "but for one platform that is out")
            #expect(until == Self.quietFrom + .seconds(680))
        }
        #expect(history.entries.count { $0.until.map { $0 > Self.quietFrom } ?? false } <= 1)
    }

    @Test(arguments: 0..<60) func liesAreShortAndRare(_ seed: Int) {
        for platform in WorldJudge.platforms {
            let lies = Self.history(UInt64(seed)).entries.filter { entry in
                guard case .fault(platform, let kind, _) = entry.edit else { return false }
                return kind == .emptyListing || kind == .partialListing || kind == .wrongNotFound
            }
            for (first, second) in zip(lies, lies.dropFirst()) { #expect(second.at - first.at >= .seconds(240)) }
            for lie in lies {
                guard case .fault(_, let kind, _) = lie.edit, let until = lie.until else { continue }
                #expect(until - lie.at <= (kind == .wrongNotFound ? .seconds(110) : .seconds(20)))
            }
        }
    }

    @Test(arguments: 0..<60) func nothingStaysPaused(_ seed: Int) {
        var files: [String: [WorldWish]] = [:]
        for entry in Self.history(UInt64(seed)).entries {
            if case .write(let file, let wishes) = entry.edit { files[file] = wishes }
        }
        #expect(files.values.joined().allSatisfy { !$0.isPaused })
        #expect(Set(files.values.joined().map(\.name)).count <= 20)
    }

    @Test func linesCanBeLeftOut() {
        let history = Self.history(3)
        let kept = history.keeping([9, 0, 4, 100_000])
        #expect(kept.entries == [history.entries[0], history.entries[4], history.entries[9]])
        #expect(history.withoutFaults.entries.allSatisfy { $0.edit.isWish })
        #expect(history.withoutFaults.entries.count < history.entries.count)
    }

    @Test func spellsHaveTwoMoments() {
        let spell = WorldEntry(at: .seconds(5), until: .seconds(9), edit: .full)
        let point = WorldEntry(at: .seconds(7), until: nil, edit: .drain)
        let moments = WorldHistory([spell, point]).moments
        #expect(moments.map(\.at) == [.seconds(5), .seconds(7), .seconds(9)])
        #expect(moments.map(\.isEnd) == [false, false, true])
        #expect(moments.map(\.entry) == [spell, point, spell])
    }

    @Test func overlappingSpellsEndOneByOne() {
        let first = WorldEntry(at: .zero, until: .seconds(20), edit: .full)
        let second = WorldEntry(at: .zero, until: .seconds(30), edit: .full)
        let run = WorldRun(seed: 1, plan: WorldRun.Plan(.listing), history: WorldHistory([first, second]))
        for expected in [true, true, true, false] {
            guard let moment = run.takeDue(.seconds(100)) else {
                Issue.record("there are four moments")
                return
            }
            run.happen(moment, to: nil)
            #expect(run.disk.isFull == expected)
        }
    }

    @Test func pricesAndShelvesComeBack() {
        let ware = "nvidia-t4"
        let entries: [WorldEntry] = [
            WorldEntry(at: .zero, until: .seconds(20), edit: .price(.flexai, ware: ware, percent: 200)),
            WorldEntry(at: .seconds(1), until: .seconds(10), edit: .soldOut(.flexai, ware: ware)),
        ]
        let run = WorldRun(seed: 1, plan: WorldRun.Plan(.listing), history: WorldHistory(entries))
        func shelf() -> (Money, Int)? {
            run.world.withState { state in
                state.flexai.platform.estate.shelf.first { $0.name == ware }.map { ($0.price, $0.capacity) }
            }
        }
        let usual = shelf()
        var seen: [String] = []
        while let moment = run.takeDue(.seconds(100)) {
            run.happen(moment, to: nil)
            if let now = shelf() { seen.append("\(now.0) \(now.1)") }
        }
        #expect(seen == ["0.90 EUR 1280", "0.90 EUR 0", "0.90 EUR 1280", "0.45 EUR 1280"])
        #expect(usual?.1 == 1280)
        #expect(run.judge.findings.prices[.flexai]?.values.first?.count == 4)
    }
}

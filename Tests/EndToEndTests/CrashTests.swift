import Documents
import Glibc
import Testing

/// The operator is killed at any instant, and the next start settles what was cut off.
@Suite struct CrashTests {
    /// Numbers from a seed, the same each time.
    struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// FlexAI's list does not say whose an instance is: what is new on an account of our own is ours.
    static let account = "platforms.flexai.exclusiveAccount=true"

    @Test("Killed with SIGKILL again and again while the wishes change: what lives is what is wished", arguments: 1...3)
    func killed(_ seed: UInt64) async throws {
        var dice = Dice(state: seed)
        try await Site.lend(simulation: ["simulation.latency=15ms", "simulation.bootTime=100ms"]) { site in
            let names = (0..<6).map { "notebook-\($0)" }
            for round in 0..<6 {
                for name in names { try site.writeNotebook(name, replicas: Int.random(in: 1...2, using: &dice)) }
                if round.isMultiple(of: 2) { try site.writeInference("model-\(round)") }
                let calls = try await site.simulator.books().flexai.calls.values.reduce(0, +)
                let more = Int.random(in: 0...14, using: &dice)
                let run = try site.startRun("--set", "policies.pollSettled=1s", "--set", Self.account)
                try await until("\(more) more calls came (seed \(seed), round \(round))", seen: { run.story }) {
                    let now = try await site.simulator.books().flexai.calls.values.reduce(0, +)
                    return now >= calls + more
                }
                run.signal(SIGKILL)
                #expect(try await run.finish().status == -SIGKILL)
            }
            // What was cut off before it reached the platform is only known to be absent after a minute of listings.
            let last = try await site.runOnce("--set", Self.account, timeout: "110s")
            try #require(last.status == 0, "seed \(seed): \(last)")
            try await Self.judge(site, seed: seed)
            let again = try await site.runOnce("--set", Self.account)
            #expect(again.status == 0)
            try await Self.judge(site, seed: seed)
        }
    }

    /// Compares the platforms' books with what the ledger says: neither knows more than the other.
    static func judge(_ site: Site, seed: UInt64) async throws {
        let books = try await site.simulator.books()
        var known: [String] = []
        for name in try site.names(try await site.command("get", "-o", "json")) {
            let status = try await site.status(of: name)
            let slots = status["slots"]?.sequence ?? []
            #expect(Int64(slots.count) == status["wantedSlots"]?.integer, "seed \(seed), \(name): \(slots)")
            known += slots.compactMap { $0["allocation"]?.string }
        }
        let alive = (books.flexai.allocations + books.flare.allocations).map(\.id)
        #expect(alive.sorted() == known.sorted(), "seed \(seed)")
        let references = (books.flexai.allocations + books.flare.allocations).map(\.reference)
        #expect(Set(references).count == references.count, "seed \(seed): each purchase is another attempt")
        let orphans = try await site.command("orphans")
        #expect(orphans.output.contains("No orphans."), "seed \(seed): \(orphans)")
    }
}

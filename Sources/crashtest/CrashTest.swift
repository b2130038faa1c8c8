import Glibc
import Wire

/// Kills the built command again and again against simulated platforms in another process, and audits their books; part
/// of `hack/crashtest`, and not shipped.
struct CrashTest {
    private let options: CrashOptions
    private let client: HTTPClient

    /// What became of one round.
    private struct Outcome: Sendable {
        /// Its seed.
        let seed: UInt64
        /// Its sort.
        let kind: RoundKind
        /// What happened.
        let tally: CrashTally
        /// What must not be; nil where all is well.
        let failure: String?
        /// Its folder.
        let folder: String
    }

    /// Runs with what stands on the command line; returns the exit status.
    @concurrent
    static func start(_ words: [String]) async -> Int32 {
        let options: CrashOptions
        do throws(CrashOptions.Unclear) {
            options = try CrashOptions(words)
        } catch {
            print("hack/crashtest: \(error.text)")
            return 1
        }
        var configuration = HTTPClient.Configuration()
        configuration.proxies = .none
        let client = HTTPClient(configuration)
        defer { client.shutdown() }
        return await CrashTest(options: options, client: client).run()
    }

    private func run() async -> Int32 {
        let began = ContinuousClock.now
        var outcomes: [Outcome] = []
        await withTaskGroup(of: Outcome.self) { group in
            for round in 0..<options.rounds {
                if round >= options.jobs, let outcome = await group.next() { outcomes.append(told(outcome)) }
                let seed = options.seed + UInt64(round)
                group.addTask { await play(seed) }
            }
            for await outcome in group { outcomes.append(told(outcome)) }
        }
        report(outcomes, ContinuousClock.now - began)
        return outcomes.allSatisfy { $0.failure == nil } ? 0 : 1
    }

    private func play(_ seed: UInt64) async -> Outcome {
        let kind = options.kind ?? .turn(seed)
        var folder = options.folder
        do {
            var round = try await CrashRound(seed: seed, kind: kind, options: options, client: client)
            folder = round.folder
            return Outcome(seed: seed, kind: kind, tally: try await round.run(), failure: nil, folder: folder)
        } catch {
            return Outcome(seed: seed, kind: kind, tally: CrashTally(), failure: "\(error)", folder: folder)
        }
    }

    /// Says at once what failed, and clears away what did not.
    private func told(_ outcome: Outcome) -> Outcome {
        guard let failure = outcome.failure else {
            RoundFiles.removeFolder(outcome.folder)
            return outcome
        }
        print("FAILED: seed \(outcome.seed), \(outcome.kind.rawValue): \(failure)")
        print("    kept: \(outcome.folder)")
        print("    again: hack/crashtest --rounds 1 --seed \(outcome.seed) --kind \(outcome.kind.rawValue)")
        fflush(nil)
        return outcome
    }

    private func report(_ outcomes: [Outcome], _ took: Duration) {
        for kind in RoundKind.allCases {
            let rounds = outcomes.filter { $0.kind == kind }
            if rounds.isEmpty { continue }
            let failed = rounds.count { $0.failure != nil }
            print("\(kind.rawValue): \(rounds.count) rounds, \(failed == 0 ? "all well" : "\(failed) FAILED")")
        }
        var sum = CrashTally()
        for outcome in outcomes { sum.add(outcome.tally) }
        print(
            """
            SIGKILLs of the operator: \(sum.kills)
              while a purchase was open: \(sum.killsWhileBuying) (\(sum.openAttempts) open attempts)
              while a purchase was of unknown outcome: \(sum.killsWhileUnknown)
              while something was being stopped or deleted: \(sum.killsWhileDeleting)
              while something that was bought was starting: \(sum.killsWhileStarting)
              at any other time: \(sum.killsAtRest)
            SIGKILLs of the platforms: \(sum.platformKills)
            lives ended by a full disk: \(sum.refusals)
            ledgers put back from an older copy: \(sum.putBacks), after which a person ended \(sum.leftBehind) of ours
            purchases: \(sum.purchases), lost by their platform: \(sum.lost), alive at the end: \(sum.alive)
            seconds: \(took.components.seconds)
            """
        )
        let means = SmallDisk.means(in: options.folder)
        if outcomes.contains(where: { $0.kind == .disk }) { print("the full disk was \(means.rawValue)") }
    }
}

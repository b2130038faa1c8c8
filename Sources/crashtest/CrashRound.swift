import Documents
import Glibc
import Intents
import LocalLedger
import Reconciling
import Wire

/// One round: an operator that is killed again and again while its files change, a quiet end, and an audit.
struct CrashRound {
    /// What chance decides with.
    let seed: UInt64
    /// What goes wrong beside the kills.
    let kind: RoundKind
    /// The round's own folder.
    let folder: String
    private let binary: String
    private let platforms: PlatformsProcess
    private let latency: Duration
    /// Whether FlexAI's listing says what an instance was called when it was bought.
    private let namesPurchases: Bool
    private let disk: SmallDisk?
    private var dice: CrashDice
    private var wishes: Wishes
    private var tally = CrashTally()
    private var known: Set<String> = []
    private var starts = 0
    /// Whether there is a copy of the ledger.
    private var hasCopy = false

    /// How long the quiet end may take: what was cut off is only known to be absent after a minute and a half of listings.
    static let patience = Duration.seconds(300)
    /// Settings that keep a round short; what is promised does not depend on them.
    private static let quick = [
        "policies.pollChanging=500ms", "policies.pollSettled=1s", "policies.deletionGuard.quiet=100ms",
        "policies.deletionGuard.percent=100", "limits.callsPerSecond=1000000", "limits.burst=1000000",
        "platforms.flexai.exclusiveAccount=true",
    ].flatMap { ["--set", $0] }

    /// FLARE's names alone do not tell whose something is.
    private var manner: [String] {
        Self.quick + (kind == .restored ? ["--set", "platforms.flare.exclusiveAccount=true"] : [])
    }

    /// Makes the folder and starts the platforms.
    init(seed: UInt64, kind: RoundKind, options: CrashOptions, client: HTTPClient) async throws {
        self.seed = seed
        self.kind = kind
        binary = options.binary
        folder = "\(options.folder)/round-\(seed)-\(kind.rawValue)"
        dice = CrashDice(seed: seed)
        wishes = Wishes(folder: folder + "/intents")
        for part in ["", "/intents", "/state"] { try RoundFiles.make(folder + part) }
        disk = kind == .disk ? try SmallDisk(at: folder + "/state") : nil
        latency = dice.milliseconds(10...120)
        // A ledger that is put back needs a platform that says whose something is.
        namesPurchases = !dice.oneIn(3) || kind == .restored
        let settings = [
            "simulation.latency=\(Int(latency / .milliseconds(1)))ms", "simulation.bootTime=100ms",
            "simulation.userIDs=\(namesPurchases ? "echoed" : "kept")",
        ]
        platforms = PlatformsProcess(binary, folder: folder, settings: settings, client: client)
        var numbers: [Int] = []
        for _ in 0..<50 { numbers.append(dice.number(0...11_000)) }
        try await platforms.begin(numbers)
    }

    /// Plays the round to its end and judges it.
    mutating func run() async throws -> CrashTally {
        defer {
            platforms.kill()
            disk?.undo()
        }
        let lives = dice.number(3...6)
        for _ in 0..<lives {
            try await live()
            if kind == .restored { try await copyOrPutBack() }
        }
        disk?.makeRoom()
        try await settle()
        if kind == .restored { try await endWhatIsLeftBehind() }
        let before = try await platforms.history()
        try await settle()
        let audit = CrashAudit(purchases: try await platforms.history(), records: try await ledger(), wishes: wishes)
        try audit.judge(everyMoment: namesPurchases)
        try audit.expectNothingNew(since: before)
        try await expectNoOrphans()
        tally.lost = audit.purchases.count { $0.ending == "lost" }
        tally.purchases = audit.purchases.count
        tally.alive = audit.purchases.count { $0.endedAt == nil }
        return tally
    }

    /// One life of the operator, from its start to its sudden end.
    private mutating func live() async throws {
        for _ in 0..<dice.number(0...3) { try wishes.change(&dice) }
        let run = try start(["run"] + manner, isCramped: true)
        let end = ContinuousClock.now + dice.milliseconds(dice.oneIn(3) ? 5...400 : 300...2000)
        while ContinuousClock.now < end, run.exitStatus == nil {
            let pause = min(end - ContinuousClock.now, dice.milliseconds(1...150))
            if pause > .zero { try await Task.sleep(for: pause) }
            if dice.oneIn(3) { try wishes.change(&dice) }
            try await befall()
        }
        if dice.oneIn(2) {
            // A change just before the end: a look and a purchase take a call each.
            try wishes.change(&dice)
            try await Task.sleep(for: latency * dice.number(0...40) / 10)
        }
        let wasAlive = run.kill()
        if !wasAlive {
            guard kind == .disk, run.exitStatus == 1 else {
                throw CrashFailure("the operator ended by itself with \(run.exitStatus ?? 0): see \(run.files).err")
            }
            tally.refusals += 1
        } else {
            tally.count(killAt: try await recordsOrNone())
        }
        if dice.oneIn(2) { disk?.makeRoom() }
    }

    /// What goes wrong in the middle of a life.
    private mutating func befall() async throws {
        switch kind {
        case .kill, .restored: break
        case .losses:
            guard dice.oneIn(3) else { break }
            let alive = try await platforms.history().filter { $0.endedAt == nil }
            if let victim = alive.randomElement(using: &dice) { try await platforms.lose(victim) }
        case .disk:
            if dice.oneIn(3) { disk?.fill() } else if dice.oneIn(3) { disk?.makeRoom() }
        case .platforms:
            guard dice.oneIn(4) else { break }
            let before = try await platforms.history()
            platforms.kill()
            tally.platformKills += 1
            try await Task.sleep(for: dice.milliseconds(0...400))
            try await platforms.restart()
            let after = Set(try await platforms.history().map(\.id))
            guard before.allSatisfy({ after.contains($0.id) }) else {
                throw CrashFailure("the platforms forgot a purchase over their restart")
            }
        }
    }

    /// Lets an operator run until everything is as wished; what only a person can tell, a person tells it once.
    private mutating func settle() async throws {
        if try await settledOnce().status == 0 { return }
        try await resolveUnverified()
        let (status, files) = try await settledOnce()
        guard status == 0 else { throw CrashFailure("the quiet end came to \(status): see \(files).err") }
    }

    private mutating func settledOnce() async throws -> (status: Int32, files: String) {
        let run = try start(["run", "--once", "--timeout", "5m"] + manner, isCramped: false)
        return (try await run.finish(within: Self.patience + .seconds(30)), run.files)
    }

    /// Does what a person does of whom the operator asks it: looks into the platform's books, and says what is gone.
    ///
    /// A DELETE that was cut off may have failed, and on FLARE a later 404 proves nothing then.
    private func resolveUnverified() async throws {
        let reader = LedgerReader(state: folder + "/state", codec: .document)
        let rows = try await reader.snapshot().records.filter { $0.phase == .unverified }
        let alive = Set(try await platforms.history().filter { $0.endedAt == nil }.map(\.id))
        for row in rows {
            guard let id = row.id?.rawValue, !alive.contains(id) else { continue }
            let asked = try ChildProgram(
                binary,
                ["resolve", row.key.rawValue, "--slot", String(row.slot), "--abandon"],
                environment: environment,
                files: folder + "/resolve"
            )
            let status = try await asked.finish(within: .seconds(60))
            guard status == 0 else {
                throw CrashFailure("resolve: \(status) \(RoundFiles.text(folder + "/resolve.err"))")
            }
        }
    }

    private func expectNoOrphans() async throws {
        let told = try await orphans([], number: 2)
        guard told.contains("No orphans.") else { throw CrashFailure("orphans: \(told)") }
    }

    /// What the command tells of what lives and is in no row.
    private func orphans(_ options: [String], number: Int) async throws -> String {
        let files = "\(folder)/orphans-\(number)"
        let asked = try ChildProgram(binary, ["orphans"] + options + manner, environment: environment, files: files)
        let status = try await asked.finish(within: .seconds(60))
        guard status == 0 else { throw CrashFailure("orphans: \(status) \(RoundFiles.text(files + ".err"))") }
        return RoundFiles.text(files + ".out")
    }

    /// Makes a copy of the ledger of an operator that was killed, or puts an older one in its place.
    private mutating func copyOrPutBack() async throws {
        let (state, copy) = (folder + "/state", folder + "/copy")
        guard hasCopy, dice.oneIn(2) else {
            // One that was killed before it had a ledger had no name either, and who comes after it has another one.
            guard try await hasLedger() else { return }
            hasCopy = true
            return try RoundFiles.copyFolder(state, to: copy)
        }
        // Nothing of the one that was killed may be on its way any more.
        try await Task.sleep(for: latency * 4 + .seconds(1))
        try RoundFiles.copyFolder(copy, to: state)
        tally.putBacks += 1
    }

    /// Does what a person does of whom the operator asks it: ends what is ours, wished for by nobody and in no row.
    private mutating func endWhatIsLeftBehind() async throws {
        let told = try DocumentParser.json(Array(try await orphans(["-o", "json"], number: 1).utf8))
        let ours = Set(
            (told.sequence ?? []).filter { $0["ours"]?.bool == true }.compactMap { $0["allocation"]?.string }
        )
        for purchase in try await platforms.history() where ours.contains(purchase.id) && purchase.endedAt == nil {
            guard let place = purchase.place, (wishes.wanted[place.intent] ?? 0) <= place.slot else {
                throw CrashFailure("wished for, and not taken back: \(purchase)")
            }
            try await platforms.lose(purchase)
            tally.leftBehind += 1
        }
    }

    private var environment: [String: String] {
        let own = [
            "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no", "INTENTCTL_STATE": folder + "/state",
            "INTENTCTL_INTENTS": folder + "/intents",
        ]
        return own.merging(platforms.exports) { $1 }
    }

    /// Starts a command; `isCramped` puts it under the disk's limit where the disk is a limit of file sizes.
    private mutating func start(_ arguments: [String], isCramped: Bool) throws -> ChildProgram {
        starts += 1
        let files = "\(folder)/operator-\(starts)"
        guard isCramped, let limit = disk?.shellLimit(&dice) else {
            return try ChildProgram(binary, arguments, environment: environment, files: files)
        }
        // Its own log would grow as well.
        let words = ["-c", "\(limit); exec \"$0\" \"$@\" >/dev/null 2>&1", binary] + arguments
        return try ChildProgram("/bin/sh", words, environment: environment, files: files)
    }

    /// Every record of the ledger.
    private func ledger() async throws -> [AllocationRecord] {
        try await LedgerReader(state: folder + "/state").snapshot().records
    }

    private func hasLedger() async throws -> Bool {
        do {
            _ = try await ledger()
            return true
        } catch {
            guard unsafe access(folder + "/state/ledger.db", F_OK) != 0 else { throw error }
            return false
        }
    }

    /// The same, or nothing where there is no ledger yet or its disk is full.
    private func recordsOrNone() async throws -> [AllocationRecord] {
        do { return try await ledger() } catch { return [] }
    }
}

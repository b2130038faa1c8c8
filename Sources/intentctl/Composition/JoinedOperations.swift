import Documents
import Intents
import Kubernetes
import LocalLedger
import Placement
import Reconciling
import Reporting
import Serving

/// Does what the commands ask for with the real ledger, the real platforms and the heart.
struct JoinedOperations: Operations {
    /// The process's environment, which may name a cluster.
    let environment: [String: String]
    /// The machine's clocks.
    let time = SystemTimekeeper()

    /// How long a command waits for a living run to answer its request.
    static let patience = Duration.seconds(3)
    /// How many events are shown.
    static let eventLimit = 200

    func run(_ settings: Settings, _ console: Console) async throws(CommandError) -> ExitCode {
        if settings.run.dryRun {
            return try await plan(settings).show(on: console)
        }
        return try await RunSession(settings: settings, environment: environment, console: console, time: time).run()
    }

    func simulate(_ settings: Settings, _ console: Console) async throws(CommandError) -> ExitCode {
        try await SimulateSession(settings: settings, console: console, time: time).run()
    }

    func plan(_ settings: Settings) async throws(CommandError) -> Plan {
        try await PlanSession(settings: settings, environment: environment, time: time).plan()
    }

    func intents(_ settings: Settings) async throws(CommandError) -> [IntentView] {
        Self.views(of: try await snapshot(settings))
    }

    func events(_ settings: Settings, of key: IntentKey?) async throws(CommandError) -> [Event] {
        if settings.cluster.isUsed {
            return try await visiting(settings) { cluster throws(CommandError) in
                try await cluster.asking { desk throws(APIError) in
                    try await desk.events(of: key.map(cluster.key), limit: Self.eventLimit)
                }
            }
        }
        return try await ledger(settings) { reader throws(LedgerError) in
            try await reader.events(of: key, limit: Self.eventLimit)
        }
    }

    func heldWithdrawals(_ settings: Settings) async throws(CommandError) -> HeldWithdrawals? {
        try await snapshot(settings).held
    }

    func request(_ settings: Settings, _ verb: OperatorRequest.Verb) async throws(CommandError) -> RequestOutcome {
        if settings.cluster.isUsed { return try await ask(settings, verb) }
        let state = settings.state ?? ""
        let desk = RequestDesk(state: state)
        let reader = LedgerReader(state: state, codec: .document)
        do throws(LedgerError) {
            let request = try await desk.ask(verb, at: time.now)
            let end = time.uptime + Self.patience
            while try await reader.holder() != nil, time.uptime < end {
                if let answer = try await desk.answer(to: request) {
                    return answer.refused ? .refused(answer.text) : .carriedOut(answer.text)
                }
                guard (try? await time.sleep(until: time.uptime + .milliseconds(50))) != nil else { break }
            }
            return .recorded
        } catch {
            throw CommandError(error.message)
        }
    }

    func market(_ settings: Settings, list: String?) async throws(CommandError) -> MarketAnswer {
        if let list { return try PriceListFile(settings: settings).market(list) }
        return MarketAnswer(market: try await PlatformSession(settings: settings, time: time).market())
    }

    func intents(_ settings: Settings, named subjects: [String]) async throws(CommandError) -> [Intent] {
        var known: [Intent] = []
        var unread: [String] = []
        let hasLedger = settings.state != nil || settings.cluster.isUsed
        let stored = hasLedger ? try await intents(settings) : []
        for subject in subjects {
            if let intent = stored.first(where: { $0.isNamed(subject) })?.stored?.intent {
                known.append(intent)
            } else {
                unread.append(subject)
            }
        }
        return known + (try SourceFiles.intents(at: unread))
    }

    func orphans(_ settings: Settings) async throws(CommandError) -> [Orphan] {
        // What belongs to another namespace, or to another shard, is no orphan.
        var settings = settings
        settings.cluster.allNamespaces = true
        settings.cluster.labelSelector = nil
        settings.cluster.shard = .whole
        let snapshot = try await snapshot(settings)
        return try await PlatformSession(settings: settings, time: time).orphans(besides: snapshot)
    }

    func costs(_ settings: Settings) async throws(CommandError) -> CostFacts {
        guard settings.cluster.isUsed else {
            let (past, rows) = try await ledger(settings) { reader throws(LedgerError) in try await reader.costs() }
            return CostFacts(past: past, rows: rows, detail: .whole)
        }
        let snapshot = try await snapshot(settings)
        var past = CostRecords()
        past.charges = snapshot.accounts.map { account in
            Charge(
                attempt: AttemptID(rawValue: account.key.rawValue),
                key: account.key,
                slot: 0,
                platform: PlatformName(rawValue: ""),
                from: time.now,
                until: time.now,
                amount: account.spent
            )
        }
        for stored in snapshot.intents { past.labels[stored.key] = stored.intent.labels }
        return CostFacts(past: past, rows: snapshot.records, detail: .sums)
    }

    func completionToken(
        _ settings: Settings,
        _ key: IntentKey,
        slot: Int
    ) async throws(CommandError) -> SecretText {
        do throws(LedgerError) {
            var dice = SystemRandomNumberGenerator()
            let secret = try CompletionSecret(state: settings.state ?? "", dice: &dice)
            return SecretText(CompletionSeal(secret: secret.bytes).token(intent: key.rawValue, slot: slot))
        } catch {
            throw CommandError(error.message)
        }
    }

    func token(_ settings: Settings, _ action: TokenAction) async throws(CommandError) -> TokenAnswer {
        try await TokenSession(settings: settings, time: time).act(action)
    }

    private func ask(
        _ settings: Settings,
        _ verb: OperatorRequest.Verb
    ) async throws(CommandError) -> RequestOutcome {
        try await visiting(settings) { cluster throws(CommandError) in
            let outcome = try await cluster.asking { desk throws(APIError) in
                try await desk.ask(verb, patience: Self.patience)
            }
            switch outcome {
            case .recorded: return .recorded
            case .carriedOut(let text): return .carriedOut(text)
            case .refused(let text): return .refused(text)
            }
        }
    }

    private func visiting<Value: Sendable>(
        _ settings: Settings,
        _ body: (Cluster) async throws(CommandError) -> Value
    ) async throws(CommandError) -> Value {
        try await Cluster.visiting(settings.cluster, environment: environment, time: time, body)
    }

    /// Everything on record: in the state directory, or in the cluster.
    private func snapshot(_ settings: Settings) async throws(CommandError) -> LedgerSnapshot {
        guard !settings.cluster.isUsed else {
            return try await visiting(settings) { cluster throws(CommandError) in try await cluster.snapshot() }
        }
        return try await ledger(settings) { reader throws(LedgerError) in try await reader.snapshot() }
    }

    /// Reads the ledger, which may be in use by a living run.
    private func ledger<Value: Sendable>(
        _ settings: Settings,
        _ read: (LedgerReader) async throws(LedgerError) -> Value
    ) async throws(CommandError) -> Value {
        do throws(LedgerError) {
            return try await read(LedgerReader(state: settings.state ?? "", codec: .document))
        } catch {
            throw CommandError(error.message)
        }
    }

    /// Every intent on record, and every key that was withdrawn and still holds something, by name.
    static func views(of snapshot: LedgerSnapshot) -> [IntentView] {
        var views = snapshot.intents.map { stored in
            IntentView(
                stored: stored,
                status: status(of: stored.key, in: snapshot)
                    ?? IntentStatus(observedGeneration: 0, wantedSlots: stored.intent.spec.workload.wantedSlots)
            )
        }
        let wished = Set(views.map(\.key))
        var oldest: [IntentKey: Timestamp] = [:]
        for record in snapshot.records where record.phase != .tombstone && !wished.contains(record.key) {
            oldest[record.key] = min(oldest[record.key] ?? record.openedAt, record.openedAt)
        }
        for (key, since) in oldest {
            views.append(IntentView(ending: key, since: since, status: status(of: key, in: snapshot) ?? .terminating))
        }
        return views.sorted { $0.key < $1.key }
    }

    /// What was last shown of an intent; nil where nothing was, as before its first reconcile.
    private static func status(of key: IntentKey, in snapshot: LedgerSnapshot) -> IntentStatus? {
        guard let text = snapshot.statuses[key], let node = try? DocumentParser.json(Array(text.utf8)) else {
            return nil
        }
        return try? IntentStatus(node: node)
    }
}

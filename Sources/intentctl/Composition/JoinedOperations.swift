import Documents
import Intents
import LocalLedger
import Placement
import Reconciling
import Reporting

/// Does what the commands ask for with the real ledger, the real platforms and the heart.
struct JoinedOperations: Operations {
    /// The machine's clocks.
    let time = SystemTimekeeper()

    /// How long a command waits for a living run to answer its request.
    static let patience = Duration.seconds(3)
    /// How many events are shown.
    static let eventLimit = 200

    func run(_ settings: Settings, _ console: Console) async throws(CommandError) -> ExitCode {
        if settings.run.dryRun {
            let rows = try await plan(settings)
            console.lines(PlanText.lines(rows, width: console.size()?.width, colour: console.output.colour))
            return PlanText.isDifferent(rows) ? .difference : .done
        }
        return try await RunSession(settings: settings, console: console, time: time).run()
    }

    func simulate(_ settings: Settings, _ console: Console) async throws(CommandError) -> ExitCode {
        try await SimulateSession(settings: settings, console: console, time: time).run()
    }

    func plan(_ settings: Settings) async throws(CommandError) -> [PlanRow] {
        try await PlanSession(settings: settings, time: time).rows()
    }

    func intents(_ settings: Settings) async throws(CommandError) -> [IntentView] {
        let snapshot = try await ledger(settings) { reader throws(LedgerError) in try await reader.snapshot() }
        return snapshot.intents.sorted { $0.key < $1.key }.map { stored in
            IntentView(stored: stored, status: Self.status(of: stored, in: snapshot))
        }
    }

    func events(_ settings: Settings, of key: IntentKey?) async throws(CommandError) -> [Event] {
        try await ledger(settings) { reader throws(LedgerError) in
            try await reader.events(of: key, limit: Self.eventLimit)
        }
    }

    func heldWithdrawals(_ settings: Settings) async throws(CommandError) -> HeldWithdrawals? {
        try await ledger(settings) { reader throws(LedgerError) in try await reader.snapshot() }.held
    }

    func request(_ settings: Settings, _ verb: OperatorRequest.Verb) async throws(CommandError) -> RequestOutcome {
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

    func offers(_ settings: Settings) async throws(CommandError) -> [Offer] {
        try await PlatformSession(settings: settings, time: time).offers()
    }

    func explain(_ settings: Settings, _ subjects: [String]) async throws(CommandError) -> [Explanation] {
        var known: [Intent] = []
        var unread: [String] = []
        let stored = settings.state == nil ? [] : try await intents(settings)
        for subject in subjects {
            if let view = stored.first(where: { $0.name == subject }) {
                known.append(view.stored.intent)
            } else {
                unread.append(subject)
            }
        }
        known += try SourceFiles.intents(at: unread)
        return try await PlatformSession(settings: settings, time: time).explain(known)
    }

    func orphans(_ settings: Settings) async throws(CommandError) -> [Orphan] {
        let snapshot = try await ledger(settings) { reader throws(LedgerError) in try await reader.snapshot() }
        return try await PlatformSession(settings: settings, time: time).orphans(besides: snapshot)
    }

    func token(_ settings: Settings, _ action: TokenAction) async throws(CommandError) -> TokenAnswer {
        try await TokenSession(settings: settings, time: time).act(action)
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

    /// What the ledger last knew of an intent; one that was never reconciled is pending.
    static func status(of stored: StoredIntent, in snapshot: LedgerSnapshot) -> IntentStatus {
        if let text = snapshot.statuses[stored.key], let node = try? DocumentParser.json(Array(text.utf8)),
            let status = try? IntentStatus(node: node)
        {
            return status
        }
        return IntentStatus(observedGeneration: 0, wantedSlots: stored.intent.spec.workload.wantedSlots)
    }
}

import Intents
import LocalLedger
import Placement
import Reconciling

/// `plan`: the very decisions that `run` would take now, without taking a step or writing a word.
struct PlanSession {
    let settings: Settings
    let environment: [String: String]
    let time: SystemTimekeeper

    /// Intents that are looked at side by side.
    static let width = 32

    /// What would be done, and what is wrong with files.
    func plan() async throws(CommandError) -> Plan {
        guard settings.cluster.isUsed else {
            let source = IntentSources.directory(settings, keeping: false) { _ in }
            return try await plan(try await snapshot(), source)
        }
        return try await Cluster.visiting(
            settings.cluster,
            quotas: settings.quotas,
            environment: environment,
            time: time
        ) { cluster throws(CommandError) in
            try await plan(try await cluster.snapshot(), cluster.source)
        }
    }

    private func plan(
        _ snapshot: LedgerSnapshot,
        _ source: any IntentSource
    ) async throws(CommandError) -> Plan {
        let assembly: PlatformAssembly
        do throws(SettingsError) {
            assembly = try PlatformAssembly(settings, operatorID: snapshot.operatorID, time: time)
        } catch {
            throw CommandError(error.problems.joined(separator: "; "))
        }
        defer { assembly.shutdown() }
        var parts = Operator.Parts(
            platforms: assembly.platforms,
            ledger: LookedAtLedger(snapshot: snapshot),
            time: time,
            seed: 0
        )
        parts.absent = assembly.absent
        let planner = Operator(parts, manner: Operator.Manner(settings), snapshot: snapshot) { _ in }
        try await look(planner, source)
        let keys = planner.desires.read { Set($0.entries.keys) }.union(planner.books.keysWithRecords()).sorted()
        let diagnostics = planner.desires.read { state in
            state.diagnostics.sorted { $0.key < $1.key }.flatMap(\.value)
        }
        let rows = await decide(keys, planner)
        let refusals = planner.unheard().filter { $0.reason == "PlatformPaused" }.map(\.message)
        return Plan(rows: rows, diagnostics: diagnostics, refusals: refusals)
    }

    /// What the ledger holds; nothing where there is none yet.
    private func snapshot() async throws(CommandError) -> LedgerSnapshot {
        guard let state = settings.state else { return LedgerSnapshot(operatorID: "plan") }
        guard LedgerPresence.exists(state) else { return LedgerSnapshot(operatorID: "plan") }
        do throws(LedgerError) {
            let reader = LedgerReader(state: state, codec: .document)
            var snapshot = try await reader.snapshot()
            // What is over counts in the totals of quotas.
            if !settings.quotas.isEmpty { snapshot.costs = try await reader.costs().past }
            return snapshot
        } catch {
            throw CommandError(error.message)
        }
    }

    /// Takes in one complete look at the source, and lets every withdrawal through that the guard would let through.
    private func look(_ planner: Operator, _ source: any IntentSource) async throws(CommandError) {
        let reason = await FirstLook.take(source) { report in
            // Nothing is written down, but who is new, or in another group now, is in its quotas.
            for case .intent(let stored) in planner.desires.take(report).writes {
                planner.quotas.apply(.intent(stored))
            }
        }
        if let reason { throw CommandError(reason) }
        _ = planner.desires.judge(ahead: .seconds(3600))
    }

    private func decide(_ keys: [IntentKey], _ planner: Operator) async -> [PlanRow] {
        var decisions = await decideAlone(keys, planner)
        await shareQuotas(keys, planner, &decisions)
        return zip(keys, decisions).flatMap { key, decision in
            decision.map { PlanRow.rows(of: key, $0, planner.books.records(of: key)) } ?? []
        }
    }

    /// What would be done for each intent if it were the only one to be changed.
    private func decideAlone(_ keys: [IntentKey], _ planner: Operator) async -> [Decision?] {
        await withTaskGroup(of: (Int, Decision).self) { group in
            var next = 0
            func add() {
                guard next < keys.count else { return }
                let (index, key) = (next, keys[next])
                next += 1
                group.addTask { (index, await planner.reconciler.deliberate(key, looking: true)) }
            }
            for _ in 0..<Self.width { add() }
            var decisions = [Decision?](repeating: nil, count: keys.count)
            while let (index, decision) = await group.next() {
                decisions[index] = decision
                add()
            }
            return decisions
        }
    }

    /// Lets those that share a quota buy one after the other, by name: who finds too little left is decided on anew.
    private func shareQuotas(_ keys: [IntentKey], _ planner: Operator, _ decisions: inout [Decision?]) async {
        guard !planner.quotas.isEmpty else { return }
        let ahead = planner.reconciler.quotaAhead
        for (index, key) in keys.enumerated() {
            guard let decision = decisions[index], let spec = planner.desires.wish(of: key)?.intent.spec,
                planner.quotas.reserve(decision, of: key, spec, ahead: ahead) != nil
            else { continue }
            let again = await planner.reconciler.deliberate(key, looking: true)
            _ = planner.quotas.reserve(again, of: key, spec, ahead: ahead)
            decisions[index] = again
        }
    }
}

/// A ledger that can only be looked at.
struct LookedAtLedger: Ledger {
    /// What it holds.
    let snapshot: LedgerSnapshot

    func load() async throws(LedgerError) -> LedgerSnapshot { snapshot }

    func write(_ changes: [LedgerChange]) async throws(LedgerError) {
        throw LedgerError(kind: .failed, message: "a plan writes nothing")
    }

    func pendingRequests() async throws(LedgerError) -> [OperatorRequest] { [] }
}

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

    /// One row for each step, and one for each intent without a step.
    func rows() async throws(CommandError) -> [PlanRow] {
        guard settings.cluster.isUsed else {
            let source = IntentSources.directory(settings, keeping: false) { _ in }
            return try await rows(try await snapshot(), source)
        }
        return try await Cluster.visiting(settings.cluster, environment: environment, time: time) {
            cluster throws(CommandError) in
            try await rows(try await cluster.snapshot(), cluster.source)
        }
    }

    private func rows(
        _ snapshot: LedgerSnapshot,
        _ source: any IntentSource
    ) async throws(CommandError) -> [PlanRow] {
        let assembly: PlatformAssembly
        do throws(SettingsError) {
            assembly = try PlatformAssembly(settings, operatorID: snapshot.operatorID, time: time)
        } catch {
            throw CommandError(error.problems.joined(separator: "; "))
        }
        defer { assembly.shutdown() }
        let parts = Operator.Parts(
            platforms: assembly.platforms,
            ledger: LookedAtLedger(snapshot: snapshot),
            time: time,
            seed: 0
        )
        let planner = Operator(parts, manner: Operator.Manner(settings), snapshot: snapshot) { _ in }
        try await look(planner, source)
        let keys = planner.desires.read { Set($0.entries.keys) }.union(planner.books.keysWithRecords()).sorted()
        return await decide(keys, planner)
    }

    /// What the ledger holds; nothing where there is none yet.
    private func snapshot() async throws(CommandError) -> LedgerSnapshot {
        guard let state = settings.state else { return LedgerSnapshot(operatorID: "plan") }
        guard LedgerPresence.exists(state) else { return LedgerSnapshot(operatorID: "plan") }
        do throws(LedgerError) {
            return try await LedgerReader(state: state, codec: .document).snapshot()
        } catch {
            throw CommandError(error.message)
        }
    }

    /// Takes in one complete look at the source, and lets every withdrawal through that the guard would let through.
    private func look(_ planner: Operator, _ source: any IntentSource) async throws(CommandError) {
        let reason = await FirstLook.take(source) { report in _ = planner.desires.take(report) }
        if let reason { throw CommandError(reason) }
        _ = planner.desires.judge(ahead: .seconds(3600))
    }

    private func decide(_ keys: [IntentKey], _ planner: Operator) async -> [PlanRow] {
        await withTaskGroup(of: (Int, [PlanRow]).self) { group in
            var next = 0
            func add() {
                guard next < keys.count else { return }
                let (index, key) = (next, keys[next])
                next += 1
                group.addTask {
                    let decision = await planner.reconciler.deliberate(key, looking: true)
                    return (index, PlanRow.rows(of: key, decision, planner.books.records(of: key)))
                }
            }
            for _ in 0..<Self.width { add() }
            var rows = [[PlanRow]](repeating: [], count: keys.count)
            while let (index, found) = await group.next() {
                rows[index] = found
                add()
            }
            return rows.flatMap(\.self)
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

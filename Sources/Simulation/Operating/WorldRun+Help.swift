import Intents
import Placement
import Reconciling

extension WorldRun {
    /// How long nobody helps where the operator must find out by itself.
    private static let patience = Duration.seconds(20)

    /// Whether a person looks after what nobody else can find out; in every other history nobody does.
    var hasHelper: Bool { seed.isMultiple(of: 2) }

    /// In the tail a person approves what is held, and says what became of what nobody else can find out.
    func beHelpful() {
        let durable = disk.durable
        guard durable.requests.isEmpty else { return }
        if let held = durable.held {
            judge.with { $0.approved.formUnion(held.keys) }
            disk.ask(.approve(token: held.token, nil), at: wall.now)
        }
        // Who has just seen the process die waits for what may still be on its way.
        let since = max(quietFrom, progress.withLock { $0.bornAt })
        guard hasHelper, executor.clock.now.offset > since + Self.patience else { return }
        let doubtful = durable.records.values.filter { row in
            row.phase == .unverified || row.phase == .unknown && needsPerson(on: row.purchase.platform, durable)
        }
        guard !doubtful.isEmpty else { return }
        let living = judge.alive(durable.records)
        for row in doubtful.sorted(by: { $0.attempt < $1.attempt }) {
            if row.phase == .unknown, let lives = living.first(where: { $0.attempt == row.attempt }) {
                disk.ask(.adopt(row.key, slot: row.slot, AllocationID(rawValue: lives.id)), at: wall.now)
            } else {
                judge.with { _ = $0.abandoned.insert(row.attempt) }
                disk.ask(.abandon(row.key, slot: row.slot), at: wall.now)
            }
        }
    }

    /// Whether an allocation is one of which nobody can tell that it exists, and the ledger says so.
    func isHeldInDoubt(_ holding: WorldHolding, _ durable: SimulatedDisk.Content) -> Bool {
        if judge.with({ $0.abandoned.contains(holding.attempt) }) { return true }
        guard let row = durable.records[holding.attempt] else { return false }
        return row.phase == .unverified && holding.isDenied
            || row.phase == .unknown && (needsPerson(on: holding.platform, durable) || isPaused(row.key, durable))
    }

    /// Whether nothing but a person can find out what became of some unknown purchase on a platform: by how it usually
    /// is, or because one of ours has lost its name there.
    func needsPerson(on platform: PlatformName, _ durable: SimulatedDisk.Content) -> Bool {
        if faces.needsPerson(on: platform) { return true }
        guard history.entries.contains(where: { $0.edit == .release(.flexaiForgetsNames) }) else { return false }
        return judge.alive(durable.records).contains { $0.platform == platform && $0.isNameless && !$0.isKnown }
    }
}

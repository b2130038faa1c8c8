package import Reconciling

/// The ledger of one process over a simulated disk: a write is durable at some moment before it returns, and a process
/// that is cut off during it cannot know.
package struct SimulatedStore: Ledger {
    /// How long a write takes.
    private static let latency = Duration.milliseconds(4)

    private let disk: SimulatedDisk
    private let clock: VirtualClock
    private let life: ProcessLife
    private let operatorID: String
    private let mayWrite: @Sendable () -> Bool

    /// A ledger on a disk, for a process; it refuses to write what comes from one that has lost its lock.
    package init(
        _ disk: SimulatedDisk,
        clock: VirtualClock,
        life: ProcessLife,
        operatorID: String,
        mayWrite: @escaping @Sendable () -> Bool = { true }
    ) {
        self.mayWrite = mayWrite
        self.disk = disk
        self.clock = clock
        self.life = life
        self.operatorID = operatorID
    }

    package func load() async throws(LedgerError) -> LedgerSnapshot {
        await life.mustLive()
        return disk.durable.snapshot(operatorID: operatorID)
    }

    package func write(_ changes: [LedgerChange]) async throws(LedgerError) {
        let effect = await life.begin(.write)
        await wait()
        await life.pass()
        guard mayWrite() else { throw LedgerError(kind: .held, message: "another process holds the simulated ledger") }
        guard !disk.isFull else { throw LedgerError(kind: .full, message: "no room on the simulated disk") }
        disk.apply(changes)
        await wait()
        if disk.isUnsure {
            throw LedgerError(kind: .failed, message: "nobody can tell whether the simulated disk has kept it")
        }
        await life.end(effect)
    }

    package func pendingRequests() async throws(LedgerError) -> [OperatorRequest] {
        await life.mustLive()
        return disk.durable.requests
    }

    /// Half of the latency; a cancelled writer does not wait, and writes all the same.
    private func wait() async {
        do {
            try await clock.sleep(for: Self.latency / 2)
        } catch {
            await Task.yield()
        }
    }
}

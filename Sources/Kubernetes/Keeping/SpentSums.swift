import Reconciling

/// The sums in the operator's Lease: what rows have cost is written there before they are erased.
///
/// One writer at a time, and at most one write in ``apart``: whoever comes meanwhile is written with the next one.
final class SpentSums: Sendable {
    /// How far apart the writes are at least, so that the Lease can be renewed between them.
    static let apart = Duration.milliseconds(200)

    private struct State {
        /// What the Lease is to say.
        var wanted = SpentNote()
        /// What it says, as far as we know.
        var written = SpentNote()
        var isWriting = false
        /// The end of the last write, in uptime.
        var lastWrite: Duration?
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// How a writer may go on.
    private enum Turn {
        /// What it has to say is written.
        case done
        /// Somebody else is writing.
        case wait
        /// It writes, not before a moment in uptime.
        case write(notBefore: Duration?)
    }

    private let state = Locked(State())
    private let lock: KubernetesLock
    private let time: any Timekeeper

    /// Sums in a lock's Lease, of which nothing is known yet.
    init(lock: KubernetesLock, time: any Timekeeper) {
        self.lock = lock
        self.time = time
    }

    /// Begins with what the Lease says, and gives what comes of it: rows that it tells of and that are not there are over.
    func begin(_ note: SpentNote, isThere: (AttemptID) -> Bool) -> SpentNote {
        var wanted = note
        for attempt in note.rows.keys where !isThere(attempt) { wanted.fold(attempt) }
        state.withLock { state in
            state.wanted = wanted
            state.written = note
        }
        return wanted
    }

    /// Writes down what rows have cost; when this returns they may be erased.
    func count(_ rows: [AttemptID: SpentRow]) async throws(LedgerError) {
        guard !rows.isEmpty else { return }
        state.withLock { $0.wanted.rows.merge(rows) { $1 } }
        while true {
            switch turn(rows) {
            case .done: return
            case .wait: await waitForWriter()
            case .write(let moment):
                defer { wakeWaiting() }
                try await write(notBefore: moment)
            }
        }
    }

    /// A row is gone: it is part of the sums from now on.
    func erased(_ attempt: AttemptID) { state.withLock { $0.wanted.fold(attempt) } }

    private func turn(_ rows: [AttemptID: SpentRow]) -> Turn {
        state.withLock { state in
            if rows.allSatisfy({ state.written.rows[$0.key] == $0.value }) { return .done }
            if state.isWriting { return .wait }
            state.isWriting = true
            return .write(notBefore: state.lastWrite.map { $0 + Self.apart })
        }
    }

    private func write(notBefore moment: Duration?) async throws(LedgerError) {
        do {
            if let moment, moment > time.uptime { try await time.sleep(until: moment) }
        } catch {
            throw LedgerError(kind: .failed, message: "not written: the operator ends")
        }
        let now = time.now
        let note = state.withLock { state in
            state.wanted.prune(at: now)
            return state.wanted
        }
        guard let text = note.annotation(at: now) else {
            let message =
                "what groups have spent does not fit the Lease \(lock.name): fewer labels in the selectors of quotas"
            throw LedgerError(kind: .full, message: message)
        }
        do throws(APIError) {
            try await lock.annotateAsHolder([(name: OwnAnnotation.spent, value: text)])
            state.withLock { $0.written = note }
        } catch {
            throw LedgerError(error, "what groups have spent is not written into the Lease \(lock.name)")
        }
    }

    private func waitForWriter() async {
        await withCheckedContinuation { turn in
            let isFree = state.withLock { state in
                if state.isWriting { state.waiting.append(turn) }
                return !state.isWriting
            }
            if isFree { turn.resume() }
        }
    }

    private func wakeWaiting() {
        let now = time.uptime
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.isWriting = false
            state.lastWrite = now
            return state.waiting
        }
        for turn in waiting { turn.resume() }
    }
}

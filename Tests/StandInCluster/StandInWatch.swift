import Documents
import Kubernetes
import Reconciling

/// One running watch.
final class StandInWatch: Sendable {
    /// How far it has come.
    private struct Progress: Sendable {
        var seen: Int
        var isOver = false
        var hasMarked: Bool
    }

    private let cluster: StandInCluster
    private let call: StandInStore.Call
    private let end: Duration
    private let cuts: Int
    private let progress: Locked<Progress>

    init(cluster: StandInCluster, call: StandInStore.Call, from: Int, until end: Duration, cuts: Int) {
        self.cluster = cluster
        self.call = call
        self.end = end
        self.cuts = cuts
        // A bookmark that nobody has asked for has been sent already, so to say.
        progress = Locked(Progress(seen: from, hasMarked: call.query["allowWatchBookmarks"] != "true"))
    }

    /// The next piece: all events that are due, a bookmark shortly before the end, nil at the end.
    func next() async throws(TransportFailure) -> [UInt8]? {
        while true {
            if progress.withLock({ $0.isOver }) { return nil }
            let (isCut, isDeaf) = cluster.state.withLock { ($0.cuts != cuts, $0.isDeaf) }
            if isCut { throw .outcomeUnknown("transfer closed with outstanding read data remaining") }
            let seen = progress.withLock { $0.seen }
            if !isDeaf, let piece = due(after: seen) { return piece }
            if Task.isCancelled { throw .outcomeUnknown("cancelled") }
            if let piece = mark() { return piece }
            guard cluster.time.uptime < end else {
                progress.withLock { $0.isOver = true }
                return nil
            }
            let wake = progress.withLock { $0.hasMarked } ? end : max(end - .seconds(2), cluster.time.uptime)
            await cluster.waitForChange(after: max(seen, progress.withLock { $0.seen }), until: wake)
        }
    }

    private func due(after seen: Int) -> [UInt8]? {
        let result = cluster.state.withLock { state -> Result<(lines: [[UInt8]], seen: Int), StandInRefusal> in
            do throws(StandInRefusal) {
                return .success(try state.store.lines(call, after: seen))
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let (lines, last)):
            progress.withLock { $0.seen = last }
            return lines.isEmpty ? nil : lines.flatMap(\.self)
        case .failure(let refusal):
            progress.withLock { $0.isOver = true }
            return StandInStore.line("ERROR", refusal.status(call.kind.resource))
        }
    }

    /// The bookmark that comes about two seconds before the end, where it was asked for.
    private func mark() -> [UInt8]? {
        guard cluster.time.uptime >= end - .seconds(2) else { return nil }
        let seen: Int? = progress.withLock { progress in
            guard !progress.hasMarked else { return nil }
            progress.hasMarked = true
            return progress.seen
        }
        guard let seen else { return nil }
        return cluster.state.withLock { $0.store.bookmark(call.kind, at: max(seen, 1)) }
    }
}

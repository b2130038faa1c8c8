import Intents
import Placement
import Reconciling

extension WorldJudge {
    /// The most calls of a minute that waits and polls explain, for each platform, and more for each row.
    private static let callsPerMinute = (least: 400, perRow: 60)

    /// A request leaves a process: the eighth promise, and the bound on calls.
    func leaves(_ request: TransportRequest, to platform: PlatformName, right: Duration, disk: SimulatedDisk) {
        if right <= .zero { blame(.lock, "\(request.method) \(request.url) was sent without the lock") }
        let minute = now.milliseconds / 60_000
        let count = with { state in
            var calls = state.calls[platform] ?? (minute, 0)
            calls = calls.minute == minute ? (minute, calls.count + 1) : (minute, 1)
            state.calls[platform] = calls
            state.mostCalls = max(state.mostCalls, calls.count)
            return calls.count
        }
        guard count > Self.callsPerMinute.least else { return }
        let bound = Self.callsPerMinute.least + Self.callsPerMinute.perRow * disk.durable.records.count
        if count == bound + 1 { blame(.boundedCalls, "more than \(bound) calls to \(platform.rawValue) in a minute") }
    }

    /// A request that changes something arrives: the second and fourth promise.
    func arrives(_ request: TransportRequest, disk: SimulatedDisk) {
        guard request.method != "GET" else { return }
        let now = now
        with { $0.lastMutation = now }
        if let attempt = request.attempt {
            note("POST", attempt.short)
            with { $0.paidCalls += 1 }
            guard let row = disk.record(attempt) else {
                return blame(.durableAttempt, "a paid call without a durable row of attempt \(attempt.short)")
            }
            if row.replaces == nil, let known = forgotten(for: row.key.rawValue, slot: row.slot) {
                blame(
                    .oneAllocation,
                    "attempt \(attempt.short) is bought beside \(known.id), which its ledger has forgotten"
                )
            }
            judgeNeed(of: row, disk.durable.records)
            return
        }
        guard let id = request.allocation else { return }
        note(request.method == "DELETE" ? "DELETE" : "STOP", id)
        guard let purchase = purchase(id) else { return }
        if purchase.attempt == nil { blame(.onlyOurs, "\(id) is a stranger's and was touched") }
        if !disk.durable.records.values.contains(where: { $0.id?.rawValue == id }) {
            blame(.onlyOurs, "\(id) was touched, and no durable row holds it")
        }
        with { state in
            if request.method == "DELETE" {
                state.farewells[id, default: .init()].deletedAt = state.farewells[id]?.deletedAt ?? now
            } else if purchase.phase == .running || purchase.phase == .booting {
                state.farewells[id, default: .init()].isStopped = true
            }
        }
    }

    /// A request arrives at another account, in which nothing is ours: it may look, and change nothing.
    func strays(_ request: TransportRequest) {
        count("other looks at another account")
        guard request.method != "GET" else { return }
        blame(.onlyOurs, "\(request.method) \(request.url) reaches an account in which nothing is ours")
    }

    /// A request was dealt with.
    func answered(_ request: TransportRequest, _ reply: TransportReply?, disk: SimulatedDisk) {
        let now = now
        if let id = request.allocation, reply?.status == 404 {
            let purchase = purchase(id)
            let lie = purchase.map { $0.isAlive && !$0.isDenied && $0.visibleAt <= clock.timestamp } ?? false
            with { state in
                var farewell = state.farewells[id] ?? .init()
                if lie { farewell.denials += 1 }
                if farewell.deletedAt != nil {
                    farewell.firstGone = farewell.firstGone ?? now
                    farewell.lastGone = now
                }
                state.farewells[id] = farewell
            }
        }
        guard request.method != "GET" else { return }
        note("answer", reply.map { String($0.status) } ?? "none")
        judgeBooks(after: request.attempt, disk.durable.records)
    }

    /// Nothing is bought for a slot in which something lives that has not been left behind.
    private func judgeNeed(of row: AllocationRecord, _ rows: [AttemptID: AllocationRecord]) {
        for other in rows.values where other.key == row.key && other.slot == row.slot && other.attempt != row.attempt {
            guard other.phase == .live, other.ordinal < row.ordinal else { continue }
            let words = "attempt \(row.attempt.short) of \(row.key.rawValue)/\(row.slot)"
            if row.replaces != other.attempt {
                blame(.noSpare, "\(words) is bought beside \(other.attempt.short), which it does not replace")
            } else if row.shape == other.shape, row.purchase.platform == other.purchase.platform {
                blame(.noSpare, "\(words) is bought to replace \(other.attempt.short), which is of the same shape")
            }
        }
    }
}

extension TransportRequest {
    /// The attempt of a paid call.
    var attempt: AttemptID? {
        headers.first { $0.name == "Idempotency-Key" }.map { AttemptID(rawValue: $0.value) }
    }

    /// The allocation that a URL speaks of; nil where it speaks of none.
    var allocation: String? {
        let parts = url.split(separator: "/")
        guard let place = parts.firstIndex(where: { $0 == "instances" || $0 == "intents" }), place + 1 < parts.count
        else { return nil }
        return String(parts[place + 1])
    }
}

import Intents
import Placement

/// Finds out what is not as it was bought, and since when; notes when it is as it should be again.
///
/// What differs is corrected, unless the intent only wants it shown: then it stays. What a platform takes back that it had
/// reserved the right to take back is no drift.
func watchForDrift(_ deliberation: inout Deliberation) {
    guard !deliberation.situation.isPaused else { return }
    let drifts = deliberation.account.memory.drifts
    guard !drifts.isEmpty || !deliberation.differences.isEmpty else { return }
    for index in deliberation.records.indices where deliberation.records[index].phase == .live {
        let record = deliberation.records[index]
        let message = deliberation.differences[index]
        guard message != nil || drifts.contains(where: { $0.slot == record.slot }),
            !deliberation.isBeingReplaced(record), case .seen = deliberation.look(row: index)
        else { continue }
        if let message {
            deliberation.noteDrift(.shape, of: record, message)
        } else {
            deliberation.endDrift(of: record, .shape)
        }
    }
    closeWhatIsOver(&deliberation)
}

/// A slot that runs again, or that nobody wants any more, drifts no longer.
private func closeWhatIsOver(_ deliberation: inout Deliberation) {
    guard !deliberation.account.memory.drifts.isEmpty else { return }
    let wanted = deliberation.spec.map { deliberation.wantedAllocations($0) } ?? 0
    let isOver = deliberation.situation.wish == nil || deliberation.account.finish != nil
    for drift in deliberation.account.memory.drifts {
        let newest = deliberation.newestRunning(in: drift.slot)
        let isReplaced = newest.map { $0.attempt != drift.attempt || drift.kind != .shape } ?? false
        if isOver || drift.slot >= wanted || isReplaced {
            deliberation.endDrift(drift)
        }
    }
}

extension Deliberation {
    /// Whether another allocation lives that is to take this one's place.
    fileprivate func isBeingReplaced(_ record: AllocationRecord) -> Bool {
        records.contains { $0.phase == .live && $0.replaces == record.attempt }
    }

    /// The latest allocation of a slot that does its work.
    fileprivate func newestRunning(in slot: Int) -> AllocationRecord? {
        records.last { $0.slot == slot && runs($0) }
    }

    /// Whether what differs from what was bought is left as it is, and only shown.
    var onlyReportsDrift: Bool { spec?.driftPolicy == .report }

    /// Notes a loss or a stop that was not ours; returns whether it is only shown.
    mutating func takeAsDrift(_ kind: DriftMemory.Kind, of record: AllocationRecord, _ message: String) -> Bool {
        guard !record.purchase.spot, situation.wish != nil else { return false }
        noteDrift(kind, of: record, message)
        return onlyReportsDrift
    }

    /// Whether other hardware than was bought fills a slot, and is to be replaced for it.
    func isMisshapen(_ record: AllocationRecord) -> Bool {
        guard record.phase == .live, !onlyReportsDrift else { return false }
        return account.memory.drifts.contains { $0.attempt == record.attempt && $0.kind == .shape && !$0.isStubborn }
    }

    /// That something is gone or stopped and left so, because only that was wished; nil where nothing is.
    var driftStall: ErrorStatus? {
        guard onlyReportsDrift, account.memory.drifts.contains(where: { $0.kind != .shape }) else { return nil }
        return driftWords.map { ErrorStatus(code: "Drifted", message: $0, at: now) }
    }

    /// Remembers since when a slot has not been as it was bought.
    fileprivate mutating func noteDrift(_ kind: DriftMemory.Kind, of record: AllocationRecord, _ message: String) {
        guard !account.memory.drifts.contains(where: { $0.attempt == record.attempt && $0.kind == kind }) else {
            return
        }
        let before = account.memory.drifts.first { $0.slot == record.slot }
        account.memory.drifts.removeAll { $0.slot == record.slot }
        let seen = kind == .gone ? record.missingSince ?? now : now
        var drift = DriftMemory(slot: record.slot, attempt: record.attempt, kind: kind, since: seen, message: message)
        drift.since = min(before?.since ?? seen, seen)
        drift.isStubborn = kind == .shape && before?.kind == .shape && before?.message == message
        account.memory.drifts.append(drift)
        let what =
            onlyReportsDrift
            ? "left as it is, since driftPolicy is Report"
            : drift.isStubborn ? "so was its replacement, and it is left as it is" : "it is corrected"
        tell("Drifted", "slot \(record.slot): \(message); \(what)", severity: .warning)
    }

    /// Ends a drift of an allocation that is as it was bought again.
    fileprivate mutating func endDrift(of record: AllocationRecord, _ kind: DriftMemory.Kind) {
        guard let drift = account.memory.drifts.first(where: { $0.attempt == record.attempt && $0.kind == kind })
        else { return }
        endDrift(drift)
    }

    fileprivate mutating func endDrift(_ drift: DriftMemory) {
        account.memory.drifts.removeAll { $0 == drift }
        tell(
            "DriftEnded",
            "slot \(drift.slot) was not as bought for \(Self.words(now - drift.since)): \(drift.message)"
        )
    }

    /// What drifts, and for how long, for people; nil where all is as it was bought.
    var driftWords: String? {
        let drifts = account.memory.drifts
        guard !drifts.isEmpty else { return nil }
        return drifts.map { "slot \($0.slot) since \($0.since.text): \($0.message)" }.joined(separator: "; ")
    }

    /// A span in whole seconds.
    private static func words(_ span: Duration) -> String { Duration.seconds(span.milliseconds / 1000).text }
}

extension Purchase {
    /// How what is there differs from what was ordered; nil where it does not, as far as the platform tells.
    func difference(from observation: Observation) -> String? {
        // Where one allocation carries every replica, some count the GPUs of one and some of all.
        if let count = observation.gpuCount, count != gpuCount, maxReplicas == nil || count % gpuCount != 0 {
            return "it holds \(count) GPUs, and \(gpuCount) were bought"
        }
        if let type = observation.gpuType, type != model, type != offer.name,
            let found = GPUCatalog.standard.find(type)?.gpu.model,
            let bought = GPUCatalog.standard.find(model)?.gpu.model, found != bought
        {
            return "it holds \(found), and \(bought) was bought"
        }
        if let there = observation.provider, let provider, there != provider {
            return "it is on \(there), and was bought on \(provider)"
        }
        return nil
    }
}

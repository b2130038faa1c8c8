import Intents
import Placement

/// Learns from what platforms take back: after repeated losses on-demand offers are taken, until it has been calm.
func heedLosses(_ deliberation: inout Deliberation) {
    let hasLost = !deliberation.account.memory.losses.isEmpty
    guard hasLost || deliberation.account.memory.onDemandSince != nil else { return }
    let (now, policy) = (deliberation.now, deliberation.policy)
    var memory = deliberation.account.memory
    memory.losses.removeAll { now - $0 >= policy.calmAfter }
    if memory.onDemandSince == nil, memory.losses.count >= policy.lossesUntilFallback, deliberation.fallsBack {
        memory.onDemandSince = now
        deliberation.tell(
            "SpotLeft",
            "\(memory.losses.count) spot allocations were taken back within an hour: on-demand offers are taken instead",
            severity: .warning
        )
    }
    if let last = memory.losses.last, memory.onDemandSince != nil {
        deliberation.wake(at: last + policy.calmAfter, "calm enough for spot offers")
    }
    // What was bought meanwhile stays marked by this until it has been given up for spot again.
    if let since = memory.onDemandSince, memory.losses.isEmpty, !deliberation.holdsFallback(since) {
        memory.onDemandSince = nil
        deliberation.tell("SpotAgain", "it has been calm: spot offers are taken again")
    }
    if memory != deliberation.account.memory { deliberation.account.memory = memory }
}

extension Deliberation {
    /// Remembers that a platform took something back; only what it may take back teaches anything.
    mutating func noteLoss(of record: AllocationRecord) {
        guard record.purchase.spot else { return }
        account.memory.losses = Array((account.memory.losses + [now]).suffix(policy.lossesKept))
    }

    /// Whether spot offers are to be left alone now.
    var leavesSpot: Bool { account.memory.onDemandSince != nil && !account.memory.losses.isEmpty }

    /// Whether repeated losses lead to on-demand offers: unless the intent says to stay on spot, or to give up.
    var fallsBack: Bool {
        guard let fallback = spec?.constraints.negotiation?.fallback else { return true }
        return fallback != .spot && fallback != .fail
    }

    /// Why nothing more is bought for an intent whose fallback is to give up; nil while it goes on.
    var givesUp: ErrorStatus? {
        guard spec?.constraints.negotiation?.fallback == .fail,
            account.memory.losses.count >= policy.lossesUntilFallback
        else { return nil }
        return ErrorStatus(
            code: "SPOT_LOST",
            message: "\(account.memory.losses.count) spot allocations were taken back within an hour, and "
                + "fallback_strategy is fail",
            at: now
        )
    }

    /// The candidates in the order in which they are to be tried: on demand where spot is left alone, and other places
    /// before those where something was just lost.
    func heedingLosses(_ candidates: [Candidate]) -> [Candidate] {
        let safe = leavesSpot ? candidates.filter { !$0.offer.spot } : candidates
        let open = safe.isEmpty ? candidates : safe
        let places = Set(records.filter { $0.ending?.reason == .lost }.map { LossPlace($0.purchase) })
        guard !places.isEmpty else { return open }
        return open.filter { !places.contains(LossPlace($0.offer)) }
            + open.filter { places.contains(LossPlace($0.offer)) }
    }

    /// Whether something lives that was bought on demand only because spot was left alone.
    func holdsFallback(_ since: Timestamp) -> Bool { counted.contains { isFallback($0, since) } }

    func isFallback(_ record: AllocationRecord, _ since: Timestamp) -> Bool {
        record.phase != .ending && !record.purchase.spot && record.openedAt >= since && spec?.allowsSpot == true
    }
}

/// Where something was lost.
private struct LossPlace: Hashable {
    let platform: PlatformName
    let provider: String?
    let location: String?
    let zone: String?

    init(_ purchase: Purchase) {
        (platform, provider, location, zone) =
            (purchase.platform, purchase.provider, purchase.location, purchase.zone)
    }

    init(_ offer: Offer) {
        (platform, provider, location, zone) = (offer.platform, offer.provider, offer.location, offer.zone)
    }
}

extension IntentSpec {
    /// Whether spot offers may be taken: either of two fields allows it.
    var allowsSpot: Bool { constraints.preemptible || workload.resources.gpu?.interruptible == true }
}

extension Sighting {
    /// Whether the platform's words say that it took the allocation back, whatever it calls the state.
    var tellsOfPreemption: Bool {
        let words = "\(rawState) \(message ?? "")".lowercased()
        return ["preempt", "evict", "reclaim", "spot interruption"].contains { words.contains($0) }
    }
}

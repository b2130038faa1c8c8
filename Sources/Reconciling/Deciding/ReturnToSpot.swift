import Intents
import Placement

/// Replaces what was bought on demand because too much spot was taken back, once it has been calm: one slot after the
/// other, beside what runs, and only by a spot offer that costs less.
///
/// A job stays where it is: its work would begin anew.
func returnToSpot(_ deliberation: inout Deliberation) {
    guard deliberation.holdBuying == nil, let spec = deliberation.spec, spec.workload.kind == .service,
        let since = deliberation.account.memory.onDemandSince, !deliberation.leavesSpot, deliberation.steps.isEmpty,
        deliberation.unrecordedSlots.isEmpty,
        !deliberation.surgeIsUnderWay, deliberation.counted.allSatisfy({ deliberation.runs($0) }), !spec.forbidsSurge,
        let index = deliberation.records.indices.first(where: { index in
            deliberation.records[index].phase == .live && deliberation.isFallback(deliberation.records[index], since)
        })
    else { return }
    guard let market = deliberation.situation.market else {
        deliberation.needsMarket = true
        return
    }
    let record = deliberation.records[index]
    guard !deliberation.situation.unrecorded.contains(where: { $0.reference?.slot == record.slot }) else { return }
    let ranking = market.rank(
        spec,
        resting: deliberation.situation.resting,
        platforms: [record.purchase.platform],
        now: deliberation.now
    )
    let candidate = ranking.candidates.first { $0.offer.spot && $0.hourlyPerAllocation < record.purchase.hourly }
    guard let candidate, deliberation.situation.platforms[record.purchase.platform]?.pausedBecause == nil,
        deliberation.pays(for: candidate, spec), deliberation.totalPays(for: candidate, spec),
        deliberation.quotaShortage(for: candidate, spec, planned: .zero, count: 0) == nil
    else { return }
    deliberation.steps.append(.provision(slot: record.slot, candidate, replacing: record.attempt))
}

import Intents
import Placement

/// Releases an intent before the total of a group that it is in is used up; it comes back with the next period.
///
/// A total that is about to be passed lets go of everything in the group, each intent by itself.
func keepWithinQuotas(_ deliberation: inout Deliberation) {
    guard deliberation.holdBuying == nil else { return }
    for standing in deliberation.situation.quotas {
        guard let total = standing.quota.maxTotalCost, let ends = standing.periodEnds else { continue }
        let horizon = min(deliberation.policy.budgetMargin, max(.zero, ends - deliberation.now))
        guard standing.spent + standing.hourly.over(horizon) > total.amount else { continue }
        let isHeld = deliberation.records.contains { $0.phase == .live } || standing.spent >= total.amount
        guard isHeld else { continue }
        let words =
            "\(standing.quota.name) may cost \(total.amount) a \(total.period.rawValue), and that is as good as spent"
        deliberation.holdBuying = .quota(words)
        deliberation.wake(at: ends, "the next \(total.period.rawValue) of a quota")
        for index in deliberation.records.indices { deliberation.end(index, because: .budget, words) }
        return
    }
}

extension Deliberation {
    /// Why a quota does not let one more be bought; nil where all of them do.
    ///
    /// `planned` and `count` are what this decision buys already.
    mutating func quotaShortage(for candidate: Candidate, _ spec: IntentSpec, planned: Money, count: Int) -> String? {
        #if MUTANTS
        if Mutant.quotaIgnored.isActive { return nil }
        #endif
        let gpus = (spec.workload.resources.gpu?.count ?? 1) * candidate.parts(spec)
        for standing in situation.quotas {
            let lack = standing.shortage(
                adding: planned + candidate.hourlyPerAllocation,
                gpus: gpus * (count + 1),
                now: now,
                ahead: policy.budgetMargin + policy.provisioningTimeout
            )
            guard let lack else { continue }
            if standing.holders == nil { needsHolders = true }
            return lack
        }
        return nil
    }
}

extension Candidate {
    /// How many slots one allocation on it stands for.
    func parts(_ spec: IntentSpec) -> Int {
        if let maxReplicas { return maxReplicas }
        return allocations == 1 ? spec.workload.wantedSlots : 1
    }
}

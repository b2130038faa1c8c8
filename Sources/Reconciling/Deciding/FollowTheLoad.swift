package import Intents

/// Lets the number of replicas follow the load, within the bounds of the intent and what its hourly cap pays for.
///
/// What a platform carries as a whole it scales by itself. The number is durable; without a fresh measurement it stays.
func followTheLoad(_ deliberation: inout Deliberation) {
    guard deliberation.holdBuying == nil, let spec = deliberation.spec else { return }
    guard let scaling = spec.autoscaling, !deliberation.isCarriedWhole else {
        if deliberation.account.memory.replicas != nil { deliberation.account.memory.replicas = nil }
        return
    }
    let present = scaling.clamp(deliberation.account.memory.replicas ?? scaling.minReplicas)
    var wanted = present
    if let load = deliberation.freshLoad, load.base == present {
        let windows = deliberation.policy.scaling
        if let due = load.due(windows, at: deliberation.now) {
            wanted = scaling.clamp(due)
            if let payable = deliberation.payableSlots, wanted > payable {
                wanted = max(min(present, wanted), min(wanted, payable))
            }
            if wanted != present {
                deliberation.tell("Scaled", "\(present) → \(wanted) replicas: \(load.summary)")
            }
        } else if let moment = load.dueAt(windows) {
            deliberation.wake(at: moment, "whether the load goes on asking for another number of replicas")
        }
    }
    let known = deliberation.account.memory.replicas
    if known != nil || wanted != scaling.minReplicas, known != wanted {
        deliberation.account.memory.replicas = wanted
    }
    deliberation.limitByBudget(wanted, scaling)
}

extension Deliberation {
    /// The load, where it was measured a short while ago.
    var freshLoad: LoadTrend? {
        guard let load = situation.surroundings.load, now - load.measuredAt <= policy.scaling.oldest else { return nil }
        return load
    }

    /// Whether a platform carries the intent as a whole.
    var isCarriedWhole: Bool { sums.isWhole }

    /// How many slots the hourly cap pays for, at the prices of what is held; nil without a cap or without a price.
    var payableSlots: Int? {
        guard let cap = spec?.constraints.maxHourlyCost else { return nil }
        var dearest = Money.zero
        var left = cap
        var payable = 0
        var isPayable = true
        var slot: (number: Int, hourly: Money)?
        for record in counted where record.phase != .ending {
            let hourly = record.hourly
            dearest = max(dearest, hourly)
            // The rows of a slot stand together; a surge counts at the dearer of the two.
            if let same = slot, same.number == record.slot {
                slot = (same.number, max(same.hourly, hourly))
                continue
            }
            if let before = slot { isPayable = isPayable && Self.take(before.hourly, from: &left, counting: &payable) }
            slot = (record.slot, hourly)
        }
        if let last = slot { isPayable = isPayable && Self.take(last.hourly, from: &left, counting: &payable) }
        guard dearest > .zero else { return nil }
        guard isPayable else { return payable }
        return payable + Int(left.micros / dearest.micros)
    }

    private static func take(_ price: Money, from left: inout Money, counting payable: inout Int) -> Bool {
        guard price <= left else { return false }
        left = left - price
        payable += 1
        return true
    }

    /// What the cap no longer pays for is not wanted, and says so.
    fileprivate mutating func limitByBudget(_ wanted: Int, _ scaling: Workload.Scaling) {
        var wanted = wanted
        if let payable = payableSlots, wanted > max(payable, scaling.minReplicas) {
            wanted = max(payable, scaling.minReplicas)
            scalingLimit = "the hourly cap pays for \(wanted) replicas"
        } else if let load = freshLoad, let rising = load.rising, rising.nearest > wanted {
            scalingLimit = wanted >= scaling.maxReplicas ? "max_replicas is \(scaling.maxReplicas)" : nil
        }
        wantedReplicas = wanted
    }

    /// How many slots are wanted where each is an allocation of its own.
    func wantedSlots(_ spec: IntentSpec) -> Int {
        if let wantedReplicas { return wantedReplicas }
        guard let scaling = spec.autoscaling else { return spec.workload.wantedSlots }
        return scaling.clamp(account.memory.replicas ?? scaling.minReplicas)
    }
}

extension IntentSpec {
    /// The bounds between which the operator follows the load; nil where it does not.
    package var autoscaling: Workload.Scaling? {
        guard workload.kind == .service, let scaling = workload.scaling, scaling.autoScale,
            scaling.maxReplicas > scaling.minReplicas
        else { return nil }
        return scaling
    }
}

extension Workload.Scaling {
    /// The nearest number within the bounds.
    package func clamp(_ replicas: Int) -> Int { min(max(replicas, minReplicas), maxReplicas) }
}

import Intents

extension Deliberation {
    /// Ready, Reconciling and Stalled always, by the rules of kstatus; the others only while they hold.
    func conditions(_ status: IntentStatus, _ standing: Standing) -> [Condition] {
        var conditions = [ready(status, standing), reconciling(standing), stalled(standing)]
        conditions += abnormal().map { type, reason, message in condition(type, .yes, reason, message) }
        return conditions
    }

    private func ready(_ status: IntentStatus, _ standing: Standing) -> Condition {
        switch status.phase {
        case .running:
            return condition("Ready", .yes, "Running", "\(status.readySlots) of \(status.wantedSlots) slots run")
        case .completed:
            return condition("Ready", .yes, "Completed", "the work is done and everything is released")
        default:
            let (reason, message) = whyNotReady(status, standing)
            return condition("Ready", .no, reason, message)
        }
    }

    /// The one sentence that answers "what is it doing, and why".
    private func whyNotReady(_ status: IntentStatus, _ standing: Standing) -> (String, String) {
        switch holdBuying {
        case .withdrawn where notYet != nil: return (notYet?.code ?? "", notYet?.message ?? "")
        case .withdrawn: return ("Terminating", "its intent was withdrawn; \(counted.count) allocations are to go")
        case .suspended(let suspension):
            return ("Suspended", suspension.reason.isEmpty ? "suspended" : suspension.reason)
        case .deadlinePassed(let deadline): return ("DeadlinePassed", "the deadline \(deadline) has passed")
        case .finished(let finish): return (finish.outcome.rawValue, finish.message)
        case .budget: return ("BudgetExhausted", "the total cap leaves nothing more to spend")
        case .closed(let hours): return ("OutsideWindow", hours.words)
        case .quota(let words): return ("QUOTA_EXCEEDED", words)
        case .paused, nil: break
        }
        if let stall { return (stall.code, stall.message) }
        if let notYet { return (notYet.code, notYet.message) }
        if let yields { return (yields.code, yields.message) }
        if let failure { return (failure.error.code, failure.error.message) }
        if counted.contains(where: { $0.phase == .unknown }) {
            return ("PurchaseUnknown", "the outcome of a purchase is not known yet")
        }
        return (status.phase.rawValue, "\(status.readySlots) of \(status.wantedSlots) slots run")
    }

    private func reconciling(_ standing: Standing) -> Condition {
        guard standing == .moving else { return condition("Reconciling", .no, "Settled", "nothing is under way") }
        let due = wakeups.min { $0.at < $1.at }
        return condition("Reconciling", .yes, "Progressing", due?.why ?? failure?.error.message ?? "working on it")
    }

    private func stalled(_ standing: Standing) -> Condition {
        guard standing == .stalled else { return condition("Stalled", .no, "NotStalled", "nothing stands in the way") }
        if let stall { return condition("Stalled", .yes, stall.code, stall.message) }
        switch holdBuying {
        case .deadlinePassed(let deadline):
            return condition("Stalled", .yes, "DeadlinePassed", "the deadline \(deadline) has passed")
        case .budget: return condition("Stalled", .yes, "BudgetExhausted", "the total cap is used up")
        case .quota(let words): return condition("Stalled", .yes, "QUOTA_EXCEEDED", words)
        case .finished(let finish): return condition("Stalled", .yes, finish.outcome.rawValue, finish.message)
        default: break
        }
        return condition(
            "Stalled",
            .yes,
            "PersonNeeded",
            "only a person can tell what became of a purchase: intentctl resolve"
        )
    }

    private func abnormal() -> [(String, String, String)] {
        var found: [(String, String, String)] = []
        if let staleness = situation.wish?.staleness { found.append(("SourceInvalid", "LastGoodKept", staleness)) }
        if case .paused(let pause) = holdBuying {
            found.append(("Paused", "Paused", pause.reason.isEmpty ? "paused" : pause.reason))
        }
        if let question = questions.first {
            found.append(("ApprovalNeeded", question.permission.purpose.rawValue, question.why))
        }
        if let negotiationWords { found.append(("Negotiation", negotiationWords.reason, negotiationWords.message)) }
        if let driftWords { found.append(("Drifted", onlyReportsDrift ? "Reported" : "Correcting", driftWords)) }
        if let scalingLimit { found.append(("ScalingLimited", "Bounded", scalingLimit)) }
        let sums = sums
        if sums.unsettled > 0 {
            let words = "\(sums.unsettled) purchases count although nobody can tell"
            found.append(("PurchaseUnknown", "OutcomeUnknown", words))
        }
        if sums.unverified > 0 {
            found.append(("Unverified", "DeleteFailed", "\(sums.unverified) allocations may still be billed"))
        }
        if let cap = spec?.constraints.maxHourlyCost, countedHourly > cap {
            found.append(("Overrun", "OverHourlyCap", "\(countedHourly) an hour are counted, over the cap of \(cap)"))
        } else if let cap = spec?.constraints.maxTotalCost, sums.counted > 0, spent > cap {
            found.append(("Overrun", "OverTotalCap", "what is still held costs more than the cap of \(cap) in all"))
        } else if overdueHourly > .zero {
            let words = "\(overdueHourly) an hour are billed for what its platform was asked to end"
            found.append(("Overrun", "EndRefused", words))
        }
        if account.memory.warnedPercent > 0, let cap = spec?.constraints.maxTotalCost {
            let share = account.memory.warnedPercent
            found.append(("BudgetLow", "Spent\(share)Percent", "\(share) % of the total cap of \(cap) are spent"))
        }
        found += brokenPromises()
        if missesSomething, situation.looks.values.contains(.doubtful) {
            found.append(
                ("Doubtful", "MassLoss", "most of a platform's allocations seem gone; waiting for a second look")
            )
        }
        return found
    }

    /// A condition whose transition time stays while its status does.
    private func condition(_ type: String, _ state: Condition.Status, _ reason: String, _ message: String) -> Condition
    {
        let before = situation.previous?.conditions.first { $0.type == type && $0.status == state }
        return Condition(
            type: type,
            status: state,
            reason: reason,
            message: message,
            lastTransition: before?.lastTransition ?? now
        )
    }

    /// The last changes of phase, newest first.
    func history(_ status: IntentStatus) -> [Transition] {
        let before = situation.previous?.history ?? []
        guard before.first?.phase != status.phase else { return before }
        let message = status.conditions.first { $0.type == "Ready" }?.message ?? ""
        return Array(([Transition(at: now, phase: status.phase, message: message)] + before).prefix(5))
    }
}

extension IntentStatus {
    /// Whether people would read the same; the running total and the moments of waiting are not news, and neither is
    /// when a known error came again.
    package func tellsTheSame(as other: IntentStatus) -> Bool {
        // Field by field, since a copy for leaving some of them out costs more than everything else here.
        observedGeneration == other.observedGeneration && phase == other.phase && wantedSlots == other.wantedSlots
            && cost.tellsTheSame(as: other.cost) && url == other.url && slots == other.slots
            && conditions == other.conditions && placement == other.placement && constraints == other.constraints
            && lastError?.code == other.lastError?.code && lastError?.message == other.lastError?.message
            && history == other.history && approvals == other.approvals
            && (availability != nil) == (other.availability != nil)
            && availability?.promised == other.availability?.promised
            && availability?.interruptedSince == other.availability?.interruptedSince
    }
}

extension CostStatus {
    /// Whether people would read the same but for what grows by itself.
    fileprivate func tellsTheSame(as other: CostStatus) -> Bool {
        hourly == other.hourly && (reported != nil) == (other.reported != nil)
            && (overrun != nil) == (other.overrun != nil)
    }
}

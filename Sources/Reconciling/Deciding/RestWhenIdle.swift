import Intents

/// Lets a service rest that has done nothing for as long as its intent says, until a person resumes it or changes it.
func restWhenIdle(_ deliberation: inout Deliberation) {
    guard deliberation.holdBuying == nil, let wish = deliberation.situation.wish else { return }
    guard let idle = wish.intent.spec.idle, wish.intent.spec.workload.kind == .service else {
        deliberation.account.memory.rest = nil
        return
    }
    if let rest = deliberation.account.memory.rest {
        guard rest.generation == wish.generation else {
            deliberation.account.memory.rest = nil
            return deliberation.tell("Woken", "it was changed, and rests no longer")
        }
        return rest.hold(&deliberation)
    }
    guard let since = deliberation.freshLoad?.idleSince else { return }
    let due = since + idle.period
    guard deliberation.now >= due else { return deliberation.wake(at: due, "whether it goes on doing nothing") }
    let saving = deliberation.records.reduce(Money.zero) { $1.phase == .live ? $0 + $1.hourly : $0 }
    let reason =
        "idle: every slot was under \(idle.below.percentageText) for \(idle.period.text); resting saves "
        + "\(saving.rateText); `intentctl resume \(deliberation.situation.key.rawValue)` ends it"
    let rest = RestMemory(since: deliberation.now, generation: wish.generation, reason: reason)
    deliberation.account.memory.rest = rest
    deliberation.tell("Idle", reason)
    rest.hold(&deliberation)
}

extension RestMemory {
    /// Holds the intent back as a suspension that a person asked for would.
    fileprivate func hold(_ deliberation: inout Deliberation) {
        var suspension = Suspension()
        suspension.reason = reason
        deliberation.holdBuying = .suspended(suspension)
    }
}

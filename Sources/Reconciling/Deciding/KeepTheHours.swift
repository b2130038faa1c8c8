import Intents

/// Holds an intent back outside its availability window: a service is released, a job is not begun.
///
/// What serves has a time of grace after the window has closed; a window that opens again within it changes nothing. The
/// tasks of a job that have begun go on to their end.
func keepTheHours(_ deliberation: inout Deliberation) {
    guard deliberation.holdBuying == nil, let hours = deliberation.situation.surroundings.hours,
        let spec = deliberation.spec
    else { return }
    if let change = hours.changesAt {
        deliberation.wake(at: change, hours.isOpen ? "its availability window closes" : hours.words)
    }
    guard !hours.isOpen else { return }
    #if MUTANTS
    if (spec.workload.kind == .service ? Mutant.windowIgnored : .jobBeginsOutside).isActive { return }
    #endif
    guard spec.workload.kind == .service else {
        deliberation.notYet = ErrorStatus(code: "OutsideWindow", message: hours.words, at: deliberation.now)
        return
    }
    deliberation.holdBuying = .closed(hours)
    guard deliberation.records.contains(where: { $0.phase == .live }) else { return }
    let end = hours.closedSince.map { $0 + deliberation.policy.windowGrace } ?? deliberation.now
    guard deliberation.now >= end else { return deliberation.wake(at: end, "the grace after its window has closed") }
    for index in deliberation.records.indices {
        deliberation.end(index, because: .windowClosed, "its availability window has closed")
    }
}

extension OpeningHours {
    /// That it is closed, and until when, in a sentence.
    var words: String {
        guard let changesAt else { return "outside its availability window, which does not open any more" }
        return "outside its availability window; waiting until \(changesAt.text)"
    }
}

import Intents

/// Keeps the record of a finished job for a time; after it only that it has ended stays, so that it does not begin anew.
func forgetDetails(of finish: Finish, _ wish: Wish, in deliberation: inout Deliberation) {
    let end = finish.at + deliberation.finishedKept
    guard deliberation.now >= end else { return deliberation.wake(at: end, "the end of a finished job's record") }
    deliberation.account.finish?.message = ""
    deliberation.account.memory.tasks = []
    deliberation.account.memory.losses = []
    deliberation.account.memory.approvals = []
}

extension Deliberation {
    /// How long the record of a finished job is kept.
    fileprivate var finishedKept: Duration { spec?.ttlAfterFinished ?? policy.finishedKept }

    /// Whether the record of the finished work has been kept long enough.
    var isRecordOver: Bool {
        guard case .finished(let finish) = holdBuying else { return false }
        return now >= finish.at + finishedKept
    }
}

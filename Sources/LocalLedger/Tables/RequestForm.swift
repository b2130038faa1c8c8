import Intents
import Reconciling

/// A request's verb laid out in columns.
struct RequestForm {
    /// What is asked, in a word.
    enum Word: String, CaseIterable {
        /// Hold nothing, or only stopped allocations.
        case suspend
        /// End a suspension and a pause.
        case resume
        /// Look but change nothing.
        case pause
        /// Look and act now.
        case reconcile
        /// An allocation is this one.
        case adopt
        /// An allocation does not exist.
        case abandon
        /// Held withdrawals may happen.
        case approve
        /// What waits for a person's word may be done.
        case permit
        /// A task has come to its end.
        case complete
    }

    /// What is asked.
    var word: Word
    /// Of which intent.
    var key: IntentKey?
    /// Of which slot.
    var slot: Int?
    /// The platform's name of an allocation.
    var allocation: String?
    /// Names a list of held withdrawals.
    var token: String?
    /// Why, in a person's words.
    var reason: String?
    /// Until when.
    var until: Timestamp?
    /// What happens to the allocations.
    var mode: Suspension.Mode?
}

extension RequestForm {
    /// The columns of a verb.
    init(_ verb: OperatorRequest.Verb) {
        switch verb {
        case .suspend(let key, let suspension):
            self.init(
                word: .suspend,
                key: key,
                reason: suspension.reason,
                until: suspension.until,
                mode: suspension.mode
            )
        case .resume(let key): self.init(word: .resume, key: key)
        case .pause(let key, let pause): self.init(word: .pause, key: key, reason: pause.reason, until: pause.until)
        case .reconcile(let key): self.init(word: .reconcile, key: key)
        case .adopt(let key, let slot, let id):
            self.init(word: .adopt, key: key, slot: slot, allocation: id.rawValue)
        case .abandon(let key, let slot): self.init(word: .abandon, key: key, slot: slot)
        case .approve(let token, let key): self.init(word: .approve, key: key, token: token)
        case .permit(let key, let permission): self.init(word: .permit, key: key, token: permission.text)
        case .complete(let key, let slot, let outcome):
            self.init(word: .complete, key: key, slot: slot, token: outcome.rawValue)
        }
    }

    /// The verb of these columns; nil where a part is missing.
    var verb: OperatorRequest.Verb? {
        switch (word, key) {
        case (.reconcile, let key): return .reconcile(key)
        case (.approve, let key): return token.map { .approve(token: $0, key) }
        case (_, nil): return nil
        case (.resume, let key?): return .resume(key)
        case (.suspend, let key?): return suspension.map { .suspend(key, $0) }
        case (.pause, let key?):
            var pause = Pause()
            pause.reason = reason ?? ""
            pause.until = until
            return .pause(key, pause)
        case (.adopt, let key?):
            guard let slot, let allocation else { return nil }
            return .adopt(key, slot: slot, AllocationID(rawValue: allocation))
        case (.permit, let key?): return token.flatMap(Permission.init(text:)).map { .permit(key, $0) }
        case (.complete, let key?):
            guard let slot, let outcome = token.flatMap(TaskOutcome.init(rawValue:)) else { return nil }
            return .complete(key, slot: slot, outcome)
        case (.abandon, let key?): return slot.map { .abandon(key, slot: $0) }
        }
    }

    private var suspension: Suspension? {
        guard let mode else { return nil }
        var suspension = Suspension()
        suspension.reason = reason ?? ""
        suspension.until = until
        suspension.mode = mode
        return suspension
    }
}

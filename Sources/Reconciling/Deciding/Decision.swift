package import Intents
package import Placement

/// What a reconcile wants: what to write down, what to do, what to show, when to look again.
package struct Decision: Sendable {
    /// What is to be written down before any step is taken.
    package var changes: [LedgerChange]
    /// What is to be done; steps of different attempts may be taken side by side.
    package var steps: [Step]
    /// What people are shown.
    package var status: IntentStatus
    /// When to look again.
    package var next: Next
    /// Whether all is as written.
    package var standing: Standing
    /// Whether the decision could go further if it knew what is on sale.
    package var needsMarket: Bool
    /// Whether the status could say more if it were known who holds a quota.
    package var needsHolders: Bool
    /// Whether it leaves something scarce to another intent for a while.
    package var isYielding: Bool
    /// When an interruption becomes longer than was promised; who is closest to that is looked at first.
    package var breaksAt: Timestamp?
    /// Whether the intent was withdrawn and holds nothing any more.
    package var isOver: Bool
}

extension Decision {
    /// Whether it buys something.
    package var provisionsSomething: Bool { steps.contains { if case .provision = $0 { true } else { false } } }
}

extension Decision {
    /// Whether what an intent holds, or is given, may stay.
    var keepsWhatItHolds: Bool {
        switch status.phase {
        case .suspended, .terminating, .completed, .failed: false
        default: true
        }
    }
}

extension Step {
    /// Whether it makes another row of the intent.
    var opensARow: Bool {
        switch self {
        case .provision, .takeBack: true
        case .repeatCreate, .adopt, .stop, .delete: false
        }
    }
}

/// One call that changes the world.
package enum Step: Hashable, Sendable {
    /// Buys an allocation for a slot, `replacing` another one where it surges.
    case provision(slot: Int, Candidate, replacing: AttemptID?)
    /// Sends an unknown create again, with the same key.
    case repeatCreate(AttemptID)
    /// Takes a listed allocation for an unknown purchase.
    case adopt(AttemptID, Observation)
    /// Writes down what was bought for a slot and no row knows, as bought so, `replacing` another one.
    case takeBack(Unrecorded, slot: Int, Purchase, shape: String, replacing: AttemptID?)
    /// Asks an allocation to stop.
    case stop(AttemptID)
    /// Asks for an allocation's end.
    case delete(AttemptID)
}

/// When a key is looked at again.
package enum Next: Hashable, Sendable {
    /// All is as written; a look now and then.
    case settled(poll: Duration)
    /// Something is on its way, or a time has to come.
    case waiting(until: Timestamp, why: String)
    /// Something failed; with backoff, and not before `after` where the platform named a time.
    case retry(after: Duration?, ErrorStatus)
    /// Nothing more will happen until the intent, or a person's answer, changes.
    case stalled(ErrorStatus)
}

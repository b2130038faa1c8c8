package import Intents
package import Placement

/// What people are shown of an intent; the same in files, in the terminal and in Kubernetes.
package struct IntentStatus: Hashable, Sendable {
    /// Where the intent stands as a whole.
    package enum Phase: String, Hashable, Sendable, CaseIterable {
        /// Nothing has been bought yet.
        case pending = "Pending"
        /// Something has been bought and does not run yet.
        case provisioning = "Provisioning"
        /// Every slot runs.
        case running = "Running"
        /// Some slots run, or a slot cannot be filled.
        case degraded = "Degraded"
        /// The work ended well; nothing is held.
        case completed = "Completed"
        /// The work ended badly, or can never begin.
        case failed = "Failed"
        /// Held back by a person.
        case suspended = "Suspended"
        /// On its way out.
        case terminating = "Terminating"
    }

    /// The generation of the spec that this speaks of.
    package var observedGeneration: Int
    /// Where the intent stands as a whole.
    package var phase: Phase
    /// Ready, Reconciling and Stalled always; others only while they hold.
    package var conditions: [Condition]
    /// Where it was put and why; nil while nothing was chosen.
    package var placement: PlacementStatus?
    /// Its slots in order; a surge shows two entries of one number.
    package var slots: [SlotStatus]
    /// How many slots are wanted.
    package var wantedSlots: Int
    /// What it costs.
    package var cost: CostStatus
    /// Where the workload can be reached.
    package var url: String?
    /// What became of each wish.
    package var constraints: [ConstraintVerdict]
    /// When something is tried again; nil when nothing waits.
    package var nextRetryAt: Timestamp?
    /// What went wrong last; nil when the last reconcile went well.
    package var lastError: ErrorStatus?
    /// The last transitions, newest first, at most five.
    package var history: [Transition]
    /// What waits for a person's word, which `intentctl approve NAME` gives.
    package var approvals: [ApprovalStatus] = []
    /// How long it ran, where something is promised about that; nil before it has run.
    package var availability: AvailabilityStatus?

    /// A status of an intent about which nothing is known yet.
    package init(observedGeneration: Int, wantedSlots: Int) {
        self.observedGeneration = observedGeneration
        self.wantedSlots = wantedSlots
        phase = .pending
        conditions = []
        slots = []
        cost = CostStatus(hourly: .zero, total: .zero)
        constraints = []
        history = []
    }

    /// How many slots run.
    package var readySlots: Int {
        var last: Int?
        var ready = 0
        // They are in the order of their numbers.
        for slot in slots where slot.state == .running && slot.number != last {
            last = slot.number
            ready += 1
        }
        return ready
    }
}

/// Something that waits for a person's word.
package struct ApprovalStatus: Hashable, Sendable {
    /// What is to be allowed.
    package var permission: Permission
    /// What for, in a sentence.
    package var why: String

    /// A question.
    package init(_ permission: Permission, why: String) {
        self.permission = permission
        self.why = why
    }
}

/// How long an intent ran of the last 30 days.
package struct AvailabilityStatus: Hashable, Sendable {
    /// The share of the time, such as `99.950 %`; as of the last time that anything changed.
    package var measured: String
    /// What was promised; nil where only the longest interruption was.
    package var promised: String?
    /// Since when it was measured.
    package var since: Timestamp
    /// Since when it is interrupted; nil while it is not.
    package var interruptedSince: Timestamp?

    /// An availability from its parts.
    package init(measured: String, promised: String?, since: Timestamp, interruptedSince: Timestamp?) {
        self.measured = measured
        self.promised = promised
        self.since = since
        self.interruptedSince = interruptedSince
    }
}

/// One aspect of an intent that holds or does not, by the rules of kstatus.
package struct Condition: Hashable, Sendable {
    /// Whether it holds.
    package enum Status: String, Hashable, Sendable, CaseIterable {
        /// It holds.
        case yes = "True"
        /// It does not.
        case no = "False"
        /// That cannot be told now.
        case unknown = "Unknown"
    }

    /// Its name, such as `Ready`.
    package var type: String
    /// Whether it holds.
    package var status: Status
    /// A word of a bounded set, in camel case.
    package var reason: String
    /// A sentence for people.
    package var message: String
    /// When `status` last changed.
    package var lastTransition: Timestamp

    /// A condition.
    package init(type: String, status: Status, reason: String, message: String, lastTransition: Timestamp) {
        self.type = type
        self.status = status
        self.reason = reason
        self.message = message
        self.lastTransition = lastTransition
    }
}

/// Where an intent was put and why.
package struct PlacementStatus: Hashable, Sendable {
    /// Who sells it.
    package var platform: PlatformName
    /// The federation's member, where there is one.
    package var provider: String?
    /// The offer's name.
    package var offer: String
    /// The GPU's model.
    package var gpu: String
    /// How many GPUs one slot holds.
    package var count: Int
    /// Where it is.
    package var location: String?
    /// What the whole intent costs in an hour.
    package var hourlyCost: Money
    /// Why it was chosen.
    package var because: String

    /// A placement from its parts.
    package init(
        platform: PlatformName,
        provider: String?,
        offer: String,
        gpu: String,
        count: Int,
        location: String?,
        hourlyCost: Money,
        because: String
    ) {
        self.platform = platform
        self.provider = provider
        self.offer = offer
        self.gpu = gpu
        self.count = count
        self.location = location
        self.hourlyCost = hourlyCost
        self.because = because
    }
}

/// One slot, and what fills it.
package struct SlotStatus: Hashable, Sendable {
    /// Where a slot stands.
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// Nothing fills it.
        case pending = "Pending"
        /// Bought, not running yet.
        case provisioning = "Provisioning"
        /// Running.
        case running = "Running"
        /// On its way to being stopped.
        case stopping = "Stopping"
        /// Stopped and kept.
        case stopped = "Stopped"
        /// On its way to being deleted.
        case deleting = "Deleting"
        /// It may exist: nobody can tell.
        case unknown = "Unknown"
        /// The platform does not show it any more.
        case lost = "Lost"
        /// Its work failed.
        case failed = "Failed"
        /// Its work is done.
        case completed = "Completed"
    }

    /// The slot's number, from 0.
    package var number: Int
    /// Who sold what fills it.
    package var platform: PlatformName?
    /// The platform's id; nil while there is none, and once it is gone.
    package var allocation: AllocationID?
    /// Where it stands.
    package var state: State
    /// Where it can be reached.
    package var address: String?
    /// The attempt that fills it.
    package var attempt: AttemptID?
    /// Since when it has been in this state.
    package var since: Timestamp?
    /// The generation of the spec that it was bought for; nil where nobody wrote it down.
    package var generation: Int?
    /// A word on why, where there is one to say.
    package var note: String

    /// A slot that nothing fills.
    package init(number: Int, state: State = .pending, note: String = "") {
        self.number = number
        self.state = state
        self.note = note
    }
}

/// What an intent costs.
package struct CostStatus: Hashable, Sendable {
    /// In an hour, with everything that is counted.
    package var hourly: Money
    /// So far, as of the last time that anything changed.
    package var total: Money
    /// When `total` was reckoned; at `hourly` since.
    package var asOf: Timestamp?
    /// What the platforms say that it has cost, where they say so and `total` differs; as of `asOf`.
    package var reported: Money?
    /// What was billed for what a platform was asked to end and has not ended; as of `asOf`.
    package var overrun: Money?

    /// A cost.
    package init(hourly: Money, total: Money, asOf: Timestamp? = nil) {
        self.hourly = hourly
        self.total = total
        self.asOf = asOf
    }
}

/// What went wrong last.
package struct ErrorStatus: Hashable, Sendable {
    /// A word of a bounded set.
    package var code: String
    /// A sentence for people.
    package var message: String
    /// When.
    package var at: Timestamp

    /// An error.
    package init(code: String, message: String, at moment: Timestamp) {
        self.code = code
        self.message = message
        at = moment
    }
}

/// A change of an intent's phase.
package struct Transition: Hashable, Sendable {
    /// When.
    package var at: Timestamp
    /// What it became.
    package var phase: IntentStatus.Phase
    /// Why, in a sentence.
    package var message: String

    /// A change.
    package init(at moment: Timestamp, phase: IntentStatus.Phase, message: String) {
        at = moment
        self.phase = phase
        self.message = message
    }
}

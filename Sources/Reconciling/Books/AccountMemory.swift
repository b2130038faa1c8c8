package import Intents
package import Placement

/// What must be remembered of an intent beyond its rows and its money, so that a crash forgets none of it.
///
/// Bounded: approvals of the present generation, one entry a task, the last losses, and 31 days of interruptions.
package struct AccountMemory: Hashable, Sendable {
    /// What people have allowed that waits for a person otherwise.
    package var approvals: [Approval] = []
    /// The tasks of a job of which there is something to tell, by slot.
    package var tasks: [TaskMemory] = []
    /// When platforms took spot allocations back, oldest first, the last few.
    package var losses: [Timestamp] = []
    /// Since when spot offers are left alone because too many were taken back; nil while they are not.
    package var onDemandSince: Timestamp?
    /// How long it was interrupted.
    package var uptime = UptimeMemory()
    /// The share of the total cap, in percent, of which people have been warned.
    package var warnedPercent = 0
    /// How many replicas the load asks for; nil where it has not asked yet.
    package var replicas: Int?
    /// Set while it rests because it did nothing.
    package var rest: RestMemory?
    /// How the last replacement by another generation went; nil where there is nothing to tell.
    package var rollout: RolloutMemory?
    /// What is not as it was bought, by slot.
    package var drifts: [DriftMemory] = []
    /// The negotiation for a wish that nothing grants; nil where there is none.
    package var negotiation: NegotiationMemory?
    /// What a withdrawn intent depended on, which has to outlive it.
    package var dependsOn: [IntentKey] = []

    /// Nothing to remember.
    package init() {}

    /// Whether there is nothing to remember.
    package var isEmpty: Bool { self == AccountMemory() }
}

/// What is remembered of one task of a job: a slot that works until it has succeeded or failed too often.
package struct TaskMemory: Hashable, Sendable {
    /// Its slot.
    package var slot: Int
    /// How often it has failed; what a platform took back does not count.
    package var failures = 0
    /// When it failed last.
    package var failedAt: Timestamp?
    /// When it succeeded; nil while it has not.
    package var completedAt: Timestamp?
    /// The attempt that worked on it last, for the one that continues it.
    package var lastAttempt: AttemptID?

    /// A task of which nothing is known.
    package init(slot: Int) { self.slot = slot }
}

/// Why a service rests although nobody has suspended it.
package struct RestMemory: Hashable, Sendable {
    /// Since when.
    package var since: Timestamp
    /// The generation of the spec that did nothing; another one ends the rest.
    package var generation: Int
    /// What it did not do, and what resting saves, in a sentence.
    package var reason: String

    /// A rest from its parts.
    package init(since: Timestamp, generation: Int, reason: String) {
        self.since = since
        self.generation = generation
        self.reason = reason
    }
}

/// How the replacement of allocations by those of another generation goes.
package struct RolloutMemory: Hashable, Sendable {
    /// The generation that was to take their place.
    package var generation: Int
    /// How many of its allocations have failed before the first one ran.
    package var failures = 0
    /// When it was given up, and the old allocations stayed; nil while it goes on.
    package var haltedAt: Timestamp?
    /// What became of the last one, in a sentence.
    package var message = ""

    /// A replacement of which nothing is known.
    package init(generation: Int) { self.generation = generation }
}

/// One slot whose allocation is not what was bought.
package struct DriftMemory: Hashable, Sendable {
    /// What differs.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Other hardware, or elsewhere.
        case shape = "Shape"
        /// It was stopped, and not by us.
        case state = "State"
        /// The platform does not know it any more.
        case gone = "Gone"
    }

    /// Which slot.
    package var slot: Int
    /// The attempt that filled it when it began.
    package var attempt: AttemptID
    /// What differs.
    package var kind: Kind
    /// Since when, as far as was seen.
    package var since: Timestamp
    /// What was bought and what is there, in a sentence.
    package var message: String
    /// Whether its replacement came out the same, so that replacing it once more would mend nothing.
    package var isStubborn: Bool

    /// A drift from its parts.
    package init(
        slot: Int,
        attempt: AttemptID,
        kind: Kind,
        since: Timestamp,
        message: String,
        isStubborn: Bool = false
    ) {
        self.slot = slot
        self.attempt = attempt
        self.kind = kind
        self.since = since
        self.message = message
        self.isStubborn = isStubborn
    }
}

/// How long an intent was interrupted, day by day, for as long as a promise is measured.
package struct UptimeMemory: Hashable, Sendable {
    /// A day's part.
    package struct Day: Hashable, Sendable {
        /// The day, counted from 1970 in UTC.
        package var number: Int
        /// How long fewer slots ran than were wanted.
        package var down: Duration
        /// How long it was held back on purpose, which counts neither way.
        package var held: Duration

        /// A day's part.
        package init(number: Int, down: Duration = .zero, held: Duration = .zero) {
            self.number = number
            self.down = down
            self.held = held
        }
    }

    /// When every slot first ran; nil before.
    package var since: Timestamp?
    /// Since when fewer slots run than are wanted; nil while all do, or while it is held back.
    package var interruptedSince: Timestamp?
    /// Since when it is held back on purpose; nil while it is not.
    package var heldSince: Timestamp?
    /// The days with an interruption or a hold that is over, oldest first.
    package var days: [Day] = []

    /// Nothing measured.
    package init() {}
}

/// A person's word that something may be done which waits for a person otherwise.
///
/// It binds to a generation of the spec, so that another spec asks again.
package struct Approval: Hashable, Sendable {
    /// What may be done.
    package enum Purpose: String, Hashable, Sendable, CaseIterable {
        /// Buying what costs more than may be bought unasked.
        case price = "Price"
        /// Replacing an allocation that holds a persistent volume.
        case volume = "Volume"
        /// Buying what strays from the wish.
        case deviation = "Deviation"
    }

    /// What may be done.
    package var purpose: Purpose
    /// For which generation of the spec.
    package var generation: Int
    /// Up to how much an hour, for a price; nil where money is no part of it.
    package var upTo: Money?
    /// How far from the wish, for what strays from it; nil for everything else.
    package var deviation: Deviation?
    /// When it was given.
    package var at: Timestamp

    /// An approval from its parts.
    package init(
        _ purpose: Purpose,
        generation: Int,
        upTo: Money? = nil,
        deviation: Deviation? = nil,
        at moment: Timestamp
    ) {
        self.purpose = purpose
        self.generation = generation
        self.upTo = upTo
        self.deviation = deviation
        at = moment
    }
}

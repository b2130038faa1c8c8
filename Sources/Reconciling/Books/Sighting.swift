package import Intents

/// What a platform last said of an allocation, as far as it is kept.
package struct Sighting: Hashable, Sendable {
    /// What its state means.
    package var state: AllocationState
    /// The platform's word.
    package var rawState: String
    /// Since when it has been in this state, as far as we saw.
    package var since: Timestamp
    /// How many looks in a row have said so, counted up to what the platform's traits ask for.
    package var looks: Int
    /// Where it can be reached.
    package var address: String?
    /// Where the workload can be reached.
    package var url: String?
    /// What the platform says that it costs in an hour.
    package var hourlyCost: Money?
    /// What else the platform said when it was first seen in this state: its message, an estimated start, latencies.
    package var message: String?

    /// A first sighting.
    package init(_ observation: Observation, at moment: Timestamp) {
        state = observation.state
        rawState = observation.rawState
        since = moment
        looks = 1
        address = observation.address
        url = observation.url
        hourlyCost = observation.hourlyCost
        message = observation.words
    }

    /// A sighting from its parts, as a ledger gives it back.
    package init(
        state: AllocationState,
        rawState: String,
        since: Timestamp,
        looks: Int,
        address: String?,
        url: String?,
        hourlyCost: Money?,
        message: String?
    ) {
        self.state = state
        self.rawState = rawState
        self.since = since
        self.looks = looks
        self.address = address
        self.url = url
        self.hourlyCost = hourlyCost
        self.message = message
    }
}

/// Evidence gathered on a purchase whose outcome is not known.
package struct Doubt: Hashable, Sendable {
    /// Since when it has been unknown, or when it was last asked for again with its key.
    package var since: Timestamp
    /// When the first listing after the grace time did not show it.
    package var firstMissAt: Timestamp?
    /// Whether one of those listings showed something created later than the attempt.
    package var sawLaterCreation: Bool
    /// The error that left it unknown.
    package var cause: String

    /// Doubt without evidence yet.
    package init(since: Timestamp, firstMissAt: Timestamp? = nil, sawLaterCreation: Bool = false, cause: String) {
        self.since = since
        self.firstMissAt = firstMissAt
        self.sawLaterCreation = sawLaterCreation
        self.cause = cause
    }
}

/// How far an allocation's end has come.
package struct Ending: Hashable, Sendable {
    /// Why it is to go.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        /// Its intent was withdrawn.
        case withdrawn = "Withdrawn"
        /// Its intent is suspended.
        case suspended = "Suspended"
        /// Its slot is no longer wanted.
        case scaledDown = "ScaledDown"
        /// Another one has taken its place.
        case replaced = "Replaced"
        /// The platform lost it or took it back.
        case lost = "Lost"
        /// It failed.
        case failed = "Failed"
        /// Its work is done.
        case completed = "Completed"
        /// It did not run in time.
        case provisioningTimeout = "ProvisioningTimeout"
        /// The job did not end in time.
        case jobTimeout = "JobTimeout"
        /// The deadline has passed.
        case deadlinePassed = "DeadlinePassed"
        /// The budget is used up.
        case budget = "Budget"
        /// The platform sold something else than was ordered.
        case notAsOrdered = "NotAsOrdered"
        /// Its availability window has closed.
        case windowClosed = "WindowClosed"
        /// Two fill a slot where one would do.
        case surplus = "Surplus"
    }

    /// Why it is to go.
    package var reason: Reason
    /// Since when.
    package var wantedAt: Timestamp
    /// When it was asked to stop.
    package var stopAskedAt: Timestamp?
    /// When the platform took a DELETE (2xx or 404).
    package var deletedAt: Timestamp?
    /// When a DELETE was last sent that failed in a way that may hide the allocation (5xx), or of which no answer is written
    /// down yet.
    package var deleteFailedAt: Timestamp?
    /// When the platform first said that it is gone, after our DELETE.
    package var goneAt: Timestamp?

    /// An end that was only decided.
    package init(
        reason: Reason,
        wantedAt: Timestamp,
        stopAskedAt: Timestamp? = nil,
        deletedAt: Timestamp? = nil,
        deleteFailedAt: Timestamp? = nil,
        goneAt: Timestamp? = nil
    ) {
        self.reason = reason
        self.wantedAt = wantedAt
        self.stopAskedAt = stopAskedAt
        self.deletedAt = deletedAt
        self.deleteFailedAt = deleteFailedAt
        self.goneAt = goneAt
    }
}

/// When an allocation was confirmed gone, and the looks since.
package struct Tombstone: Hashable, Sendable {
    /// When it was confirmed gone.
    package var at: Timestamp
    /// How many later looks have found it gone: one after 10 min, one after 1 h.
    package var looks: Int
    /// What was added to the intent's account for it.
    package var settled: Money

    /// A tombstone from its parts.
    package init(at moment: Timestamp, looks: Int, settled: Money) {
        self.at = moment
        self.looks = looks
        self.settled = settled
    }
}

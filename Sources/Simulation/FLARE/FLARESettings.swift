/// How the simulated FLARE behaves where implementations differ, and how fast it is.
package struct FLARESettings: Sendable {
    /// The versions of the API that exist.
    package enum Dialect: String, Hashable, Sendable, CaseIterable {
        /// As the reference has it.
        case seed
        /// The newer one: other words for statuses, `{error, context}` refusals, and bodies that break the server.
        case head
    }

    /// The two reply shapes of the reference.
    package enum Replies: String, Hashable, Sendable, CaseIterable {
        /// `{intent_id, status, estimated_cost, …}`.
        case flat
        /// `{status: "success", intent_id, data: {…}}`, and `workload`, `resources`, `costs` when asked for an id.
        case nested
    }

    /// What the entries of the list hold.
    package enum ListEntries: String, Hashable, Sendable, CaseIterable {
        /// The workload's name too.
        case named
        /// The id and the status alone.
        case nameless
    }

    /// Whether the caps of an intent are compared with the estimate when it is submitted.
    package enum CostLimits: String, Hashable, Sendable, CaseIterable {
        /// They are; a dearer intent is refused with COST_LIMIT_EXCEEDED.
        case checked
        /// They are stored and forgotten.
        case ignored
    }

    /// How many replicas an auto-scaled service gets.
    package enum AutoScaling: String, Hashable, Sendable, CaseIterable {
        /// As few as it allows.
        case minimum
        /// As many as it allows.
        case maximum
    }

    /// How jobs end after `jobRuntime`.
    package enum JobEnding: String, Hashable, Sendable, CaseIterable {
        /// Well.
        case completed
        /// Badly.
        case failed
    }

    /// Whether a token's own rights can be asked for.
    package enum Verification: String, Hashable, Sendable, CaseIterable {
        /// `GET /auth/verify` answers.
        case offered
        /// It answers 404.
        case absent
    }

    /// A token that exists from the start, with `admin:*`.
    package var token = "flr_simulated"
    /// Whose that token is.
    package var user = "simulated-user"
    /// The version of the API.
    package var dialect = Dialect.seed
    /// The shape of replies.
    package var replies = Replies.flat
    /// What the list holds.
    package var listEntries = ListEntries.named
    /// The key under which the list stands.
    package var listKey = "intents"
    /// Whether caps are looked at.
    package var costLimits = CostLimits.checked
    /// How many replicas an auto-scaled service gets.
    package var autoScaling = AutoScaling.minimum
    /// How jobs end.
    package var jobEnding = JobEnding.completed
    /// Whether a token's rights can be asked for.
    package var verification = Verification.offered
    /// How many intents one user may have alive.
    package var quota = Int.max
    /// How long an intent is pending.
    package var startTime = Duration.zero
    /// How long a job runs, counted from its start; nil until it is cancelled.
    package var jobRuntime: Duration?
    /// How long after its POST an intent answers to its id with 404.
    package var visibilityTime = Duration.zero
    /// How long a cancelled intent goes on living, and being billed.
    package var deleteTime = Duration.zero

    /// The documented platform: flat replies, running at once, gone at once.
    package init() {}
}

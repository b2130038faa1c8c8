/// How the simulated FlexAI behaves where implementations differ, and how fast it is.
package struct FlexAISettings: Sendable {
    /// The ways of answering.
    package enum Dialect: String, Hashable, Sendable, CaseIterable {
        /// As the integration guide has it.
        case documented
        /// As a public implementation does: bare arrays, `{instance_id, message}` after stop and delete, 404 for an
        /// unknown GPU type, silence about a deletion under way.
        case loose
    }

    /// What `GET /v1/compute/instances` does.
    package enum Listing: Hashable, Sendable {
        /// It lists.
        case offered
        /// It answers that status: 404 or 405.
        case absent(status: Int)
    }

    /// What an `Idempotency-Key` does.
    package enum IdempotencyKeys: Hashable, Sendable {
        /// Nothing.
        case ignored
        /// The same key is the same purchase for that long.
        case honoured(lifetime: Duration)
    }

    /// Whether the account can pay.
    package enum Credit: String, Hashable, Sendable, CaseIterable {
        /// It can.
        case enough
        /// Every purchase is answered with 402.
        case exhausted
    }

    /// Whether replies say what `user_id` was given.
    package enum UserIDs: String, Hashable, Sendable, CaseIterable {
        /// They say it.
        case echoed
        /// They keep it to themselves.
        case kept
    }

    /// The key that `Authorization: Bearer` must carry.
    package var key = "simulated-key"
    /// What `X-Organization-ID` must carry.
    package var organization = "simulated-organization"
    /// The way of answering.
    package var dialect = Dialect.documented
    /// Whether it lists.
    package var listing = Listing.offered
    /// Whether it knows idempotency keys.
    package var idempotencyKeys = IdempotencyKeys.ignored
    /// Whether it echoes `user_id`.
    package var userIDs = UserIDs.kept
    /// Whether what is bought keeps its `user_id`, for replies to say.
    package var keepsUserIDs = true
    /// Whether the account can pay.
    package var credit = Credit.enough
    /// How long an instance is `pending`; zero answers `running` at once.
    package var bootTime = Duration.zero
    /// How long a stop takes.
    package var stopTime = Duration.zero
    /// How long a deletion takes after it was accepted.
    package var deleteTime = Duration.zero
    /// The status for "no capacity".
    package var noCapacityStatus = 409
    /// How many GPUs one instance holds at most.
    package var maximumGPUs = 8

    /// The documented platform: running at once, stopped at once, gone at once.
    package init() {}
}

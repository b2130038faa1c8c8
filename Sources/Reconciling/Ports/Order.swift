package import Intents
package import Placement

/// Names one try to buy an allocation: a UUID in lower case.
package struct AttemptID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The UUID's text in lower case.
    package let rawValue: String

    /// An attempt by its UUID.
    package init(rawValue: String) { self.rawValue = rawValue }

    /// A random UUID (version 4) from the given dice.
    package init(using dice: inout some RandomNumberGenerator) {
        let high = (dice.next() & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000
        let low = (dice.next() & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
        let digits = Self.hexadecimal(high) + Self.hexadecimal(low)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index == 8 || index == 12 || index == 16 || index == 20 { text.append("-") }
            text.append(digit)
        }
        self.init(rawValue: text)
    }

    /// A random UUID for an order by a spec of a shape: the last three of its first eight digits are the shape's first, so
    /// that what was ordered for another one is told apart by what platforms echo.
    package init(for shape: String, using dice: inout some RandomNumberGenerator) {
        let random = AttemptID(using: &dice).rawValue
        let mark = Self.mark(of: shape)
        self.init(rawValue: random.prefix(8 - mark.count) + mark + random.dropFirst(8))
    }

    /// The digits that the attempts for a shape have in common.
    static func mark(of shape: String) -> String { String(shape.prefix(3)) }

    /// An attempt of which only the first eight digits are known: they are kept, and the others thrown.
    package init(short: String, using dice: inout some RandomNumberGenerator) {
        self.init(rawValue: short + AttemptID(using: &dice).rawValue.dropFirst(short.count))
    }

    /// Its first eight digits, which platforms get to see.
    package var short: String { String(rawValue.prefix(8)) }

    private static func hexadecimal(_ number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What is to be bought for a slot.
package struct Order: Sendable {
    /// The try, whose UUID is the idempotency key.
    package var attempt: AttemptID
    /// For which intent.
    package var key: IntentKey
    /// For which slot; 0 where the allocation carries the whole intent.
    package var slot: Int
    /// The wish.
    package var spec: IntentSpec
    /// The chosen offer.
    package var candidate: Candidate
    /// How long a job may run, where its platform must be told: the timeout, else the distance to the deadline.
    package var jobTimeout: Duration?
    /// The attempt whose checkpoint this one goes on from; nil where it begins anew.
    package var continues: AttemptID?

    /// An order from its parts.
    package init(
        attempt: AttemptID,
        key: IntentKey,
        slot: Int,
        spec: IntentSpec,
        candidate: Candidate,
        jobTimeout: Duration?,
        continues: AttemptID? = nil
    ) {
        self.attempt = attempt
        self.key = key
        self.slot = slot
        self.spec = spec
        self.candidate = candidate
        self.jobTimeout = jobTimeout
        self.continues = continues
    }
}

/// An order as it will be sent, so that it can be repeated word for word after a crash.
package struct PreparedOrder: Hashable, Sendable {
    /// The try, whose UUID is the idempotency key.
    package var attempt: AttemptID
    /// What the platform is told of us and may echo: FlexAI's `user_id`, FLARE's workload name.
    package var reference: String
    /// The request's body, JSON.
    package var body: String

    /// A prepared order from its parts.
    package init(attempt: AttemptID, reference: String, body: String) {
        self.attempt = attempt
        self.reference = reference
        self.body = body
    }
}

/// What became of a create call.
package enum CreateOutcome: Hashable, Sendable {
    /// It exists, under this id.
    case created(Observation)
    /// It certainly does not exist.
    case notCreated(PlatformError)
    /// It may exist, and be billed.
    case unknown(PlatformError)
}

/// The name under which an intent is kept: `name`, or `namespace/name` in Kubernetes.
package struct IntentKey: RawRepresentable, Hashable, Comparable, Sendable {
    /// The whole name.
    package let rawValue: String

    /// A key by its whole name.
    package init(rawValue: String) { self.rawValue = rawValue }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

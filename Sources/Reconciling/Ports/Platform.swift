package import Intents
package import Placement

/// An API that sells compute, in the words of this product.
///
/// Promises of an implementation: it never invents an id; it never repeats a `create` by itself; every refusal is
/// sorted by what must happen next; unknown statuses are kept, never a failure; keys never reach an error.
package protocol Platform: Sendable {
    /// Its name.
    var name: PlatformName { get }
    /// How it behaves where platforms differ.
    var traits: PlatformTraits { get }

    /// Where it is, and who pays there as far as the configuration says.
    var account: PlatformAccount { get }

    /// Who pays, by the platform's own word, where the configuration does not say; nil where the platform does not either.
    ///
    /// Throws what it answers where it has no such call.
    func holder() async throws(PlatformError) -> String?

    /// Whether we may buy and release; called before the first purchase and again after a pause.
    ///
    /// Returns warnings for a person. Throws with `.pausePlatform` where buying must not begin.
    func verify() async throws(PlatformError) -> [String]

    /// What is on sale now.
    func offers() async throws(PlatformError) -> [Offer]

    /// Everything of ours that lives; nil where the platform cannot list.
    func list() async throws(PlatformError) -> [Observation]?

    /// One allocation. Throws with `.gone` where the platform says that there is no such thing.
    func observe(_ id: AllocationID) async throws(PlatformError) -> Observation

    /// What will be sent for an order: made before the attempt is written down, kept until its outcome is known.
    func prepare(_ order: Order) -> PreparedOrder

    /// Whether nobody but this operator can have told the platform a reference that it echoes.
    func isOwn(_ reference: String) -> Bool

    /// For which slot and try this operator has told the platform a reference that it echoes, where that was for an intent;
    /// nil where it was not, or where somebody else may have said the same.
    func ownReference(_ reference: String, of key: IntentKey, _ spec: IntentSpec) -> OwnReference?

    /// Buys. Sent at most once a call; a second call with the same prepared order repeats its idempotency key.
    func create(_ order: PreparedOrder) async -> CreateOutcome

    /// Asks an allocation to stop. Idempotent; throws with `.gone` where there is none.
    func stop(_ id: AllocationID) async throws(PlatformError)

    /// Asks for an allocation's end. Accepted is not gone: only `observe` tells. Throws with `.gone` where there is none.
    func delete(_ id: AllocationID) async throws(PlatformError)
}

extension Platform {
    // A platform whose references anybody could have used recognises nothing.
    package func isOwn(_ reference: String) -> Bool { false }

    package func ownReference(_ reference: String, of key: IntentKey, _ spec: IntentSpec) -> OwnReference? { nil }
}

/// What a reference of ours says of the purchase that it was told for.
package struct OwnReference: Hashable, Sendable {
    /// The slot.
    package var slot: Int
    /// The first eight digits of the attempt.
    package var attempt: String

    /// A reference's words.
    package init(slot: Int, attempt: String) {
        self.slot = slot
        self.attempt = attempt
    }

    /// Whether the attempt was made for a spec with this shape; of 4,096 other shapes one seems to be the same.
    func marks(_ shape: String) -> Bool { attempt.hasSuffix(AttemptID.mark(of: shape)) }

    /// Whether a text can be the first eight digits of an attempt.
    package static func isAttempt(_ text: String) -> Bool {
        text.utf8.count == 8
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}

/// The platform's own name of an allocation.
package struct AllocationID: RawRepresentable, Hashable, Comparable, Sendable {
    /// As the platform writes it.
    package let rawValue: String

    /// An id as the platform writes it.
    package init(rawValue: String) { self.rawValue = rawValue }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// How a platform behaves where platforms differ; part of it is configuration.
package struct PlatformTraits: Hashable, Sendable {
    /// What one allocation carries.
    package enum Carries: Hashable, Sendable {
        /// One slot.
        case slot
        /// The whole intent, in slot 0.
        case intent
    }

    /// Whether a repeated create with the same key is the same purchase.
    package enum IdempotencyKeys: Hashable, Sendable {
        /// It may be another purchase.
        case ignored
        /// It is the same one while the key is younger than this.
        case honoured(lifetime: Duration)
    }

    /// What happens to a purchase whose outcome neither key nor list can tell.
    package enum UnknownCreatePolicy: Hashable, Sendable {
        /// The slot waits for a person.
        case halt
        /// After this long it counts as not created, and the slot is bought again.
        case retryAfter(Duration)
    }

    /// What one allocation carries.
    package var carries: Carries
    /// Whether keys are honoured.
    package var idempotencyKeys = IdempotencyKeys.ignored
    /// What happens where nothing can tell.
    package var onUnknownCreate = UnknownCreatePolicy.halt
    /// Whether nobody else buys on this account, so that equal new allocations may be taken for ours.
    package var exclusiveAccount = false
    /// How late a listing can be at most, where the configuration says so.
    package var listingDelayBound: Duration?
    /// How long "gone" after a create is not believed.
    package var visibilityGrace: Duration
    /// Whether an allocation is stopped before it is deleted.
    package var stopsBeforeDelete: Bool
    /// Whether a 404 that follows a failed DELETE proves nothing.
    package var failedDeleteHidesAllocation: Bool
    /// Looks that must all say "running", over at least 30 s, before it is believed; 1 for most.
    package var looksUntilRunning = 1
    /// Whether what bears our reference can be nobody else's, so that it is known for ours although no row knows it.
    package var recognizesOwn = false
    /// Whether one create must be settled before the next is sent, because listings do not name what they show.
    package var createsOneAtATime = false

    /// Whether something that a listing shows is known for ours without a row: by its name, or because nobody else buys.
    var showsOwn: Bool { recognizesOwn || exclusiveAccount }

    /// Those of a platform that this program does not know.
    static let ofNobody = PlatformTraits(
        carries: .slot,
        visibilityGrace: .seconds(60),
        stopsBeforeDelete: false,
        failedDeleteHidesAllocation: true
    )

    /// The traits that no platform has a default for.
    package init(
        carries: Carries,
        visibilityGrace: Duration,
        stopsBeforeDelete: Bool,
        failedDeleteHidesAllocation: Bool
    ) {
        self.carries = carries
        self.visibilityGrace = visibilityGrace
        self.stopsBeforeDelete = stopsBeforeDelete
        self.failedDeleteHidesAllocation = failedDeleteHidesAllocation
    }
}

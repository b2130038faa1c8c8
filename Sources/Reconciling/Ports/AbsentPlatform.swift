package import Placement

/// A platform that is not configured, of which the ledger holds something all the same: it refuses every call.
///
/// So what is held there is treated as on a platform that refuses our key: it counts, and nothing is concluded from
/// silence. It sells nothing.
package struct AbsentPlatform: Platform {
    /// The code of its refusals.
    static let code = "PLATFORM_NOT_CONFIGURED"

    package let name: PlatformName
    package let traits: PlatformTraits

    /// A platform that would behave so if it were configured.
    package init(_ name: PlatformName, traits: PlatformTraits) {
        self.name = name
        self.traits = traits
    }

    package var account: PlatformAccount { PlatformAccount(address: "") }

    private var refusal: PlatformError {
        PlatformError(
            platform: name,
            code: Self.code,
            message: "\(name.rawValue) is not configured, and something is held there: configure it, or give that up "
                + "with `intentctl resolve NAME --slot N --abandon`",
            consequence: .pausePlatform
        )
    }

    package func holder() async throws(PlatformError) -> String? { throw refusal }

    package func verify() async throws(PlatformError) -> [String] { throw refusal }

    package func offers() async throws(PlatformError) -> [Offer] { throw refusal }

    package func list() async throws(PlatformError) -> [Observation]? { throw refusal }

    package func observe(_ id: AllocationID) async throws(PlatformError) -> Observation { throw refusal }

    package func prepare(_ order: Order) -> PreparedOrder {
        PreparedOrder(attempt: order.attempt, reference: "", body: "")
    }

    package func create(_ order: PreparedOrder) async -> CreateOutcome { .notCreated(refusal) }

    package func stop(_ id: AllocationID) async throws(PlatformError) { throw refusal }

    package func delete(_ id: AllocationID) async throws(PlatformError) { throw refusal }
}

import Intents
import Placement
import Reconciling

/// Speaks with FLARE as one token.
struct FLAREExchange {
    /// Sends, reads and sorts.
    let exchange: PlatformExchange
    private let root: String

    /// FLARE as configured.
    ///
    /// Every request carries exactly `Content-Type: application/json`, without which implementations
    /// answer even a GET with 415.
    init(_ configuration: FLAREConfiguration, transport: any Transport, now: @escaping @Sendable () -> Timestamp) {
        root = configuration.root
        exchange = PlatformExchange(
            transport: transport,
            probe: configuration.root + "/resources",
            headers: [
                ("Authorization", "Bearer \(configuration.token.revealed())"),
                ("Content-Type", "application/json"),
                ("Accept", "application/json"),
            ],
            refusals: PlatformRefusals(
                platform: .flare,
                words: SafeWords(secrets: [configuration.token]),
                sorting: CallSorting(statusesOfMissingOffers: [409])
            ),
            now: now
        )
    }

    /// Makes FLARE's errors.
    var refusals: PlatformRefusals { exchange.refusals }

    /// The address of a call, its parts below the API's root.
    func url(_ path: String, _ segment: String? = nil) -> String {
        root + path + (segment.map { "/" + PlatformURL.segment($0) } ?? "")
    }

    /// Throws with `.pausePlatform` where the settings cannot be used.
    func check(_ configuration: FLAREConfiguration) throws(PlatformError) {
        let problems = configuration.problems
        guard problems.isEmpty else {
            throw refusals.objection("INVALID_CONFIGURATION", problems.joined(separator: "; "), .pausePlatform)
        }
    }
}

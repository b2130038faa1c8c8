package import Intents
package import Placement
package import Reconciling

/// FlexAI behind the platform port: five documented calls and the listing that some implementations offer.
///
/// A stop is final but for deleting. The words `deleted` and `terminated` count as "not found"; `deleting` and
/// `terminating` as still alive. Prices carry no currency: they count as euros unless configured otherwise.
package final class FlexAIPlatform: Platform {
    private let configuration: FlexAIConfiguration
    private let base: String
    private let exchange: PlatformExchange
    private let replies: FlexAIReplies
    private let userID: UserIDTemplate
    private let listing = ListingMemory()

    /// FlexAI as configured, reached over `transport`; `now` reads the world's clock.
    package init(
        _ configuration: FlexAIConfiguration,
        transport: any Transport,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.configuration = configuration
        base = PlatformURL.base(configuration.baseURL)
        let refusals = PlatformRefusals(
            platform: .flexai,
            words: SafeWords(secrets: [configuration.apiKey]),
            sorting: CallSorting(statusesOfMissingOffers: [404, 409])
        )
        exchange = PlatformExchange(
            transport: transport,
            probe: base + configuration.paths.gpuTypes,
            headers: [
                ("Authorization", "Bearer \(configuration.apiKey.revealed())"),
                ("X-Organization-ID", configuration.organizationID),
                ("Accept", "application/json"),
            ],
            refusals: refusals,
            now: now
        )
        replies = FlexAIReplies(configuration, refusals: refusals)
        userID = UserIDTemplate(configuration.userIDTemplate)
    }

    package var name: PlatformName { .flexai }

    /// How it behaves whatever the configuration says.
    package static let usualTraits = PlatformTraits(
        carries: .slot,
        visibilityGrace: .seconds(30),
        stopsBeforeDelete: true,
        failedDeleteHidesAllocation: false
    )

    package var traits: PlatformTraits {
        var traits = Self.usualTraits
        traits.idempotencyKeys = configuration.idempotencyKeys
        traits.onUnknownCreate = configuration.onUnknownCreate
        traits.exclusiveAccount = configuration.exclusiveAccount
        traits.listingDelayBound = configuration.listingDelayBound
        traits.recognizesOwn = userID.isUnmistakable
        return traits
    }

    package var account: PlatformAccount {
        PlatformAccount(address: configuration.accountAddress ?? base, holder: configuration.organizationID)
    }

    package func holder() async throws(PlatformError) -> String? { nil }

    package func verify() async throws(PlatformError) -> [String] {
        let problems = configuration.problems
        guard problems.isEmpty else {
            let words = problems.joined(separator: "; ")
            throw exchange.refusals.objection("INVALID_CONFIGURATION", words, .pausePlatform)
        }
        _ = try await offers()
        let isListed = try await canList()
        var warnings: [String] = []
        if configuration.currency.uppercased() != "EUR" {
            warnings.append("prices are in \(configuration.currency), which cannot be counted: every price is unknown")
        }
        if !isListed, configuration.idempotencyKeys == .ignored {
            warnings.append(
                "the platform neither lists instances nor honours idempotency keys: "
                    + "a purchase whose outcome is unknown waits for a person or for onUnknownCreate"
            )
        }
        return warnings
    }

    package func offers() async throws(PlatformError) -> [Offer] {
        try replies.offers(try await exchange.read(.offers, "GET", base + configuration.paths.gpuTypes))
    }

    /// Whether it lists as far as anybody knows; one that has listed and says that it cannot will again.
    private func canList() async throws(PlatformError) -> Bool {
        do throws(PlatformError) {
            return try await list() != nil
        } catch {
            guard error.saysNoSuchCall else { throw error }
            return true
        }
    }

    package func list() async throws(PlatformError) -> [Observation]? {
        guard listing.isWorthTrying(at: exchange.time) else { return nil }
        do throws(PlatformError) {
            let root = try await exchange.read(.list, "GET", base + configuration.paths.list)
            let instances = try replies.instances(root)
            listing.hasListed()
            return instances
        } catch {
            guard error.saysNoSuchCall else { throw error }
            if listing.isAbsent(at: exchange.time) { return nil }
            var fault = error
            fault.consequence = .retry(after: nil)
            throw fault
        }
    }

    package func observe(_ id: AllocationID) async throws(PlatformError) -> Observation {
        let url = base + FlexAIPaths.filled(configuration.paths.status, with: id)
        return try replies.instance(try await exchange.read(.observe, "GET", url), id: id)
    }

    package func prepare(_ order: Order) -> PreparedOrder { FlexAIOrder(configuration).prepared(order) }

    package func isOwn(_ reference: String) -> Bool { userID.names(configuration.operatorID, reference) }

    package func ownReference(_ reference: String, of key: IntentKey, _ spec: IntentSpec) -> OwnReference? {
        userID.read(reference, of: key, operatorID: configuration.operatorID)
    }

    package func create(_ order: PreparedOrder) async -> CreateOutcome {
        let headers = [
            (name: "Content-Type", value: "application/json"),
            (name: "Idempotency-Key", value: order.attempt.rawValue),
        ]
        switch await exchange.buy(base + configuration.paths.create, body: Array(order.body.utf8), headers: headers) {
        case .failure(let refusal): return refusal.outcome
        case .success((let root, let status)):
            guard let bought = replies.bought(root) else {
                return .unknown(exchange.refusals.malformed(.create, "the reply names no instance", status: status))
            }
            return .created(bought)
        }
    }

    /// Asks an instance to stop; one that cannot be stopped because it is stopped already (409) is no error.
    package func stop(_ id: AllocationID) async throws(PlatformError) {
        let url = base + FlexAIPaths.filled(configuration.paths.stop, with: id)
        do throws(PlatformError) {
            try await exchange.command(.stop, "POST", url)
        } catch {
            guard error.httpStatus == 409 else { throw error }
        }
    }

    package func delete(_ id: AllocationID) async throws(PlatformError) {
        try await exchange.command(.delete, "DELETE", base + FlexAIPaths.filled(configuration.paths.delete, with: id))
    }
}

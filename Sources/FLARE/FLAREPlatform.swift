package import Intents
package import Placement
package import Reconciling

/// FLARE behind the platform port: one submitted intent is one allocation, in slot 0.
///
/// `cancelled`, `deleted` and `terminated` count as "not found"; `completed` is still ours until it is deleted. An
/// estimate beyond the price or a provider that was not asked for is reported, not judged: the caller compares.
package final class FLAREPlatform: Platform {
    private let configuration: FLAREConfiguration
    private let flare: FLAREExchange
    private let listedNames = ListedNamesMemory()

    /// FLARE as configured, reached over `transport`; `now` reads the world's clock.
    package init(
        _ configuration: FLAREConfiguration,
        transport: any Transport,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.configuration = configuration
        flare = FLAREExchange(configuration, transport: transport, now: now)
    }

    package var name: PlatformName { .flare }

    /// How it behaves whatever the configuration says.
    package static let usualTraits = PlatformTraits(
        carries: .intent,
        visibilityGrace: .seconds(60),
        stopsBeforeDelete: false,
        failedDeleteHidesAllocation: true
    )

    /// How FLARE behaves; the newer dialect's `Ready` comes and goes, so that three looks must agree.
    package var traits: PlatformTraits {
        var traits = Self.usualTraits
        traits.idempotencyKeys = configuration.idempotencyKeys
        traits.onUnknownCreate = configuration.onUnknownCreate
        traits.exclusiveAccount = configuration.exclusiveAccount
        traits.listingDelayBound = configuration.listingDelayBound
        traits.recognizesOwn = configuration.exclusiveAccount
        traits.looksUntilRunning = configuration.dialect == .head ? 3 : 1
        traits.createsOneAtATime =
            switch configuration.listedNames {
            case .shown: false
            case .missing: true
            case .observed: !listedNames.areShown
            }
        return traits
    }

    package var account: PlatformAccount {
        PlatformAccount(address: configuration.accountAddress ?? configuration.root)
    }

    package func holder() async throws(PlatformError) -> String? {
        let reply = try await flare.exchange.read(.verify, "GET", flare.url("/auth/verify"))
        guard let body = ReplyObject(reply, words: flare.refusals.words) else { return nil }
        return (body.object("data") ?? body).text("user")
    }

    package func verify() async throws(PlatformError) -> [String] {
        try flare.check(configuration)
        do throws(PlatformError) {
            let reply = try await flare.exchange.read(.verify, "GET", flare.url("/auth/verify"))
            return try FLAREPermissions(refusals: flare.refusals, now: flare.exchange.time).judge(reply)
        } catch {
            guard error.httpStatus == 404 else { throw error }
            return ["the platform cannot verify tokens (404): whether ours may delete what it buys is not known"]
        }
    }

    package func offers() async throws(PlatformError) -> [Offer] {
        let reply = try await flare.exchange.read(.offers, "GET", flare.url("/resources"))
        return try FLAREResources(refusals: flare.refusals).offers(reply)
    }

    package func list() async throws(PlatformError) -> [Observation]? {
        let root = try await flare.exchange.read(.list, "GET", flare.url("/intents"))
        var names: [String?] = []
        var living: [Observation] = []
        do throws(ListReply.Unreadable) {
            for entry in try ListReply.entries(of: root, key: "intents") {
                guard let intent = FLAREIntentReply(entry, words: flare.refusals.words), let id = intent.id else {
                    throw ListReply.Unreadable(problem: "an entry of the listing has no id")
                }
                names.append(intent.reference)
                if intent.meaning != .gone { living.append(intent.observation(id: id)) }
            }
        } catch {
            throw flare.refusals.malformed(.list, error.problem, status: 200)
        }
        listedNames.note(names)
        return living
    }

    /// A reply that names another intent, or none and no status that we know, is not about ours.
    package func observe(_ id: AllocationID) async throws(PlatformError) -> Observation {
        let root = try await flare.exchange.read(.observe, "GET", flare.url("/intents", id.rawValue))
        guard let intent = FLAREIntentReply(root, words: flare.refusals.words),
            intent.id == id || (intent.id == nil && intent.meaning != nil)
        else {
            throw flare.refusals.malformed(
                .observe,
                "the reply is not about the intent that was asked for",
                status: 200
            )
        }
        guard intent.meaning != .gone else {
            throw flare.refusals.objection("TERMINATED", "the platform says \(intent.status ?? "")", .gone, status: 200)
        }
        return intent.observation(id: id)
    }

    package func prepare(_ order: Order) -> PreparedOrder { FLAREOrder(configuration.dialect).prepared(order) }

    /// A name tells the workload and the attempt, not who bought it: only where nobody else buys is it surely ours.
    package func isOwn(_ reference: String) -> Bool {
        configuration.exclusiveAccount && FLAREOrder.attempt(in: reference) != nil
    }

    package func ownReference(_ reference: String, of key: IntentKey, _ spec: IntentSpec) -> OwnReference? {
        guard configuration.exclusiveAccount, let attempt = FLAREOrder.attempt(in: reference),
            reference == FLAREOrder.name(spec.workload.name, attempt: attempt)
        else { return nil }
        return OwnReference(slot: 0, attempt: attempt)
    }

    package func create(_ order: PreparedOrder) async -> CreateOutcome {
        let key = [(name: "Idempotency-Key", value: order.attempt.rawValue)]
        switch await flare.exchange.buy(flare.url("/intents"), body: Array(order.body.utf8), headers: key) {
        case .failure(let refusal): return refusal.outcome
        case .success((let root, let status)):
            guard let intent = FLAREIntentReply(root, words: flare.refusals.words), let id = intent.id else {
                return .unknown(flare.refusals.malformed(.create, "the reply names no intent", status: status))
            }
            return .created(intent.observation(id: id, silence: .provisioning))
        }
    }

    /// FLARE cannot stop: always throws with `.stalled`, and sends nothing.
    package func stop(_ id: AllocationID) async throws(PlatformError) {
        throw flare.refusals.objection("UNSUPPORTED", "FLARE cannot stop an intent, only cancel it", .stalled)
    }

    package func delete(_ id: AllocationID) async throws(PlatformError) {
        try await flare.exchange.command(.delete, "DELETE", flare.url("/intents", id.rawValue))
    }
}

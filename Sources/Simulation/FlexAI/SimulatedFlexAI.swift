package import Intents
package import Placement
package import Reconciling

/// FlexAI as a pure state machine: five documented calls and the undocumented list.
package struct SimulatedFlexAI: SimulatedPlatform {
    /// What an instance has beside its line in the books.
    struct Instance: Sendable {
        /// The GPU type as it was asked for.
        let gpuType: String
        /// Its cores.
        let cpuCores: Int
        /// Its memory in GB.
        let ramGB: Int
        /// What the customer called himself.
        let userID: String?
        /// Where it can be reached once it runs.
        let address: String
    }

    /// A purchase that a key stands for.
    struct KeyedPurchase: Sendable {
        /// Which purchase.
        let serial: Int
        /// When it was made.
        let at: Timestamp
        /// What was asked for, so that another wish under the same key is told apart.
        let body: [UInt8]
    }

    package static let name = PlatformName.flexai
    package static let preemptedPhase = SimulatedPhase.stopped
    package static let deniesAfterBrokenDelete = false

    /// How it behaves.
    package var settings: FlexAISettings
    package var estate: SimulatedEstate
    package var listing = ListingView.whole
    /// What each instance has beside its line in the books, by serial.
    var instances: [Instance] = []
    /// Purchases by their idempotency key.
    var keyed: [String: KeyedPurchase] = [:]

    /// A platform that has sold nothing yet.
    package init(settings: FlexAISettings = FlexAISettings(), shelf: [SimulatedWare] = SimulatedMarket.standard.flexai)
    {
        self.settings = settings
        estate = SimulatedEstate(shelf: shelf)
    }

    package mutating func handle(
        _ request: SimulatedRequest,
        at now: Timestamp,
        dice: inout some RandomNumberGenerator
    ) -> TransportReply {
        advance(to: now)
        guard let route = Route(request) else { return .detail(404, "Not Found") }
        guard request.bearerToken.map({ $0 == settings.key }) == true,
            request.header("X-Organization-ID") == settings.organization
        else { return .detail(401, "Invalid API key or organization") }
        switch route {
        case .gpuTypes: return gpuTypes()
        case .create: return create(request, dice: &dice)
        case .list: return list()
        case .get(let id): return estate.visible(id).map(shown) ?? notFound(id)
        case .stop(let id): return stop(id)
        case .delete(let id): return delete(id)
        case .wrongMethod: return .detail(405, "Method Not Allowed")
        }
    }

    package static func call(of request: SimulatedRequest) -> PlatformCall {
        switch Route(request) {
        case .gpuTypes: .offers
        case .create: .create
        case .list: .list
        case .get: .get
        case .stop: .stop
        case .delete: .delete
        case .wrongMethod, nil: .other
        }
    }

    private mutating func list() -> TransportReply {
        if case .absent(let status) = settings.listing {
            return .detail(status, status == 405 ? "Method Not Allowed" : "Not Found")
        }
        let serials = estate.listed(listing)
        return listed(serials)
    }

    private mutating func stop(_ id: Substring) -> TransportReply {
        guard let serial = estate.visible(id) else { return notFound(id) }
        let phase = estate.stop(serial, takes: settings.stopTime)
        return accepted(
            id,
            status: word(phase),
            message: phase == .stopping ? "Instance is stopping" : "Instance stopped"
        )
    }

    private mutating func delete(_ id: Substring) -> TransportReply {
        guard let serial = estate.visible(id) else { return notFound(id) }
        estate.delete(serial, takes: settings.deleteTime)
        return accepted(id, status: nil, message: "Instance deleted")
    }
}

package import Intents
package import Placement
package import Reconciling

/// FLARE as a pure state machine: intents, resources and tokens.
///
/// Every accepted POST of an intent makes another allocation, whatever its name.
package struct SimulatedFLARE: SimulatedPlatform {
    /// What an allocation has beside its line in the books.
    struct Allocation: Sendable {
        /// The workload's name.
        let name: String
        /// Its kind.
        let kind: FLAREWish.Kind
        /// Whose it is.
        let user: String
        /// GPUs of one replica or task.
        let gpuCount: Int
    }

    package static let name = PlatformName.flare
    package static let preemptedPhase = SimulatedPhase.failed
    package static let deniesAfterBrokenDelete = true

    /// How it behaves.
    package var settings: FLARESettings
    package var estate: SimulatedEstate
    package var listing = ListingView.whole
    /// Every token ever, in the order of making.
    package internal(set) var tokens: [FLAREToken]
    /// What each allocation has beside its line in the books, by serial.
    var allocations: [Allocation] = []
    /// Each token's place by its secret.
    var tokenPlaces: [String: Int] = [:]

    /// A platform that has sold nothing yet.
    package init(settings: FLARESettings = FLARESettings(), shelf: [SimulatedWare] = SimulatedMarket.standard.flare) {
        self.settings = settings
        estate = SimulatedEstate(shelf: shelf)
        tokens = []
        let first = FLAREToken(
            id: "tok_0",
            secret: settings.token,
            name: "simulated",
            user: settings.user,
            permissions: [FLAREPermission.everything],
            createdAt: Timestamp(milliseconds: 0),
            expiresAt: Timestamp(seconds: 253_402_300_799)
        )
        add(first)
    }

    package mutating func handle(
        _ request: SimulatedRequest,
        at now: Timestamp,
        dice: inout some RandomNumberGenerator
    ) -> TransportReply {
        advance(to: now)
        do throws(FLARERefusal) {
            return try answer(request, dice: &dice)
        } catch {
            return error.reply(settings.dialect)
        }
    }

    package static func call(of request: SimulatedRequest) -> PlatformCall {
        switch Route(request) {
        case .resources: .offers
        case .submit: .create
        case .list: .list
        case .get: .get
        case .cancel: .delete
        case .createToken, .listTokens, .revokeToken, .verify: .account
        case .wrongMethod, nil: .other
        }
    }

    /// Adds a token.
    package mutating func add(_ token: FLAREToken) {
        tokenPlaces[token.secret] = tokens.count
        tokens.append(token)
    }

    private mutating func answer(
        _ request: SimulatedRequest,
        dice: inout some RandomNumberGenerator
    ) throws(FLARERefusal) -> TransportReply {
        guard let route = Route(request) else { throw .notFound }
        guard request.header("Content-Type") == "application/json" else { throw .wrongType }
        let token = try authenticate(request)
        if let permission = route.permission, !token.allows(permission) {
            throw FLARERefusal(
                status: 403,
                code: "INSUFFICIENT_PERMISSIONS",
                message: "Insufficient permissions for this operation"
            )
        }
        switch route {
        case .submit: return try submit(request, token: token, dice: &dice)
        case .list: return listed(estate.listed(listing).filter { sees(token, $0) })
        case .get(let id): return detail(try own(id, token))
        case .cancel(let id): return cancel(try own(id, token))
        case .resources: return resources()
        case .createToken: return try createToken(request, by: token, dice: &dice)
        case .listTokens: return listedTokens(of: token)
        case .revokeToken(let id): return try revokeToken(id, by: token)
        case .verify: return try verify(token)
        case .wrongMethod: throw .wrongMethod
        }
    }

    /// Whether a token may see an allocation.
    private func sees(_ token: FLAREToken, _ serial: Int) -> Bool {
        token.isAdministrator || allocations[serial].user == token.user
    }

    /// The allocation of an id, where the token may see it.
    private func own(_ id: Substring, _ token: FLAREToken) throws(FLARERefusal) -> Int {
        guard let serial = estate.visible(id), sees(token, serial) else {
            throw FLARERefusal(status: 404, code: "INTENT_NOT_FOUND", message: "Intent \(id) not found")
        }
        return serial
    }

    private mutating func cancel(_ serial: Int) -> TransportReply {
        estate.delete(serial, takes: settings.deleteTime)
        let id = estate.purchases[serial].id
        return .json(202) { reply in
            reply.member("intent_id", id)
            reply.member("status", settings.dialect == .head ? "Terminating" : "cancelled")
            reply.member("message", "Intent cancellation accepted")
        }
    }
}

import FLARE
import Intents
import Reconciling
import Wire

/// `token`: asks FLARE about its tokens.
struct TokenSession {
    let settings: Settings
    let time: SystemTimekeeper

    /// Does what was asked.
    func act(_ action: TokenAction) async throws(CommandError) -> TokenAnswer {
        guard let url = settings.flare.url else { throw CommandError("no FLARE is named: set FLARE_API_URL") }
        let configuration = PlatformAssembly.flareConfiguration(settings, url)
        if let problem = configuration.problems.first { throw CommandError("platforms.flare: \(problem)") }
        var wire = HTTPClient.Configuration()
        wire.userAgent = "intent-operator/\(Version.text)"
        wire.certificateAuthorityFile = settings.flare.certificateAuthority
        let client = HTTPClient(wire)
        defer { client.shutdown() }
        let transport = WireTransport(client)
        do throws(PlatformError) {
            return try await act(action, configuration, transport)
        } catch {
            throw CommandError("flare: \(error.message)")
        }
    }

    private func act(
        _ action: TokenAction,
        _ configuration: FLAREConfiguration,
        _ transport: WireTransport
    ) async throws(PlatformError) -> TokenAnswer {
        let tokens = FLARETokens(configuration, transport: transport) { [time] in time.now }
        switch action {
        case .create(let name, let permissions, let expires, let user):
            let token = try await tokens.create(
                name: name,
                lifetime: expires,
                permissions: permissions.isEmpty ? nil : permissions,
                userID: user
            )
            return .created(TokenFacts(token), value: SecretText(token.token?.revealed() ?? ""))
        case .list: return .list(try await tokens.list().map { TokenFacts($0) })
        case .revoke(let id):
            try await tokens.revoke(id)
            return .revoked(id: id)
        case .verify:
            let platform = FLAREPlatform(configuration, transport: transport) { [time] in time.now }
            let warnings = try await platform.verify()
            let own = try await tokens.own()
            return .verified(own.map { TokenFacts($0) } ?? TokenFacts(permissions: []), warnings: warnings)
        }
    }
}

extension TokenFacts {
    /// What FLARE says of a token, without its value.
    init(_ token: FLAREToken) {
        self.init(
            id: token.id.isEmpty ? nil : token.id,
            name: token.name,
            permissions: token.permissions,
            expiresAt: token.expiresAt,
            lastUsed: token.lastUsed,
            status: token.status
        )
    }
}

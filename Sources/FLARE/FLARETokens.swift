import Documents
package import Intents
import Placement
package import Reconciling

/// FLARE's token management, for the command line; it needs a token with `tokens:manage`.
package struct FLARETokens: Sendable {
    /// What an operator's token needs.
    package static let operatorPermissions = ["intents:read", "intents:write", "intents:delete", "resources:read"]

    private let flare: FLAREExchange

    /// The token management that `configuration` leads to; `now` reads the world's clock.
    package init(
        _ configuration: FLAREConfiguration,
        transport: any Transport,
        now: @escaping @Sendable () -> Timestamp
    ) {
        flare = FLAREExchange(configuration, transport: transport, now: now)
    }

    /// Makes a token.
    ///
    /// Sent once: an error with `.unknown` means that one may exist.
    /// `lifetime` is written as the platform reads it, such as `30d`; nil leaves it and the permissions to the platform.
    package func create(
        name: String,
        lifetime: String? = nil,
        permissions: [String]? = nil,
        userID: String? = nil
    ) async throws(PlatformError) -> FLAREToken {
        let body = Node.mapping(droppingNil: [
            "name": .string(name),
            "expires_in": lifetime.map { .string($0) },
            "permissions": permissions.map { .list($0.map { Node.string($0) }) },
            "user_id": userID.map { .string($0) },
        ])
        let sent = DocumentPrinter.jsonBytes(body)
        switch await flare.exchange.buy(flare.url("/auth/tokens"), body: sent, headers: []) {
        case .failure(let refusal): throw refusal.error
        case .success((let root, let status)):
            guard let reply = ReplyObject(root, words: flare.refusals.words),
                let token = token(reply.object("data") ?? reply), token.token != nil
            else { throw flare.refusals.malformed(.create, "the reply holds no token", status: status) }
            return token
        }
    }

    /// The tokens of the account, in the platform's order.
    package func list() async throws(PlatformError) -> [FLAREToken] {
        let root = try await flare.exchange.read(.tokens, "GET", flare.url("/auth/tokens"))
        do throws(ListReply.Unreadable) {
            var tokens: [FLAREToken] = []
            for entry in try ListReply.entries(of: root, key: "tokens") {
                guard let token = ReplyObject(entry, words: flare.refusals.words).flatMap(token) else {
                    throw ListReply.Unreadable(problem: "an entry of the listing has no token_id")
                }
                tokens.append(token)
            }
            return tokens
        } catch {
            throw flare.refusals.malformed(.tokens, error.problem, status: 200)
        }
    }

    /// What our own token may do, whose it is (`name`) and when it ends; nil where the platform cannot verify tokens.
    package func own() async throws(PlatformError) -> FLAREToken? {
        do throws(PlatformError) {
            let root = try await flare.exchange.read(.verify, "GET", flare.url("/auth/verify"))
            guard let reply = ReplyObject(root, words: flare.refusals.words) else { return nil }
            let body = reply.object("data") ?? reply
            return FLAREToken(
                id: body.id("token_id", "id")?.rawValue ?? "",
                name: body.text("name") ?? body.text("user"),
                permissions: permissions(body),
                status: body.text("status"),
                expiresAt: body.moment("expires_at")
            )
        } catch {
            guard error.httpStatus == 404 else { throw error }
            return nil
        }
    }

    /// Takes a token's powers away.
    package func revoke(_ id: String) async throws(PlatformError) {
        try await flare.exchange.command(.tokens, "DELETE", flare.url("/auth/tokens", id))
    }

    private func token(_ entry: ReplyObject) -> FLAREToken? {
        guard let id = entry.id("token_id", "id") else { return nil }
        let secret = entry.field("token")?.string.map { PlatformSecret($0) }
        return FLAREToken(
            id: id.rawValue,
            token: secret?.isEmpty == true ? nil : secret,
            name: entry.text("name"),
            permissions: permissions(entry),
            status: entry.text("status"),
            createdAt: entry.moment("created_at"),
            expiresAt: entry.moment("expires_at"),
            lastUsed: entry.moment("last_used")
        )
    }

    private func permissions(_ entry: ReplyObject) -> [String] {
        (entry.field("permissions")?.sequence ?? []).compactMap(\.string).map { flare.refusals.words.clean($0) }
    }
}

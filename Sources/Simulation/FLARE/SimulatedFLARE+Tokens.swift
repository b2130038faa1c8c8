import Documents
import Intents
import Reconciling

extension SimulatedFLARE {
    /// The token that a request carries, if it is good.
    mutating func authenticate(_ request: SimulatedRequest) throws(FLARERefusal) -> FLAREToken {
        guard let header = request.header("Authorization") else {
            throw FLARERefusal(status: 401, code: "INVALID_TOKEN", message: "Invalid or missing API token")
        }
        guard header.hasPrefix("Bearer ") else {
            throw FLARERefusal(status: 401, code: "AUTHENTICATION_FAILED", message: "Authentication failed")
        }
        guard let secret = request.bearerToken, let place = tokenPlaces[String(secret)] else {
            throw FLARERefusal(status: 401, code: "INVALID_TOKEN", message: "Invalid or missing API token")
        }
        guard tokens[place].revokedAt == nil else {
            throw FLARERefusal(status: 401, code: "TOKEN_REVOKED", message: "API token has been revoked")
        }
        guard estate.now < tokens[place].expiresAt else {
            throw FLARERefusal(status: 401, code: "TOKEN_EXPIRED", message: "API token has expired")
        }
        tokens[place].lastUsed = estate.now
        return tokens[place]
    }

    /// What a token is and may do.
    func verify(_ token: FLAREToken) throws(FLARERefusal) -> TransportReply {
        guard settings.verification == .offered else { throw .notFound }
        return .json(200) { reply in
            reply.member("status", "authenticated")
            reply.member("user", token.user)
            reply.member("permissions", token.permissions)
            reply.member("expires_at", PlainText.text(token.expiresAt))
        }
    }

    /// Makes a token; its secret is shown this once.
    mutating func createToken(
        _ request: SimulatedRequest,
        by creator: FLAREToken,
        dice: inout some RandomNumberGenerator
    ) throws(FLARERefusal) -> TransportReply {
        let body = try parsed(request.body)
        guard let name = body["name"]?.string, !name.isEmpty else { throw .missing("name") }
        let lifetime = body["expires_in"]?.string ?? "90d"
        guard let span = PlainText.span(lifetime) else { throw .format("expires_in is no span: \(lifetime)") }
        let permissions = body["permissions"].map { $0.strings ?? ["?"] } ?? FLAREPermission.standard
        if let unknown = permissions.first(where: { !FLAREPermission.all.contains($0) }) {
            throw .format("Unknown permission: \(unknown)")
        }
        let token = FLAREToken(
            id: "tok_\(tokens.count)",
            secret: "flr_" + String(dice.next(), radix: 16),
            name: name,
            user: body["user_id"]?.string ?? creator.user,
            permissions: permissions,
            createdAt: estate.now,
            expiresAt: estate.now + span
        )
        add(token)
        return .json(201) { reply in
            reply.member("token_id", token.id)
            reply.member("token", token.secret)
            write(token, to: &reply)
        }
    }

    /// The tokens that a token may see: those of its user, an administrator's shows all.
    func listedTokens(of token: FLAREToken) -> TransportReply {
        .json(200) { reply in
            reply.key("tokens")
            reply.array { list in
                for known in tokens where token.isAdministrator || known.user == token.user {
                    list.object { entry in
                        entry.member("token_id", known.id)
                        write(known, to: &entry)
                        entry.key("last_used")
                        if let used = known.lastUsed { entry.string(PlainText.text(used)) } else { entry.null() }
                        entry.member("status", status(of: known))
                    }
                }
            }
        }
    }

    /// Revokes a token of the user, or any for an administrator.
    mutating func revokeToken(_ id: Substring, by token: FLAREToken) throws(FLARERefusal) -> TransportReply {
        guard let place = tokens.firstIndex(where: { $0.id == id }),
            token.isAdministrator || tokens[place].user == token.user
        else { throw .notFound }
        let moment = tokens[place].revokedAt ?? estate.now
        tokens[place].revokedAt = moment
        return .json(200) { reply in
            reply.member("message", "Token revoked successfully")
            reply.member("token_id", String(id))
            reply.member("revoked_at", PlainText.text(moment))
        }
    }

    private func status(of token: FLAREToken) -> String {
        if token.revokedAt != nil { return "revoked" }
        return estate.now < token.expiresAt ? "active" : "expired"
    }

    private func write(_ token: FLAREToken, to entry: inout JSONText) {
        entry.member("name", token.name)
        entry.member("created_at", PlainText.text(token.createdAt))
        entry.member("expires_at", PlainText.text(token.expiresAt))
        entry.member("permissions", token.permissions)
    }
}

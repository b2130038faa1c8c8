extension SimulatedFLARE {
    /// Which of FLARE's calls a request is; the base path `/api/v1` may be there or not.
    enum Route: Hashable {
        /// Buy an allocation.
        case submit
        /// Everything that lives.
        case list
        /// One allocation.
        case get(Substring)
        /// Cancel it.
        case cancel(Substring)
        /// What is on sale.
        case resources
        /// Make a token.
        case createToken
        /// The user's tokens.
        case listTokens
        /// Revoke a token.
        case revokeToken(Substring)
        /// What the token may do.
        case verify
        /// A known path with a method that it does not have.
        case wrongMethod

        /// The call of a request; nil where the path is unknown.
        init?(_ request: SimulatedRequest) {
            var parts = request.segments[...]
            if parts.count >= 2, parts[0] == "api", parts[1] == "v1" { parts = parts.dropFirst(2) }
            let names = Array(parts)
            switch names.first {
            case "intents": self.init(intents: names, request.method)
            case "resources" where names.count == 1: self = request.method == "GET" ? .resources : .wrongMethod
            case "auth": self.init(auth: names, request.method)
            default: return nil
            }
        }

        private init?(intents names: [Substring], _ method: String) {
            switch (names.count, method) {
            case (1, "POST"): self = .submit
            case (1, "GET"): self = .list
            case (2, "GET"): self = .get(names[1])
            case (2, "DELETE"): self = .cancel(names[1])
            case (1...2, _): self = .wrongMethod
            default: return nil
            }
        }

        private init?(auth names: [Substring], _ method: String) {
            guard names.count >= 2 else { return nil }
            switch (names[1], names.count, method) {
            case ("verify", 2, "GET"): self = .verify
            case ("tokens", 2, "POST"): self = .createToken
            case ("tokens", 2, "GET"): self = .listTokens
            case ("tokens", 3, "DELETE"): self = .revokeToken(names[2])
            case ("verify", 2, _), ("tokens", 2...3, _): self = .wrongMethod
            default: return nil
            }
        }

        /// What a token must be allowed for this; nil where any valid token will do.
        var permission: String? {
            switch self {
            case .submit: FLAREPermission.writeIntents
            case .list, .get: FLAREPermission.readIntents
            case .cancel: FLAREPermission.deleteIntents
            case .resources: FLAREPermission.readResources
            case .createToken: FLAREPermission.manageTokens
            case .listTokens, .revokeToken, .verify, .wrongMethod: nil
            }
        }
    }
}

package import Reconciling

/// Everything about FLARE that is a setting.
package struct FLAREConfiguration: Sendable {
    /// Whether listings show the names under which intents were submitted.
    package enum ListedNames: String, Hashable, Sendable, CaseIterable {
        /// The last listing that held something tells; until then they are taken to be missing.
        case observed
        /// They do.
        case shown
        /// They do not.
        case missing
    }

    /// Where the API lives.
    package var baseURL: String
    /// What the ledger is told of the address; nil for the address itself.
    package var accountAddress: String?
    /// The path of the API under `baseURL`; nil means `/api/v1` where the URL has no path of its own, else nothing.
    package var apiPath: String?
    /// The token that `Authorization: Bearer` carries.
    package var token: PlatformSecret
    /// The form of the API.
    package var dialect = FLAREDialect.seed
    /// Whether listings show names.
    package var listedNames = ListedNames.observed
    /// Whether `Idempotency-Key` is honoured.
    package var idempotencyKeys = PlatformTraits.IdempotencyKeys.ignored
    /// What happens to a purchase of which nothing can tell what became of it.
    package var onUnknownCreate = PlatformTraits.UnknownCreatePolicy.halt
    /// Whether nobody else buys with this token.
    package var exclusiveAccount = false
    /// How late a listing can be at most.
    package var listingDelayBound: Duration?

    /// The path that the reference documents.
    package static let documentedPath = "/api/v1"

    /// The settings that have no default.
    package init(baseURL: String, token: PlatformSecret) {
        self.baseURL = baseURL
        self.token = token
    }

    /// The address under which the calls live, without a slash at its end.
    package var root: String {
        let base = PlatformURL.base(baseURL)
        if let apiPath { return PlatformURL.base(base + apiPath) }
        let authority = base.firstRange(of: "://").map { base[$0.upperBound...] } ?? base[...]
        return authority.contains("/") ? base : base + Self.documentedPath
    }

    /// What is wrong with the settings, a sentence each; empty where they can be used.
    ///
    /// Secrets are not quoted.
    package var problems: [String] {
        var problems: [String] = []
        if let problem = PlatformURL.problem(ofBase: baseURL) { problems.append("base URL: \(problem)") }
        if let apiPath, !apiPath.isEmpty,
            !apiPath.hasPrefix("/") || PlatformURL.problem(ofBase: "http://x\(apiPath)") != nil
        {
            problems.append("API path: it must be empty or start with /, in plain ASCII without blanks")
        }
        if token.isEmpty { problems.append("token: it is missing") }
        if !token.fitsHeader { problems.append("token: it must be visible ASCII without blanks") }
        return problems
    }
}

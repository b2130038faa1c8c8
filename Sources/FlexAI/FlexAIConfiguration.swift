package import Reconciling

/// Everything about FlexAI that is a setting.
package struct FlexAIConfiguration: Sendable {
    /// Where the API lives, without the paths.
    package var baseURL: String
    /// What the ledger is told of the address; nil for the address itself.
    package var accountAddress: String?
    /// The paths of the calls.
    package var paths = FlexAIPaths()
    /// The key that `Authorization: Bearer` carries.
    package var apiKey: PlatformSecret
    /// What `X-Organization-ID` carries.
    package var organizationID: String
    /// The currency of the prices, which FlexAI does not say; only EUR can be counted.
    package var currency = "EUR"
    /// Where the instances run, which FlexAI does not say.
    package var location: String?
    /// Names this operator in `user_id`.
    package var operatorID: String
    /// What `user_id` carries: `{operator}`, `{intent}`, `{slot}` and `{attempt}` (its first eight digits) are replaced.
    package var userIDTemplate = "{operator}/{intent}/{slot}/{attempt}"
    /// What a create call says where the intent is silent.
    package var defaults = FlexAIDefaults()
    /// Whether `Idempotency-Key` is honoured.
    package var idempotencyKeys = PlatformTraits.IdempotencyKeys.ignored
    /// What happens to a purchase of which nothing can tell what became of it.
    package var onUnknownCreate = PlatformTraits.UnknownCreatePolicy.halt
    /// Whether nobody else buys on this account.
    package var exclusiveAccount = false
    /// How late a listing can be at most.
    package var listingDelayBound: Duration?

    /// How long a key is honoured where only `honoured` is said.
    package static let usualKeyLifetime = Duration.seconds(24 * 3600)

    /// The settings that have no default.
    package init(baseURL: String, apiKey: PlatformSecret, organizationID: String, operatorID: String) {
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.organizationID = organizationID
        self.operatorID = operatorID
    }

    /// What is wrong with the settings, a sentence each; empty where they can be used.
    ///
    /// Secrets are not quoted.
    package var problems: [String] {
        var problems: [String] = []
        if let problem = PlatformURL.problem(ofBase: baseURL) { problems.append("base URL: \(problem)") }
        if apiKey.isEmpty { problems.append("API key: it is missing") }
        if !apiKey.fitsHeader { problems.append("API key: it must be visible ASCII without blanks") }
        if organizationID.isEmpty { problems.append("organization: it is missing") }
        if !organizationID.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
            problems.append("organization: it must be visible ASCII")
        }
        if operatorID.isEmpty { problems.append("operator id: it is missing") }
        if !userIDTemplate.contains("{attempt}") {
            problems.append("user id template: it must hold {attempt}, by which a purchase is recognised")
        }
        return problems + paths.problems
    }
}

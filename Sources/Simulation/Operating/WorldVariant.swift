import FlexAI
import Intents
import Reconciling

/// Which of FlexAI's faces an operator has to live with, and how it is configured for it.
package enum WorldVariant: String, Hashable, Sendable, CaseIterable {
    /// It lists and echoes `user_id`.
    case listing
    /// It lists without `user_id`; nobody else buys on the account.
    case exclusive
    /// It cannot list, and honours idempotency keys.
    case keys
    /// It lists and echoes, and honours keys.
    case both
    /// It can do neither; unknown purchases wait for a person.
    case neither
    /// It lists and echoes; the ledger is put back from older copies.
    case restored
    /// It lists and echoes; what happens is drawn from what intents do by the clock, by money, by load and by each other.
    case lives

    /// What a seed draws from; two of eight histories are of lives, which have the most to go wrong.
    static let drawn: [WorldVariant] = [.listing, .lives, .exclusive, .keys, .lives, .both, .neither, .restored]

    /// Whether strangers buy on the same account.
    var hasStrangers: Bool { self != .exclusive }

    /// Whether an unknown purchase may wait for a person.
    package var needsPerson: Bool { self == .neither }

    /// The platform's side.
    func platform(boot: Duration, stop: Duration, delete: Duration, loose: Bool) -> FlexAISettings {
        var settings = FlexAISettings()
        settings.bootTime = boot
        settings.stopTime = stop
        settings.deleteTime = delete
        settings.dialect = loose ? .loose : .documented
        settings.userIDs = [.listing, .both, .lives, .restored].contains(self) ? .echoed : .kept
        if self == .keys || self == .neither { settings.listing = .absent(status: loose ? 404 : 405) }
        if self == .keys || self == .both { settings.idempotencyKeys = .honoured(lifetime: .seconds(86_400)) }
        return settings
    }

    /// The operator's side.
    func configuration(_ settings: FlexAISettings, operatorID: String) -> FlexAIConfiguration {
        var configuration = FlexAIConfiguration(
            baseURL: "https://flexai.example",
            apiKey: PlatformSecret(settings.key),
            organizationID: settings.organization,
            operatorID: operatorID
        )
        configuration.exclusiveAccount = self == .exclusive
        if self == .keys || self == .both {
            configuration.idempotencyKeys = .honoured(lifetime: FlexAIConfiguration.usualKeyLifetime)
        }
        // Without anything bought later, only a known bound can tell that a purchase was not made.
        if self != .neither { configuration.listingDelayBound = .seconds(90) }
        return configuration
    }
}

import Documents
import Intents
import Placement
import Reconciling
import Reporting

/// Everything that can be set, with its defaults; made by `SettingsLoader` from flags, environment and file.
struct Settings: Hashable, Sendable {
    /// The directory of the ledger (`--state`); nil where nobody has said.
    var state: String?
    /// Files and directories of intents (`--intents`).
    var intents: [String] = []
    /// The cluster that takes the place of directory and ledger.
    var cluster = ClusterSettings()
    /// Where health is served (`--listen`); nil means nowhere.
    var listen: ListenAddress?
    /// How `run` runs.
    var run = RunSettings()
    /// What is logged, and how.
    var log = LogSettings()
    /// The platform FlexAI.
    var flexai = FlexAISettings()
    /// The platform FLARE.
    var flare = FLARESettings()
    /// How hard platforms are used.
    var limits = LimitSettings()
    /// How patient the operator is.
    var policies = PolicySettings()
    /// Where loads are measured.
    var metrics = MetricsSettings()
    /// What an intent may cost in an hour without a person's word; nil for as much as its caps allow.
    var approvalAbove: Money?
    /// What groups of intents may hold together.
    var quotas: [Quota] = []
    /// What one unit of another currency is worth.
    var exchangeRates: [String: Money] = [:]
    /// What is known of platforms and providers, each a mapping.
    var providers = Attributes()
    /// What rules say of offers that do not state what they ask about, by the group of rules.
    var unstated: [RuleGroup: Unstated] = [:]
    /// How the simulated platforms behave.
    var simulation = SimulationSettings()
    /// What FlexAI is told as `user_id`; nil means `<operator id>/<intent>/<slot>/<first 8 of attempt>`.
    var userIDTemplate: String?

    /// Every secret, for the redactor.
    var secrets: [String] {
        [flexai.apiKey, flare.token, metrics.prometheus.token].compactMap { $0.secret?.reveal() }
    }
}

extension Settings {
    /// What a group of rules says of offers that do not state what it asks about.
    subscript(unstated group: RuleGroup) -> Unstated {
        get { unstated[group] ?? group.standard }
        set { unstated[group] = newValue }
    }
}

/// What is known of platforms and providers, as it was written and as it was read.
struct Attributes: Hashable, Sendable {
    /// Each member's attributes as they were written.
    var members: [String: Node] = [:]
    /// What they mean.
    var book = FactsBook()

    func hash(into hasher: inout Hasher) { hasher.combine(members.keys.sorted()) }
}

/// How `run` runs.
struct RunSettings: Hashable, Sendable {
    /// Whether it ends when everything has settled (`--once`).
    var once = false
    /// How long `--once` may take (`--timeout`).
    var timeout = Duration.seconds(600)
    /// Whether both platforms are simulated in the process (`--simulate`).
    var simulate = false
    /// Whether nothing is bought, stopped or deleted (`--dry-run`).
    var dryRun = false
}

/// What is logged, and how.
struct LogSettings: Hashable, Sendable {
    /// How lines look (`--log-format`).
    var format = LogFormatChoice.automatic
    /// The least important level that is written (`--log-level`).
    var level = LogLevel.info
}

/// How hard each platform is used.
struct LimitSettings: Hashable, Sendable {
    /// Calls under way at a time.
    var callsAtATime = 16
    /// Calls a second, on the long run.
    var callsPerSecond = 100
    /// Calls that may be made at once after a quiet time.
    var burst = 200
}

/// How patient the operator is.
struct PolicySettings: Hashable, Sendable {
    /// How long an allocation may take to run before the next offer is taken.
    var provisioningTimeout = Duration.seconds(600)
    /// When withdrawals wait for a person.
    var deletionGuard = DeletionGuardSettings()
    /// How often a settled intent is looked at.
    var pollSettled = Duration.seconds(60)
    /// How often a changing intent is looked at.
    var pollChanging = Duration.seconds(5)
    /// How long an offer without capacity is left alone.
    var restOffer = Duration.seconds(180)
}

/// When withdrawals wait for a person.
struct DeletionGuardSettings: Hashable, Sendable {
    /// The share of the intents that may go unasked, in percent.
    var percent = 25
    /// How many may go unasked, whatever the share.
    var minimum = 5
    /// How long the source must have been quiet.
    var quiet = Duration.seconds(2)
}

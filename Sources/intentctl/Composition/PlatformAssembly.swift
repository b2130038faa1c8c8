import FLARE
import FlexAI
import Intents
import Placement
import Reconciling
import Wire

/// Builds the platforms that the settings describe, over real HTTP.
struct PlatformAssembly {
    /// The platforms, and the clients to shut down in the end.
    private(set) var platforms: [any Platform] = []
    private(set) var clients: [HTTPClient] = []

    private let wrap: @Sendable (any Transport) -> any Transport

    /// Builds whatever is configured; throws one line for each thing that is wrong.
    ///
    /// Every call goes through what `wrap` makes of the way.
    init(
        _ settings: Settings,
        operatorID: String,
        time: SystemTimekeeper,
        through wrap: @escaping @Sendable (any Transport) -> any Transport = { $0 }
    ) throws(SettingsError) {
        self.wrap = wrap
        var problems: [String] = []
        if let url = settings.flexai.url { addFlexAI(settings, url, operatorID, time, &problems) }
        if let url = settings.flare.url { addFLARE(settings, url, time, &problems) }
        guard problems.isEmpty else {
            shutdown()
            throw SettingsError(problems: problems)
        }
    }

    /// Every platform that is not configured, as it would behave.
    var absent: [any Platform] {
        let traits = [(PlatformName.flexai, FlexAIPlatform.usualTraits), (.flare, FLAREPlatform.usualTraits)]
        return traits.filter { name, _ in !platforms.contains { $0.name == name } }.map { name, traits in
            AbsentPlatform(name, traits: traits)
        }
    }

    /// Ends the clients; calls that are under way are cut off.
    func shutdown() {
        for client in clients { client.shutdown() }
    }

    private mutating func client(authority: String?) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.userAgent = "intent-operator/\(Version.text)"
        configuration.certificateAuthorityFile = authority
        let client = HTTPClient(configuration)
        clients.append(client)
        return client
    }

    private mutating func addFlexAI(
        _ settings: Settings,
        _ url: String,
        _ operatorID: String,
        _ time: SystemTimekeeper,
        _ problems: inout [String]
    ) {
        let flexai = settings.flexai
        var configuration = FlexAIConfiguration(
            baseURL: url,
            apiKey: PlatformSecret(flexai.apiKey.secret?.reveal() ?? ""),
            organizationID: flexai.organization ?? "",
            operatorID: operatorID
        )
        configuration.accountAddress = Self.accountAddress(settings)
        configuration.currency = flexai.currency
        configuration.location = flexai.location
        configuration.exclusiveAccount = flexai.exclusiveAccount
        configuration.listingDelayBound = flexai.listingDelayBound
        configuration.onUnknownCreate = PlatformTraits.UnknownCreatePolicy(flexai.onUnknownCreate)
        if flexai.idempotencyKeys == .honoured {
            configuration.idempotencyKeys = .honoured(lifetime: flexai.keyLifetime)
        }
        if let template = settings.userIDTemplate { configuration.userIDTemplate = template }
        configuration.defaults.cpuCores = flexai.defaults.cpuCores
        configuration.defaults.memoryGB = flexai.defaults.ramGB
        configuration.defaults.environment = flexai.defaults.environment
        configuration.paths.gpuTypes = flexai.paths.gpuTypes
        configuration.paths.create = flexai.paths.create
        configuration.paths.list = flexai.paths.list
        configuration.paths.status = flexai.paths.status
        configuration.paths.stop = flexai.paths.stop
        configuration.paths.delete = flexai.paths.delete
        let found = configuration.problems
        guard found.isEmpty else {
            problems += found.map { "platforms.flexai: \($0)" }
            return
        }
        let transport = wrap(WireTransport(client(authority: flexai.certificateAuthority)))
        platforms.append(FlexAIPlatform(configuration, transport: transport) { time.now })
    }

    /// What the ledger is told of the address; platforms simulated in the process have another port at every start.
    private static func accountAddress(_ settings: Settings) -> String? {
        settings.run.simulate ? "the simulation in the process" : nil
    }

    /// FLARE's configuration as the settings describe it.
    static func flareConfiguration(_ settings: Settings, _ url: String) -> FLAREConfiguration {
        let flare = settings.flare
        var configuration = FLAREConfiguration(
            baseURL: url,
            token: PlatformSecret(flare.token.secret?.reveal() ?? "")
        )
        configuration.accountAddress = accountAddress(settings)
        configuration.dialect = flare.dialect == .seed ? .seed : .head
        configuration.exclusiveAccount = flare.exclusiveAccount
        configuration.listingDelayBound = flare.listingDelayBound
        configuration.onUnknownCreate = PlatformTraits.UnknownCreatePolicy(flare.onUnknownCreate)
        return configuration
    }

    private mutating func addFLARE(
        _ settings: Settings,
        _ url: String,
        _ time: SystemTimekeeper,
        _ problems: inout [String]
    ) {
        let configuration = Self.flareConfiguration(settings, url)
        let found = configuration.problems
        guard found.isEmpty else {
            problems += found.map { "platforms.flare: \($0)" }
            return
        }
        let transport = wrap(WireTransport(client(authority: settings.flare.certificateAuthority)))
        platforms.append(FLAREPlatform(configuration, transport: transport) { time.now })
    }
}

extension PlatformTraits.UnknownCreatePolicy {
    /// What the settings say, in the heart's words.
    init(_ setting: UnknownCreateSetting) {
        self =
            switch setting {
            case .halt: .halt
            case .retryAfter(let span): .retryAfter(span)
            }
    }
}

extension Operator.Manner {
    /// What the settings say, in the heart's words.
    init(_ settings: Settings) {
        self.init()
        policy.provisioningTimeout = settings.policies.provisioningTimeout
        policy.pollSettled = settings.policies.pollSettled
        policy.pollChanging = settings.policies.pollChanging
        policy.offerRest = settings.policies.restOffer
        policy.scaling.up = settings.metrics.scaleUpAfter
        policy.scaling.down = settings.metrics.scaleDownAfter
        policy.scaling.oldest = settings.metrics.prometheus.interval * 4 + .seconds(30)
        measuring = settings.metrics.prometheus.interval
        policy.approvalAbove = settings.approvalAbove
        quotas = settings.quotas
        deletionGuard.percent = settings.policies.deletionGuard.percent
        deletionGuard.minimum = settings.policies.deletionGuard.minimum
        deletionGuard.quiet = settings.policies.deletionGuard.quiet
        placement = PlacementPolicy(settings)
        var limit = PlatformLimits()
        limit.callsAtATime = settings.limits.callsAtATime
        limit.callsPerSecond = Double(settings.limits.callsPerSecond)
        limit.burst = settings.limits.burst
        limits = [.flexai: limit, .flare: limit]
    }
}

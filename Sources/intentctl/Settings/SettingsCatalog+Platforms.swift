import Intents

extension SettingsCatalog {
    /// The platform FlexAI.
    static let flexai: [SettingDescription] = [
        .init(
            "platforms.flexai.url",
            \.flexai.url,
            .url,
            "Base URL of FlexAI; without it FlexAI is not used",
            environment: "FLEXAI_API_URL"
        ),
        .init(
            "platforms.flexai.apiKey",
            \.flexai.apiKey,
            .secret,
            "Key for FlexAI",
            environment: "FLEXAI_API_KEY",
            visibility: .secret
        ),
        .init(
            "platforms.flexai.apiKeyFile",
            \.flexai.apiKey,
            .secretFile,
            "File that holds the key for FlexAI",
            environment: "FLEXAI_API_KEY_FILE"
        ),
        .init(
            "platforms.flexai.organization",
            \.flexai.organization,
            .text("ID"),
            "Organization that FlexAI bills",
            environment: "FLEXAI_ORG_ID"
        ),
        .init("platforms.flexai.currency", \.flexai.currency, .currency, "Currency of FlexAI's prices"),
        .init("platforms.flexai.location", \.flexai.location, .text("PLACE"), "Where FlexAI's machines stand"),
        .init(
            "platforms.flexai.idempotencyKeys",
            \.flexai.idempotencyKeys,
            .word,
            "Whether a create that is repeated with one key is one purchase"
        ),
        .init(
            "platforms.flexai.keyLifetime",
            \.flexai.keyLifetime,
            .duration(.seconds(60)...(.seconds(30 * 86_400))),
            "How long FlexAI remembers a key; an older one is never repeated"
        ),
        .init(
            "platforms.flexai.onUnknownCreate",
            \.flexai.onUnknownCreate,
            .unknownCreate,
            "What happens to a purchase whose outcome neither key nor list can tell"
        ),
        .init(
            "platforms.flexai.exclusiveAccount",
            \.flexai.exclusiveAccount,
            .truth,
            "Whether nobody else buys on the account, so that new matching instances may be taken for ours"
        ),
        .init(
            "platforms.flexai.listingDelayBound",
            \.flexai.listingDelayBound,
            .listingDelay,
            "How late FlexAI's list can be at most"
        ),
        .init(
            "platforms.flexai.bareInstances",
            \.flexai.bareInstances,
            .word,
            "Whether bare instances may carry workloads that FlexAI cannot start by itself"
        ),
        .init(
            "platforms.flexai.defaults.cpuCores",
            \.flexai.defaults.cpuCores,
            .integer(1...1024),
            "Cores of an instance where the intent names none"
        ),
        .init(
            "platforms.flexai.defaults.ramGB",
            \.flexai.defaults.ramGB,
            .integer(1...65_536),
            "Memory of an instance in GB where the intent names none"
        ),
        .init(
            "platforms.flexai.defaults.environment",
            \.flexai.defaults.environment,
            .text("NAME"),
            "Environment of an instance where the intent names none"
        ),
        .init(
            "platforms.flexai.paths.gpuTypes",
            \.flexai.paths.gpuTypes,
            .path(naming: .all),
            "Path of the GPU types"
        ),
        .init("platforms.flexai.paths.create", \.flexai.paths.create, .path(naming: .all), "Path for buying"),
        .init("platforms.flexai.paths.list", \.flexai.paths.list, .path(naming: .all), "Path of the list"),
        .init("platforms.flexai.paths.status", \.flexai.paths.status, .path(naming: .one), "Path of one instance"),
        .init("platforms.flexai.paths.stop", \.flexai.paths.stop, .path(naming: .one), "Path for stopping one"),
        .init("platforms.flexai.paths.delete", \.flexai.paths.delete, .path(naming: .one), "Path for deleting one"),
        .init(
            "platforms.flexai.certificateAuthority",
            \.flexai.certificateAuthority,
            .text("FILE"),
            "File with the certificates that FlexAI's own is checked against"
        ),
    ]

    /// The platform FLARE.
    static let flare: [SettingDescription] = [
        .init(
            "platforms.flare.url",
            \.flare.url,
            .url,
            "Base URL of FLARE; without it FLARE is not used",
            environment: "FLARE_API_URL"
        ),
        .init(
            "platforms.flare.token",
            \.flare.token,
            .secret,
            "Token for FLARE",
            environment: "FLARE_API_TOKEN",
            visibility: .secret
        ),
        .init(
            "platforms.flare.tokenFile",
            \.flare.token,
            .secretFile,
            "File that holds the token for FLARE",
            environment: "FLARE_API_TOKEN_FILE"
        ),
        .init("platforms.flare.dialect", \.flare.dialect, .word, "Which spelling of the fields FLARE understands"),
        .init(
            "platforms.flare.onUnknownCreate",
            \.flare.onUnknownCreate,
            .unknownCreate,
            "What happens to a purchase whose outcome no list can tell"
        ),
        .init(
            "platforms.flare.exclusiveAccount",
            \.flare.exclusiveAccount,
            .truth,
            "Whether nobody else buys with the account, so that new matching intents may be taken for ours"
        ),
        .init(
            "platforms.flare.listingDelayBound",
            \.flare.listingDelayBound,
            .listingDelay,
            "How late FLARE's list can be at most"
        ),
        .init(
            "platforms.flare.certificateAuthority",
            \.flare.certificateAuthority,
            .text("FILE"),
            "File with the certificates that FLARE's own is checked against"
        ),
    ]
}

extension SettingType<Duration> {
    /// How late a list can be.
    fileprivate static let listingDelay = duration(.zero...(.seconds(86_400)))
}

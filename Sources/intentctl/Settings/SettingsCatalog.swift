import Intents

/// Every setting there is, in the order of the documentation.
enum SettingsCatalog {
    /// All of them.
    static let all: [SettingDescription] =
        command + cluster + flexai + flare + limits + policies + metrics + others + placement + simulation

    /// The setting with a path in the file.
    static func setting(at path: String) -> SettingDescription? { all.first { $0.path == path } }

    /// The setting with a flag.
    static func setting(flag: String) -> SettingDescription? { all.first { $0.flag == flag } }

    /// What the command line is mostly used for.
    private static let command: [SettingDescription] = [
        .init(
            "state",
            \.state,
            .text("DIR"),
            "Directory of the ledger, one for each operator",
            environment: "INTENTCTL_STATE",
            flag: "state"
        ),
        .init(
            "intents",
            \.intents,
            .paths,
            "Files and directories of intents; may be repeated",
            environment: "INTENTCTL_INTENTS",
            flag: "intents"
        ),
        .init(
            "listen",
            \.listen,
            .address,
            "Address on which /healthz and /readyz are served",
            environment: "INTENTCTL_LISTEN",
            flag: "listen"
        ),
        .init(
            "run.once",
            \.run.once,
            .truth,
            "End when everything has settled",
            environment: "INTENTCTL_ONCE",
            flag: "once"
        ),
        .init(
            "run.timeout",
            \.run.timeout,
            .duration(.seconds(1)...(.seconds(86_400))),
            "How long --once may take",
            environment: "INTENTCTL_TIMEOUT",
            flag: "timeout"
        ),
        .init(
            "run.simulate",
            \.run.simulate,
            .truth,
            "Start both platforms simulated in the process, on loopback",
            environment: "INTENTCTL_SIMULATE",
            flag: "simulate"
        ),
        .init(
            "run.dryRun",
            \.run.dryRun,
            .truth,
            "Decide and tell, but buy, stop and delete nothing",
            environment: "INTENTCTL_DRY_RUN",
            flag: "dry-run"
        ),
        .init(
            "log.format",
            \.log.format,
            .word,
            "How log lines look; auto means plain on a terminal and JSON elsewhere",
            environment: "INTENTCTL_LOG_FORMAT",
            flag: "log-format"
        ),
        .init(
            "log.level",
            \.log.level,
            .word,
            "The least important log level that is written",
            environment: "INTENTCTL_LOG_LEVEL",
            flag: "log-level"
        ),
    ]

    /// How hard platforms are used.
    private static let limits: [SettingDescription] = [
        .init(
            "limits.callsAtATime",
            \.limits.callsAtATime,
            .integer(1...64),
            "Calls under way at a time, each platform"
        ),
        .init(
            "limits.callsPerSecond",
            \.limits.callsPerSecond,
            .integer(1...1_000_000),
            "Calls a second, each platform"
        ),
        .init(
            "limits.burst",
            \.limits.burst,
            .integer(1...1_000_000),
            "Calls that may follow at once after a quiet time"
        ),
    ]

    /// How patient the operator is.
    private static let policies: [SettingDescription] = [
        .init(
            "policies.provisioningTimeout",
            \.policies.provisioningTimeout,
            .duration(.seconds(10)...(.seconds(86_400))),
            "How long an allocation may take to run"
        ),
        .init(
            "policies.deletionGuard.percent",
            \.policies.deletionGuard.percent,
            .integer(0...100),
            "Share of the intents that may be withdrawn unasked"
        ),
        .init(
            "policies.deletionGuard.minimum",
            \.policies.deletionGuard.minimum,
            .integer(0...1_000_000),
            "How many intents may be withdrawn unasked, whatever the share"
        ),
        .init(
            "policies.deletionGuard.quiet",
            \.policies.deletionGuard.quiet,
            .duration(.zero...(.seconds(30))),
            "How long the source must be quiet before withdrawals"
        ),
        .init(
            "policies.pollSettled",
            \.policies.pollSettled,
            .duration(.seconds(1)...(.seconds(3600))),
            "How often a settled intent is looked at"
        ),
        .init(
            "policies.pollChanging",
            \.policies.pollChanging,
            .duration(.milliseconds(100)...(.seconds(600))),
            "How often a changing intent is looked at"
        ),
        .init(
            "policies.restOffer",
            \.policies.restOffer,
            .duration(.zero...(.seconds(86_400))),
            "How long an offer without capacity is left alone"
        ),
    ]

    /// Everything else.
    private static let others: [SettingDescription] = [
        .init(
            "approval.above",
            \.approvalAbove,
            .hourlyAmount,
            "What an intent may cost in an hour without `intentctl approve`"
        ),
        .init("quotas", \.quotas, .quotas, "What groups of intents may cost and hold together"),
        .init("exchangeRates", \.exchangeRates, .exchangeRates, "Euros that one unit of another currency is worth"),
        .init(
            "providers",
            \.providers,
            .attributes,
            "What no platform tells of itself, of providers and of their regions"
        ),
        .init(
            "operator.userIDTemplate",
            \.userIDTemplate,
            .text("TEMPLATE"),
            "What FlexAI is told as user_id instead of operator id, intent, slot and attempt"
        ),
    ]
}

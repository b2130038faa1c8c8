import Documents

extension IntentSpec: Described {
    static let description = ObjectDescription<IntentSpec>(
        "spec",
        "What is wished for",
        fields: [
            .required("objective", \.objective, .word("an objective"), "What the choice of an offer optimises"),
            .required("workload", \.workload, .object(), "What runs, and on what"),
            .standard("constraints", \.constraints, .object(), "Limits of money, place, time and law"),
            .standard("sla", \.sla, .object(), "What is needed of availability"),
            .optional(
                "suspend",
                \.suspend,
                .object(),
                "Present while the intent is to hold nothing, or only stopped allocations; the operator's own"
            ),
            .optional(
                "paused",
                \.paused,
                .object(),
                "Present while the operator is to look but change nothing; the operator's own"
            ),
            .standard(
                "dependsOn",
                \.dependsOn,
                .list(of: .subdomain("an intent's name", example: "vector-store")),
                "Names of intents that must be ready before this one is started, and that outlive it; the operator's own"
            ),
            .standard(
                "driftPolicy",
                \.driftPolicy,
                .word("a drift policy"),
                "What happens when an allocation is not what was bought: Correct replaces it, Report shows it; the "
                    + "operator's own"
            ),
            .optional(
                "idle",
                \.idle,
                .object(),
                "Present where a service that does nothing is to be suspended; the operator's own"
            ),
            .optional(
                "ttlAfterFinished",
                \.ttlAfterFinished,
                .span(example: "7d"),
                "How long the record of a finished job is kept; the operator's own"
            ),
        ],
        rules: rules
    )
}

extension ServiceLevel: Described {
    static let description = ObjectDescription<ServiceLevel>(
        "sla",
        "What is needed of availability",
        fields: [
            .optional("availability", \.availability, .percentageText, "Uptime, at least", documented: "99.0%"),
            .optional("max_interruption_time", \.maxInterruptionTime, .span(example: "5m"), "The longest interruption"),
            .standard(
                "backup_strategy",
                \.backupStrategy,
                Form<String>.text("a backup strategy", example: "checkpoint").orNothing("none"),
                "How data is backed up",
                documented: "none"
            ),
        ]
    )
}

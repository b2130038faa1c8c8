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
        ]
    )
}

extension Suspension: Described {
    static let description = ObjectDescription<Suspension>(
        "suspend",
        "Keeps an intent without running allocations until a time or until a person resumes it",
        fields: [
            .standard("reason", \.reason, .remark, "Why, in a person's words"),
            .optional("until", \.until, .moment, "When it ends by itself; nothing means when a person says so"),
            .standard(
                "mode",
                \.mode,
                .word("a mode"),
                "What happens to the allocations: release deletes them, stop keeps them stopped"
            ),
        ]
    )
}

extension Pause: Described {
    static let description = ObjectDescription<Pause>(
        "paused",
        "Freezes an intent: observed, never changed",
        fields: [.standard("reason", \.reason, .remark, "Why, in a person's words")]
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

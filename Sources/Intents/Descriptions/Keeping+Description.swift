import Documents

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
        fields: [
            .standard("reason", \.reason, .remark, "Why, in a person's words"),
            .optional("until", \.until, .moment, "When it ends by itself; nothing means when a person says so"),
        ]
    )
}

extension IdlePolicy: Described {
    static let description = ObjectDescription<IdlePolicy>(
        "idle",
        "Suspends a service that does nothing",
        fields: [
            .standard("below", \.below, .percentageText, "The load under which a slot does nothing"),
            .standard("for", \.period, .span(example: "30m"), "For how long every slot must have done nothing"),
        ]
    )
}

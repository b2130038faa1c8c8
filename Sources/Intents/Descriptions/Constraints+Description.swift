import Documents

extension Constraints: Described {
    static let description = ObjectDescription<Constraints>(
        "constraints",
        "Limits of money, place, time and law",
        fields: fields
    )

    private static let place = Form<String>.openWord("location", known: \.locations) { $0.knowsLocation($1) }
    private static let zone = Form<String>.openWord("availability zone", known: { _ in [] }) { $0.knowsZone($1) }
    private static let provider = Form<String>.openWord("provider", known: \.providers) { $0.knowsProvider($1) }

    private static let fields: [Field<Constraints>] = [
        .optional("max_hourly_cost", \.maxHourlyCost, .hourlyCap, "The most that the whole intent may cost in an hour"),
        .optional("max_total_cost", \.maxTotalCost, .totalCap, "The most that it may cost in all"),
        .standard("location", \.location, place.orNothing(ClosedWords.any), "A region of the world or of a cloud"),
        .optional("availability_zone", \.availabilityZone, zone, "A zone of a cloud"),
        .optional(
            "max_latency_ms",
            \.maxLatencyMs,
            .integer(1...IntentLimits.latency, "a latency in milliseconds"),
            "Network latency in milliseconds, at most",
            documented: 100
        ),
        .spelling(
            "max_network_latency",
            of: "max_latency_ms",
            \.maxLatencyMs,
            .latency,
            "Network latency, at most, with its unit"
        ),
        .optional("deadline", \.deadline, .moment, "When the work must be done"),
        .standard("preemptible", \.preemptible, .flag, "Whether spot allocations are allowed"),
        .standard("providers", \.providers, .list(of: provider), "Providers or platforms to choose among"),
        .optional("availability", \.availability, .object(), "When the provider must be available"),
        .optional("negotiation", \.negotiation, .object(), "How far a choice may stray from the wish"),
        .standard("energy", \.energy, .object(), "Limits of energy"),
        .standard("compliance", \.compliance, .object(), "Limits of law"),
        .standard("performance", \.performance, .object(), "Limits of the network and of starting"),
        .standard("security", \.security, .object(), "Limits of security"),
    ]
}

extension Negotiation: Described {
    static let description = ObjectDescription<Negotiation>(
        "negotiation",
        "How far a choice may stray from the wish",
        fields: [
            .standard(
                "max_negotiation_rounds",
                \.maxNegotiationRounds,
                .integer(0...IntentLimits.rounds, "a number of rounds"),
                "Rounds, at most"
            ),
            .standard("price_flexibility", \.priceFlexibility, .fraction, "Price above the wish, as a fraction"),
            .standard(
                "resource_flexibility",
                \.resourceFlexibility,
                .fraction,
                "Resources below the wish, as a fraction"
            ),
            .standard(
                "timeout_seconds",
                \.timeoutSeconds,
                .integer(1...IntentLimits.negotiation, "a timeout in seconds"),
                "How long, in seconds"
            ),
            .standard(
                "fallback_strategy",
                \.fallback,
                .word("a fallback strategy"),
                "What happens when nothing is found"
            ),
            .standard(
                "auto_accept_threshold",
                \.autoAcceptThreshold,
                .fraction,
                "What is taken without asking, as a fraction"
            ),
        ]
    )
}

extension EnergyWish: Described {
    static let description = ObjectDescription<EnergyWish>(
        "energy",
        "Limits of energy",
        fields: [
            .optional("max_carbon_footprint", \.maxCarbonFootprint, .carbon, "CO2 an hour, at most"),
            .standard("renewable_energy_only", \.renewableEnergyOnly, .flag, "Whether only renewable energy will do"),
            .optional(
                "energy_efficiency_rating",
                \.energyEfficiencyRating,
                .word("a rating"),
                "The least rating, A (best) to F"
            ),
            .optional(
                "power_usage_effectiveness",
                \.powerUsageEffectiveness,
                .powerUsage,
                "Power usage effectiveness of the data centre, at most",
                documented: 2.0
            ),
            .standard(
                "green_certified_only",
                \.greenCertifiedOnly,
                .flag,
                "Whether only certified data centres will do"
            ),
        ]
    )
}

extension ComplianceWish: Described {
    static let description = ObjectDescription<ComplianceWish>(
        "compliance",
        "Limits of law",
        fields: [
            .standard(
                "data_residency",
                \.dataResidency,
                .list(of: .text("a place", example: "EU")),
                "Places where data may be"
            ),
            .standard(
                "certifications",
                \.certifications,
                .list(of: .text("a certification", example: "ISO27001")),
                "Certifications that the provider must hold"
            ),
            .standard("encryption_at_rest", \.encryptionAtRest, .flag, "Whether stored data must be encrypted"),
            .standard(
                "encryption_in_transit",
                \.encryptionInTransit,
                .flag,
                "Whether data on the way must be encrypted"
            ),
            .standard("audit_logging", \.auditLogging, .flag, "Whether audit logs are needed"),
            .standard("gdpr_compliant", \.gdprCompliant, .flag, "Whether GDPR must be kept"),
            .standard("hipaa_compliant", \.hipaaCompliant, .flag, "Whether HIPAA must be kept"),
        ]
    )
}

extension PerformanceWish: Described {
    static let description = ObjectDescription<PerformanceWish>(
        "performance",
        "Limits of the network and of starting",
        fields: [
            .optional("min_network_bandwidth", \.minNetworkBandwidth, .bandwidth, "Network bandwidth, at least"),
            .optional(
                "max_jitter_ms",
                \.maxJitterMs,
                .integer(0...IntentLimits.latency, "a jitter in milliseconds"),
                "Network jitter in milliseconds, at most",
                documented: 50
            ),
            .optional(
                "min_uptime_percent",
                \.minUptimePercent,
                .percentage,
                "Uptime in percent, at least",
                documented: 99.0
            ),
            .optional("max_cold_start_time", \.maxColdStartTime, .span(example: "30s"), "Time to start, at most"),
        ]
    )
}

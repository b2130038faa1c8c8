/// The rules of the market, in the order in which offers are held against them.
enum RuleBook {
    /// Every rule; those that reject most and cost least come first.
    static let all: [any Rule.Type] = sellers + gpus + machines + costs + facts

    private static let sellers: [any Rule.Type] = [
        PlatformRule.self, ProviderRule.self, ModelRule.self, InterruptibleRule.self, SharingRule.self,
        LocationRule.self, ZoneRule.self,
    ]
    private static let gpus: [any Rule.Type] = [
        CountRule.self, MemoryRule.self, TierRule.self, ArchitectureRule.self, CapabilityRule.self,
        InterconnectRule.self, TopologyRule.self, EfficiencyRule.self, ThroughputRule.self, CoresRule.self,
        ClockRule.self, MultiInstanceRule.self,
    ]
    private static let machines: [any Rule.Type] = [CPURule.self, MainMemoryRule.self, StorageRule.self]
    private static let costs: [any Rule.Type] = [HourlyCostRule.self, TotalCostRule.self]
    private static let facts: [any Rule.Type] = [
        LatencyRule.self, StartupRule.self, BandwidthRule.self, JitterRule.self, UptimeRule.self, DeadlineRule.self,
        AvailabilityRule.self, CarbonRule.self, RenewableRule.self, EnergyRatingRule.self, PowerUsageRule.self,
        GreenCertificateRule.self, ResidencyRule.self, CertificationRule.self, EncryptionAtRestRule.self,
        EncryptionInTransitRule.self, AuditRule.self, GDPRRule.self, HIPAARule.self, IsolationRule.self,
        FirewallRule.self, VPNRule.self, BastionRule.self, IntrusionRule.self, ScanRule.self, ServiceUptimeRule.self,
        InterruptionRule.self, BackupRule.self,
    ]

    /// The rules that a question asks for.
    static func rules(for question: Question) -> [any Rule] {
        var rules: [any Rule] = []
        rules.reserveCapacity(all.count)
        for type in all {
            if let rule = type.asked(by: question) { rules.append(rule) }
        }
        return rules
    }
}

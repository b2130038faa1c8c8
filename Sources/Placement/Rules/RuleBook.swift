/// The rules of the market, in the order in which offers are held against them.
enum RuleBook {
    /// A rule before it is known what it is asked about.
    struct Entry: Sendable {
        /// Its type.
        let rule: any Rule.Type
        /// Makes the rule for what a question wishes; nil where it wishes nothing of the kind.
        ///
        /// A closure that knows the type, which need not be looked up for every question.
        let asked: @Sendable (Question) -> (any Rule)?
    }

    private static func ask<Wish: Rule>(_ rule: Wish.Type) -> Entry {
        Entry(rule: rule) { question in rule.asked(by: question) }
    }

    /// Every rule; those that reject most and cost least come first.
    static let all: [Entry] = sellers + gpus + machines + costs + facts

    private static let sellers: [Entry] = [
        ask(PlatformRule.self), ask(ProviderRule.self), ask(ModelRule.self), ask(InterruptibleRule.self),
        ask(SharingRule.self),
        ask(LocationRule.self), ask(ZoneRule.self),
    ]
    private static let gpus: [Entry] = [
        ask(CountRule.self), ask(MemoryRule.self), ask(TierRule.self), ask(ArchitectureRule.self),
        ask(CapabilityRule.self),
        ask(InterconnectRule.self), ask(TopologyRule.self), ask(EfficiencyRule.self), ask(ThroughputRule.self),
        ask(CoresRule.self),
        ask(ClockRule.self), ask(MultiInstanceRule.self),
    ]
    private static let machines: [Entry] = [ask(CPURule.self), ask(MainMemoryRule.self), ask(StorageRule.self)]
    private static let costs: [Entry] = [ask(HourlyCostRule.self), ask(TotalCostRule.self)]
    private static let facts: [Entry] = [
        ask(LatencyRule.self), ask(StartupRule.self), ask(BandwidthRule.self), ask(JitterRule.self),
        ask(UptimeRule.self), ask(DeadlineRule.self),
        ask(AvailabilityRule.self), ask(CarbonRule.self), ask(RenewableRule.self), ask(EnergyRatingRule.self),
        ask(PowerUsageRule.self),
        ask(GreenCertificateRule.self), ask(ResidencyRule.self), ask(CertificationRule.self),
        ask(EncryptionAtRestRule.self),
        ask(EncryptionInTransitRule.self), ask(AuditRule.self), ask(GDPRRule.self), ask(HIPAARule.self),
        ask(IsolationRule.self),
        ask(FirewallRule.self), ask(VPNRule.self), ask(BastionRule.self), ask(IntrusionRule.self), ask(ScanRule.self),
        ask(ServiceUptimeRule.self),
        ask(InterruptionRule.self), ask(BackupRule.self),
    ]

    /// The rules that a question asks for.
    static func rules(for question: Question) -> [any Rule] {
        var rules: [any Rule] = []
        rules.reserveCapacity(all.count)
        for entry in all {
            if let rule = entry.asked(question) { rules.append(rule) }
        }
        return rules
    }
}

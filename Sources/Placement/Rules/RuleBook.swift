/// The rules of the market, in the order in which offers are held against them.
enum RuleBook {
    /// Every rule; those that reject most and cost least come first.
    static let all: [any Rule.Type] = [
        PlatformRule.self, ProviderRule.self, ModelRule.self, InterruptibleRule.self, SharingRule.self,
        LocationRule.self, ZoneRule.self, CountRule.self, MemoryRule.self, TierRule.self, ArchitectureRule.self,
        CapabilityRule.self, InterconnectRule.self, TopologyRule.self, ThroughputRule.self, CoresRule.self,
        ClockRule.self, MultiInstanceRule.self, LatencyRule.self, StartupRule.self, HourlyCostRule.self,
        TotalCostRule.self,
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

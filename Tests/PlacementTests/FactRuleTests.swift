import Intents
import Testing

@testable import Placement

/// Wishes about what no platform tells: as the configuration states it, otherwise, and where nobody states it.
struct FactRuleTests {
    /// One wish with facts that grant it, facts that do not and why, and what is said where nobody states it.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let spec: IntentSpec
        let good: ProviderFacts
        let bad: ProviderFacts
        let reason: String
        /// Why an offer of which nobody states it is left alone; nil where it passes.
        let silence: String?
        /// The group that says what becomes of it.
        let group: RuleGroup
    }

    private static func item(
        _ name: String,
        _ group: RuleGroup,
        _ wish: (inout IntentSpec) -> Void,
        good: (inout ProviderFacts) -> Void,
        bad: (inout ProviderFacts) -> Void,
        _ reason: String,
        silence: String
    ) -> Case {
        var (goodFacts, badFacts) = (ProviderFacts(), ProviderFacts())
        good(&goodFacts)
        bad(&badFacts)
        return Case(
            testDescription: name,
            spec: Stall.spec(wish),
            good: goodFacts,
            bad: badFacts,
            reason: reason,
            silence: silence,
            group: group
        )
    }

    private static func flag(
        _ name: String,
        _ group: RuleGroup,
        _ wish: (inout IntentSpec) -> Void,
        _ fact: WritableKeyPath<ProviderFacts, Bool?>,
        _ reason: String,
        silence: String
    ) -> Case {
        item(
            name,
            group,
            wish,
            good: { $0[keyPath: fact] = true },
            bad: { $0[keyPath: fact] = false },
            reason,
            silence: silence
        )
    }

    /// The same window in both calendars, from nine to five in UTC.
    private static func window(_ start: Int, _ end: Int) -> AvailabilityWish {
        var wish = AvailabilityWish()
        wish.windowStart = start * 60
        wish.windowEnd = end * 60
        return wish
    }

    static let cases: [Case] = [
        item(
            "latency",
            .performance,
            { $0.constraints.maxLatencyMs = 50 },
            good: { $0.latencyMs = 50 },
            bad: { $0.latencyMs = 51 },
            "its latency is 51 ms",
            silence: "state its latency"
        ),
        item(
            "start-up",
            .performance,
            { $0.constraints.performance.maxColdStartTime = .seconds(30) },
            good: { $0.coldStart = .seconds(30) },
            bad: { $0.coldStart = .seconds(31) },
            "it takes 31000 ms to start",
            silence: "say how long it takes to start"
        ),
        item(
            "bandwidth",
            .performance,
            { $0.constraints.performance.minNetworkBandwidth = .units(10_000_000_000) },
            good: { $0.bandwidth = .units(10_000_000_000) },
            bad: { $0.bandwidth = .units(1_000_000_000) },
            "its network has 1Gbps",
            silence: "state its network bandwidth"
        ),
        item(
            "jitter",
            .performance,
            { $0.constraints.performance.maxJitterMs = 10 },
            good: { $0.jitterMs = 10 },
            bad: { $0.jitterMs = 11 },
            "its jitter is 11 ms",
            silence: "state its jitter"
        ),
        item(
            "uptime",
            .performance,
            { $0.constraints.performance.minUptimePercent = Quantity(thousandths: 99_900) },
            good: { $0.uptimePercent = Quantity(thousandths: 99_900) },
            bad: { $0.uptimePercent = Quantity(thousandths: 99_800) },
            "its uptime is 99.8%",
            silence: "state its uptime"
        ),
        item(
            "service level",
            .sla,
            { $0.sla.availability = Quantity(thousandths: 99_500) },
            good: { $0.uptimePercent = Quantity(thousandths: 99_900) },
            bad: { $0.uptimePercent = .units(99) },
            "its uptime is 99%",
            silence: "state its uptime"
        ),
        item(
            "interruption",
            .sla,
            { $0.sla.maxInterruptionTime = .seconds(300) },
            good: { $0.maxInterruption = .seconds(300) },
            bad: { $0.maxInterruption = .seconds(600) },
            "its interruptions last up to 10m",
            silence: "state its longest interruption"
        ),
        item(
            "backup",
            .sla,
            { $0.sla.backupStrategy = "Checkpoint" },
            good: { $0.backups = ["checkpoint"] },
            bad: { $0.backups = ["snapshot"] },
            "it backs up by snapshot",
            silence: "say how it backs data up"
        ),
        item(
            "deadline",
            .time,
            { $0.constraints.deadline = Stall.now + .seconds(60) },
            good: { $0.coldStart = .seconds(59) },
            bad: { $0.coldStart = .seconds(60) },
            "it takes 1m to start",
            silence: "say how long it takes to start"
        ),
        item(
            "window",
            .time,
            { $0.constraints.availability = window(9, 17) },
            good: { $0.availability = window(8, 18) },
            bad: { $0.availability = window(10, 18) },
            "it is closed from 2024-12-01T09:00:00Z",
            silence: "say when it is available"
        ),
        item(
            "carbon",
            .energy,
            { $0.constraints.energy.maxCarbonFootprint = .units(70) },
            good: {
                $0.carbonIntensity = .units(50); $0.powerUsageEffectiveness = .units(2)
            },
            bad: { $0.carbonIntensity = .units(100) },
            "it causes 110.6g CO2/h",
            silence: "state its carbon intensity"
        ),
        flag(
            "renewable",
            .energy,
            { $0.constraints.energy.renewableEnergyOnly = true },
            \.renewable,
            "not all of its energy is renewable",
            silence: "state where its energy comes from"
        ),
        flag(
            "green",
            .energy,
            { $0.constraints.energy.greenCertifiedOnly = true },
            \.greenCertified,
            "its data centre is not certified",
            silence: "say whether its data centre is certified"
        ),
        item(
            "rating",
            .energy,
            { $0.constraints.energy.energyEfficiencyRating = .b },
            good: { $0.energyRating = .a },
            bad: { $0.energyRating = .c },
            "its energy rating is C",
            silence: "state its energy rating"
        ),
        item(
            "power usage",
            .energy,
            { $0.constraints.energy.powerUsageEffectiveness = Quantity(thousandths: 1400) },
            good: { $0.powerUsageEffectiveness = Quantity(thousandths: 1400) },
            bad: { $0.powerUsageEffectiveness = Quantity(thousandths: 1500) },
            "its power usage effectiveness is 1.5",
            silence: "state its power usage effectiveness"
        ),
        item(
            "certifications",
            .compliance,
            { $0.constraints.compliance.certifications = ["ISO 27001", "SOC2"] },
            good: { $0.certifications = ["iso27001", "SOC-2"] },
            bad: { $0.certifications = ["ISO27001"] },
            "it does not hold SOC2",
            silence: "state its certifications"
        ),
        flag(
            "encryption at rest",
            .compliance,
            { $0.constraints.compliance.encryptionAtRest = true },
            \.encryptionAtRest,
            "stored data is not encrypted",
            silence: "say whether stored data is encrypted"
        ),
        flag(
            "encryption in transit",
            .compliance,
            { $0.constraints.compliance.encryptionInTransit = true },
            \.encryptionInTransit,
            "data on the way is not encrypted",
            silence: "say whether data on the way is encrypted"
        ),
        flag(
            "audit",
            .compliance,
            { $0.constraints.compliance.auditLogging = true },
            \.auditLogging,
            "there are no audit logs",
            silence: "say whether there are audit logs"
        ),
        flag(
            "GDPR",
            .compliance,
            { $0.constraints.compliance.gdprCompliant = true },
            \.gdprCompliant,
            "GDPR is not kept",
            silence: "say whether GDPR is kept"
        ),
        flag(
            "HIPAA",
            .compliance,
            { $0.constraints.compliance.hipaaCompliant = true },
            \.hipaaCompliant,
            "HIPAA is not kept",
            silence: "say whether HIPAA is kept"
        ),
        item(
            "isolation",
            .security,
            { $0.constraints.security.networkIsolation = .private },
            good: { $0.networkIsolation = .private },
            bad: { $0.networkIsolation = .public },
            "its network is public",
            silence: "say whether its network is closed off"
        ),
        flag(
            "firewall",
            .security,
            { $0.constraints.security.firewallRules = [SecurityWish.FirewallRule()] },
            \.firewall,
            "it keeps no firewall rules",
            silence: "say whether it keeps firewall rules"
        ),
        flag(
            "VPN",
            .security,
            { $0.constraints.security.vpnAccess = true },
            \.vpn,
            "there is no VPN",
            silence: "say whether there is a VPN"
        ),
        flag(
            "bastion",
            .security,
            { $0.constraints.security.bastionHost = true },
            \.bastionHost,
            "there is no bastion host",
            silence: "say whether there is a bastion host"
        ),
        flag(
            "intrusion",
            .security,
            { $0.constraints.security.intrusionDetection = true },
            \.intrusionDetection,
            "intrusions are not detected",
            silence: "say whether intrusions are detected"
        ),
        flag(
            "scans",
            .security,
            { $0.constraints.security.vulnerabilityScanning = true },
            \.vulnerabilityScanning,
            "vulnerabilities are not scanned for",
            silence: "say whether vulnerabilities are scanned for"
        ),
    ]

    /// The market's answer where the configuration states `facts` of the one provider.
    private func rank(_ item: Case, _ facts: ProviderFacts, _ unstated: Unstated? = nil) -> Ranking {
        var policy = PlacementPolicy()
        policy.facts = FactsBook(entries: ["provider-1": FactsBook.Entry(everywhere: facts)])
        if let unstated { policy.unstated[item.group] = unstated }
        return Market(offers: [Stall.offer()], policy: policy).rank(item.spec, now: Stall.now)
    }

    @Test(arguments: cases) func `What the configuration states decides`(item: Case) {
        #expect(rank(item, item.good).candidates.count == 1)
        #expect(rank(item, item.good).constraints.contains { $0.verdict == .enforced })
        #expect(rank(item, item.bad).refusal?.message.hasSuffix(": " + item.reason) == true, "\(rank(item, item.bad))")
    }

    @Test(arguments: cases) func `What nobody states passes or fails by its group`(item: Case) {
        let passes = item.group.standard == .passes
        #expect(rank(item, ProviderFacts()).candidates.isEmpty != passes)
        #expect(rank(item, ProviderFacts(), .passes).candidates.count == 1)
        let silence = "it does not " + (item.silence ?? "")
        #expect(rank(item, ProviderFacts(), .fails).refusal?.message.hasSuffix(": " + silence) == true)
        let note = rank(item, ProviderFacts(), .passes).constraints.last { $0.verdict == .forwarded }
        #expect(note != nil || item.testDescription == "deadline", "a verdict tells that nobody could check it")
    }

    @Test(arguments: RuleGroup.allCases) func `Law and safety must be stated, the rest may be silent`(group: RuleGroup)
    {
        let strict: Set<RuleGroup> = [.compliance, .residency, .security, .place]
        #expect(group.standard == (strict.contains(group) ? .fails : .passes))
    }

    @Test(
        arguments: [
            (["EU"], nil, "eu-west-1", nil), (["EU"], nil, "us-east-1", "data is in us-east-1"),
            (["EU"], ["US"], "eu-west-1", "data is in us"), (["EU", "US"], ["DE", "us-east-1"], "asia-east1", nil),
            (["DE"], ["eu"], "eu-west-1", "data is in eu"), (["EU"], nil, nil, "it does not say where data is"),
            (["EU"], ["DE"], nil, nil),
        ] as [([String], [String]?, String?, String?)]
    )
    func `Data may be where the intent allows it`(wish: [String], stays: [String]?, region: String?, reason: String?) {
        var facts = ProviderFacts()
        facts.residency = stays
        var policy = PlacementPolicy()
        policy.facts = FactsBook(entries: ["flare": FactsBook.Entry(everywhere: facts)])
        let market = Market(offers: [Stall.offer { $0.location = region }], policy: policy)
        let ranking = market.rank(Stall.spec { $0.constraints.compliance.dataResidency = wish }, now: Stall.now)
        #expect(ranking.candidates.isEmpty == (reason != nil))
        if let reason { #expect(ranking.refusal?.message.hasSuffix(": " + reason) == true, "\(ranking)") }
    }

    /// What a machine of two GPUs, eight cores, 64 GiB and a disk of 100 GiB is too small for.
    private static let large: [(wish: @Sendable (inout IntentSpec) -> Void, reason: String)] = [
        ({ $0.workload.resources.cpu = .units(9) }, "it has 8 processor cores"),
        ({ $0.workload.resources.memory = .gibibytes(65) }, "it has main memory 64Gi"),
        (
            { spec in
                var volume = Storage.Volume()
                volume.size = .gibibytes(101)
                spec.workload.storage.volumes = [volume]
            }, "it has storage 100Gi"
        ),
        (
            { spec in
                spec.workload.resources.gpu = GPUWish()
                spec.workload.resources.gpu?.count = 3
            }, "its machine has 2 GPUs where 3 are needed"
        ),
        (
            { spec in
                spec.workload.resources.gpu = GPUWish()
                spec.workload.resources.gpu?.multiGPUEfficiency = .units(1)
                spec.workload.resources.gpu?.count = 2
            }, "its GPUs keep 0.986 of their throughput over nvlink"
        ),
    ]

    @Test(arguments: large.indices)
    func `Machines must be large enough`(index: Int) {
        let (wish, reason) = Self.large[index]
        let offer = Stall.offer { offer in
            offer.hourlyPerGPU = nil
            offer.machine = Machine(gpus: 2)
            offer.machine?.hourly = .euros(4)
            offer.machine?.cpu = .units(8)
            offer.machine?.memory = .gibibytes(64)
            offer.machine?.storage = .gibibytes(100)
        }
        let ranking = Market(offers: [offer]).rank(Stall.spec(wish), now: Stall.now)
        #expect(ranking.refusal?.message.hasSuffix(": " + reason) == true, "\(ranking)")
        #expect(Market(offers: [offer]).rank(Stall.spec(), now: Stall.now).candidates.count == 1)
    }
}

import Intents

extension Field {
    /// Every wish that no rule reads.
    static let all: [Field] = workload + job + choice + serviceLevel + law + energy + security

    /// A wish that FLARE is told and FlexAI has nothing for.
    private static func flareOnly(_ name: String, _ isStated: @escaping @Sendable (IntentSpec) -> Bool) -> Field {
        Field(name: name, isStated: isStated, elsewhere: .bare, flare: .told)
    }

    /// A wish that both platforms are told.
    private static func both(_ name: String, _ isStated: @escaping @Sendable (IntentSpec) -> Bool) -> Field {
        let told = Answer(verdict: .forwarded, why: "part of what the instance is created with")
        return Field(name: name, isStated: isStated, elsewhere: told, flare: .told)
    }

    /// A wish that the operator sees to where the platform does not.
    private static func operated(
        _ name: String,
        _ why: String,
        flare: Answer = .told,
        _ isStated: @escaping @Sendable (IntentSpec) -> Bool
    ) -> Field {
        Field(name: name, isStated: isStated, elsewhere: .operatorDoes(why), flare: flare)
    }

    private static let workload: [Field] = [
        flareOnly("workload.image") { !$0.workload.image.isEmpty && !ImageName($0.workload.image).isJupyter },
        both("workload.image") { ImageName($0.workload.image).isJupyter },
        flareOnly("workload.commands") { !$0.workload.commands.isEmpty },
        flareOnly("workload.env") { !$0.workload.env.isEmpty },
        flareOnly("workload.ports") { !$0.workload.ports.isEmpty },
        flareOnly("workload.storage") { !$0.workload.storage.volumes.isEmpty },
        flareOnly("workload.secrets") { !$0.workload.secrets.isEmpty },
        both("workload.resources.cpu") { $0.workload.resources.cpu != nil },
        both("workload.resources.memory") { $0.workload.resources.memory != nil },
        flareOnly("workload.resources.gpu.multi_gpu_efficiency") {
            $0.workload.resources.gpu?.multiGPUEfficiency != nil
        },
    ]

    private static let job: [Field] = [
        operated("workload.scaling.min_replicas", "one instance is kept for each replica") {
            $0.workload.kind == .service && $0.workload.scaling != nil
        },
        operated(
            "workload.scaling.max_replicas",
            "no more instances than this are ever kept",
            flare: Answer(verdict: .forwarded, why: "FLARE is told, cut to what the caps pay")
        ) { $0.workload.kind == .service && $0.workload.scaling != nil },
        flareOnly("workload.scaling.auto_scale") { $0.workload.scaling?.autoScale ?? false },
        operated("workload.job.parallel_tasks", "one instance is kept for each task") { $0.workload.job != nil },
        operated("workload.job.max_retries", "a task that fails is replaced this often") { $0.workload.job != nil },
        operated(
            "workload.job.timeout",
            "instances are released when it is over",
            flare: .operatorDoes("FLARE is told, and the allocation is released when it is over")
        ) { $0.workload.job?.timeout != nil },
        operated("workload.job.completion_policy", "the job is done when enough instances are") {
            $0.workload.job != nil
        },
    ]

    private static let choice: [Field] = [
        operated(
            "constraints.preemptible",
            "spot offers may be taken",
            flare: .operatorDoes("spot offers may be taken")
        ) { $0.constraints.preemptible },
        operated(
            "constraints.deadline",
            "all is released when it is over",
            flare: .operatorDoes("all is released when it is over")
        ) { $0.constraints.deadline != nil },
        flareOnly("constraints.availability") { $0.constraints.availability != nil },
        flareOnly("constraints.negotiation") { $0.constraints.negotiation != nil },
    ]

    private static let serviceLevel: [Field] = [
        flareOnly("sla.availability") { $0.sla.availability != nil },
        flareOnly("sla.max_interruption_time") { $0.sla.maxInterruptionTime != nil },
        flareOnly("sla.backup_strategy") { $0.sla.backupStrategy != nil },
        flareOnly("constraints.performance.min_network_bandwidth") {
            $0.constraints.performance.minNetworkBandwidth != nil
        },
        flareOnly("constraints.performance.max_jitter_ms") { $0.constraints.performance.maxJitterMs != nil },
        flareOnly("constraints.performance.min_uptime_percent") { $0.constraints.performance.minUptimePercent != nil },
    ]

    private static let law: [Field] = [
        flareOnly("constraints.compliance.data_residency") { !$0.constraints.compliance.dataResidency.isEmpty },
        flareOnly("constraints.compliance.certifications") { !$0.constraints.compliance.certifications.isEmpty },
        flareOnly("constraints.compliance.encryption_at_rest") { $0.constraints.compliance.encryptionAtRest },
        flareOnly("constraints.compliance.encryption_in_transit") { $0.constraints.compliance.encryptionInTransit },
        flareOnly("constraints.compliance.audit_logging") { $0.constraints.compliance.auditLogging },
        flareOnly("constraints.compliance.gdpr_compliant") { $0.constraints.compliance.gdprCompliant },
        flareOnly("constraints.compliance.hipaa_compliant") { $0.constraints.compliance.hipaaCompliant },
    ]

    private static let energy: [Field] = [
        flareOnly("constraints.energy.max_carbon_footprint") { $0.constraints.energy.maxCarbonFootprint != nil },
        flareOnly("constraints.energy.renewable_energy_only") { $0.constraints.energy.renewableEnergyOnly },
        flareOnly("constraints.energy.energy_efficiency_rating") {
            $0.constraints.energy.energyEfficiencyRating != nil
        },
        flareOnly("constraints.energy.power_usage_effectiveness") {
            $0.constraints.energy.powerUsageEffectiveness != nil
        },
        flareOnly("constraints.energy.green_certified_only") { $0.constraints.energy.greenCertifiedOnly },
    ]

    private static let security: [Field] = [
        flareOnly("constraints.security.network_isolation") { $0.constraints.security.networkIsolation == .private },
        flareOnly("constraints.security.firewall_rules") { !$0.constraints.security.firewallRules.isEmpty },
        flareOnly("constraints.security.vpn_access") { $0.constraints.security.vpnAccess },
        flareOnly("constraints.security.bastion_host") { $0.constraints.security.bastionHost },
        flareOnly("constraints.security.intrusion_detection") { $0.constraints.security.intrusionDetection },
        flareOnly("constraints.security.vulnerability_scanning") { $0.constraints.security.vulnerabilityScanning },
    ]
}

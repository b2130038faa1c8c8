import Intents

extension Verdicts {
    /// Limits that choose no offer.
    mutating func add(_ constraints: Constraints) {
        enforced("constraints.preemptible", constraints.preemptible, "spot offers may be taken")
        enforced("constraints.deadline", constraints.deadline != nil, "all is released when it is over")
        flareOnly("constraints.availability", constraints.availability != nil)
        flareOnly("constraints.negotiation", constraints.negotiation != nil)
        add(constraints.energy)
        add(constraints.compliance)
        add(constraints.performance)
        add(constraints.security)
    }

    /// Needs of availability.
    mutating func add(_ sla: ServiceLevel) {
        flareOnly("sla.availability", sla.availability != nil)
        flareOnly("sla.max_interruption_time", sla.maxInterruptionTime != nil)
        flareOnly("sla.backup_strategy", sla.backupStrategy != nil)
    }

    /// Limits of energy.
    private mutating func add(_ energy: EnergyWish) {
        flareOnly("constraints.energy.max_carbon_footprint", energy.maxCarbonFootprint != nil)
        flareOnly("constraints.energy.renewable_energy_only", energy.renewableEnergyOnly)
        flareOnly("constraints.energy.energy_efficiency_rating", energy.energyEfficiencyRating != nil)
        flareOnly("constraints.energy.power_usage_effectiveness", energy.powerUsageEffectiveness != nil)
        flareOnly("constraints.energy.green_certified_only", energy.greenCertifiedOnly)
    }

    /// Limits of law.
    private mutating func add(_ compliance: ComplianceWish) {
        flareOnly("constraints.compliance.data_residency", !compliance.dataResidency.isEmpty)
        flareOnly("constraints.compliance.certifications", !compliance.certifications.isEmpty)
        flareOnly("constraints.compliance.encryption_at_rest", compliance.encryptionAtRest)
        flareOnly("constraints.compliance.encryption_in_transit", compliance.encryptionInTransit)
        flareOnly("constraints.compliance.audit_logging", compliance.auditLogging)
        flareOnly("constraints.compliance.gdpr_compliant", compliance.gdprCompliant)
        flareOnly("constraints.compliance.hipaa_compliant", compliance.hipaaCompliant)
    }

    /// Limits of the network that no offer states.
    private mutating func add(_ performance: PerformanceWish) {
        flareOnly("constraints.performance.min_network_bandwidth", performance.minNetworkBandwidth != nil)
        flareOnly("constraints.performance.max_jitter_ms", performance.maxJitterMs != nil)
        flareOnly("constraints.performance.min_uptime_percent", performance.minUptimePercent != nil)
    }

    /// Limits of security.
    private mutating func add(_ security: SecurityWish) {
        flareOnly("constraints.security.network_isolation", security.networkIsolation == .private)
        flareOnly("constraints.security.firewall_rules", !security.firewallRules.isEmpty)
        flareOnly("constraints.security.vpn_access", security.vpnAccess)
        flareOnly("constraints.security.bastion_host", security.bastionHost)
        flareOnly("constraints.security.intrusion_detection", security.intrusionDetection)
        flareOnly("constraints.security.vulnerability_scanning", security.vulnerabilityScanning)
    }
}

package import Intents

/// What is known of whoever sells an offer, at the place where the offer is; what nobody states is nil.
///
/// No platform tells these; they come from the operator's configuration.
package struct ProviderFacts: Hashable, Sendable {
    /// The region or country, for offers that state no place.
    package var location: String?
    /// Network latency in milliseconds.
    package var latencyMs: Int?
    /// Network jitter in milliseconds.
    package var jitterMs: Int?
    /// Network bandwidth in bits a second.
    package var bandwidth: Quantity?
    /// Uptime in percent.
    package var uptimePercent: Quantity?
    /// How long an allocation usually takes to run.
    package var coldStart: Duration?
    /// The longest interruption that is promised.
    package var maxInterruption: Duration?
    /// Ways of keeping data safe, in lower case.
    package var backups: [String]?
    /// The largest storage of one machine.
    package var storage: Quantity?
    /// When it is available.
    package var availability: AvailabilityWish?

    /// Grams of CO2 for each kilowatt hour.
    package var carbonIntensity: Quantity?
    /// Whether all energy is renewable.
    package var renewable: Bool?
    /// Energy rating of the data centre.
    package var energyRating: EnergyWish.Rating?
    /// Power usage effectiveness of the data centre.
    package var powerUsageEffectiveness: Quantity?
    /// Whether the data centre is certified as green.
    package var greenCertified: Bool?

    /// Places where data stays, as they are written.
    package var residency: [String]?
    /// Certifications, as they are written.
    package var certifications: [String]?
    /// Whether stored data is encrypted.
    package var encryptionAtRest: Bool?
    /// Whether data on the way is encrypted.
    package var encryptionInTransit: Bool?
    /// Whether there are audit logs.
    package var auditLogging: Bool?
    /// Whether GDPR is kept.
    package var gdprCompliant: Bool?
    /// Whether HIPAA is kept.
    package var hipaaCompliant: Bool?

    /// How far a network can be closed off.
    package var networkIsolation: SecurityWish.NetworkIsolation?
    /// Whether firewall rules are kept.
    package var firewall: Bool?
    /// Whether there is a VPN.
    package var vpn: Bool?
    /// Whether there is a bastion host.
    package var bastionHost: Bool?
    /// Whether there is intrusion detection.
    package var intrusionDetection: Bool?
    /// Whether there are vulnerability scans.
    package var vulnerabilityScanning: Bool?

    /// Nothing.
    package init() {}

    /// The facts with those that are missing taken from others.
    package func completed(from others: ProviderFacts) -> ProviderFacts {
        var facts = self
        facts.location = location ?? others.location
        facts.latencyMs = latencyMs ?? others.latencyMs
        facts.jitterMs = jitterMs ?? others.jitterMs
        facts.bandwidth = bandwidth ?? others.bandwidth
        facts.uptimePercent = uptimePercent ?? others.uptimePercent
        facts.coldStart = coldStart ?? others.coldStart
        facts.maxInterruption = maxInterruption ?? others.maxInterruption
        facts.backups = backups ?? others.backups
        facts.storage = storage ?? others.storage
        facts.availability = availability ?? others.availability
        facts.carbonIntensity = carbonIntensity ?? others.carbonIntensity
        facts.renewable = renewable ?? others.renewable
        facts.energyRating = energyRating ?? others.energyRating
        facts.powerUsageEffectiveness = powerUsageEffectiveness ?? others.powerUsageEffectiveness
        facts.greenCertified = greenCertified ?? others.greenCertified
        facts.residency = residency ?? others.residency
        facts.certifications = certifications ?? others.certifications
        facts.encryptionAtRest = encryptionAtRest ?? others.encryptionAtRest
        facts.encryptionInTransit = encryptionInTransit ?? others.encryptionInTransit
        facts.auditLogging = auditLogging ?? others.auditLogging
        facts.gdprCompliant = gdprCompliant ?? others.gdprCompliant
        facts.hipaaCompliant = hipaaCompliant ?? others.hipaaCompliant
        facts.networkIsolation = networkIsolation ?? others.networkIsolation
        facts.firewall = firewall ?? others.firewall
        facts.vpn = vpn ?? others.vpn
        facts.bastionHost = bastionHost ?? others.bastionHost
        facts.intrusionDetection = intrusionDetection ?? others.intrusionDetection
        facts.vulnerabilityScanning = vulnerabilityScanning ?? others.vulnerabilityScanning
        return facts
    }
}

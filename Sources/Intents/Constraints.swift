/// Limits of money, place, time and law (`constraints`).
///
/// What the reference gives a default that would limit the choice (latency, jitter, uptime, PUE) is nil here unless the
/// file says it, so that a default never removes an offer.
package struct Constraints: Hashable, Sendable {
    /// The most that the whole intent may cost in an hour.
    package var maxHourlyCost: Money?
    /// The most that it may cost in all.
    package var maxTotalCost: Money?
    /// A region of the world or of a cloud; nil for `any`.
    package var location: String?
    /// A zone of a cloud.
    package var availabilityZone: String?
    /// Network latency in milliseconds, at most; `max_network_latency: "50ms"` means the same.
    package var maxLatencyMs: Int?
    /// When the work must be done.
    package var deadline: Timestamp?
    /// Whether spot allocations are allowed.
    package var preemptible = false
    /// Providers or platforms to choose among; empty means all.
    package var providers: [String] = []
    /// When the provider must be available.
    package var availability: AvailabilityWish?
    /// How far a choice may stray from the wish; nil where the block is missing.
    package var negotiation: Negotiation?
    /// Limits of energy.
    package var energy = EnergyWish()
    /// Limits of law.
    package var compliance = ComplianceWish()
    /// Limits of the network and of starting.
    package var performance = PerformanceWish()
    /// Limits of security.
    package var security = SecurityWish()

    /// No limits.
    package init() {}
}

/// When a provider must be available (`constraints.availability`).
package struct AvailabilityWish: Hashable, Sendable {
    /// Start of the daily window, in minutes after midnight.
    package var windowStart: Int?
    /// End of the daily window, in minutes after midnight; before the start means over midnight.
    package var windowEnd: Int?
    /// An IANA time zone; UTC where the file says nothing.
    package var timeZone: String?
    /// Days of the week, 1 (Monday) to 7 (Sunday); empty means all.
    package var daysOfWeek: [Int] = []
    /// Days without availability, as `YYYY-MM-DD`.
    package var blackoutDates: [String] = []
    /// Scheduled maintenance.
    package var maintenanceWindows: [MaintenanceWindow] = []

    /// Always.
    package init() {}

    /// A span of maintenance that comes again (`maintenance_windows[]`).
    package struct MaintenanceWindow: Hashable, Sendable {
        /// How often it comes again.
        package enum Frequency: String, Hashable, Sendable, CaseIterable {
            /// Every week.
            case weekly
            /// Every month.
            case monthly
        }

        /// When it first starts.
        package var start = Timestamp(milliseconds: 0)
        /// When it first ends.
        package var end = Timestamp(milliseconds: 0)
        /// How often it comes again.
        package var frequency = Frequency.weekly

        /// A window that has still to be filled in.
        package init() {}
    }
}

/// How far a choice may stray from the wish (`constraints.negotiation`).
package struct Negotiation: Hashable, Sendable {
    /// What happens when nothing is found (`fallback_strategy`).
    package enum Fallback: String, Hashable, Sendable, CaseIterable {
        /// Wait.
        case queue
        /// Take a lower tier.
        case lowerTier = "lower_tier"
        /// Take shared GPUs.
        case shared
        /// Take spot allocations.
        case spot
        /// Give up.
        case fail
    }

    /// Rounds at most.
    package var maxNegotiationRounds = 3
    /// Price above the cap, as a fraction in thousandths.
    package var priceFlexibility = Quantity(thousandths: 150)
    /// Resources below the wish, as a fraction in thousandths.
    package var resourceFlexibility = Quantity(thousandths: 100)
    /// How long, in seconds.
    package var timeoutSeconds = 300
    /// What happens when nothing is found.
    package var fallback = Fallback.queue
    /// What is taken without asking, as a fraction in thousandths.
    package var autoAcceptThreshold = Quantity(thousandths: 50)

    /// The documented defaults.
    package init() {}
}

/// Limits of energy (`constraints.energy`).
package struct EnergyWish: Hashable, Sendable {
    /// Grams of CO2 an hour, in thousandths, at most.
    package var maxCarbonFootprint: Quantity?
    /// Whether only renewable energy will do.
    package var renewableEnergyOnly = false
    /// The least rating, A (best) to F.
    package var energyEfficiencyRating: Rating?
    /// Power usage effectiveness, in thousandths, at most.
    package var powerUsageEffectiveness: Quantity?
    /// Whether only certified data centres will do.
    package var greenCertifiedOnly = false

    /// No limits.
    package init() {}

    /// An energy rating.
    package enum Rating: String, Hashable, Sendable, CaseIterable {
        /// The best.
        case a = "A"
        /// Second.
        case b = "B"
        /// Third.
        case c = "C"
        /// Fourth.
        case d = "D"
        /// Fifth.
        case e = "E"
        /// The worst.
        case f = "F"
    }
}

/// Limits of law (`constraints.compliance`).
package struct ComplianceWish: Hashable, Sendable {
    /// Places where data may be.
    package var dataResidency: [String] = []
    /// Certifications that the provider must hold.
    package var certifications: [String] = []
    /// Whether stored data must be encrypted.
    package var encryptionAtRest = false
    /// Whether data on the way must be encrypted.
    package var encryptionInTransit = false
    /// Whether audit logs are needed.
    package var auditLogging = false
    /// Whether GDPR must be kept.
    package var gdprCompliant = false
    /// Whether HIPAA must be kept.
    package var hipaaCompliant = false

    /// No limits.
    package init() {}
}

/// Limits of the network and of starting (`constraints.performance`).
package struct PerformanceWish: Hashable, Sendable {
    /// Bits a second, at least.
    package var minNetworkBandwidth: Quantity?
    /// Milliseconds, at most.
    package var maxJitterMs: Int?
    /// Percent, in thousandths, at least.
    package var minUptimePercent: Quantity?
    /// Time to start, at most.
    package var maxColdStartTime: Duration?

    /// No limits.
    package init() {}
}

/// Limits of security (`constraints.security`).
package struct SecurityWish: Hashable, Sendable {
    /// How far the network is closed off.
    package enum NetworkIsolation: String, Hashable, Sendable, CaseIterable {
        /// Reachable from the internet.
        case `public`
        /// A private network only.
        case `private`
    }

    /// How far the network is closed off; public where the file says nothing.
    package var networkIsolation = NetworkIsolation.public
    /// Firewall rules in the order of the file.
    package var firewallRules: [FirewallRule] = []
    /// Whether a VPN is needed.
    package var vpnAccess = false
    /// Whether a bastion host is needed.
    package var bastionHost = false
    /// Whether intrusion detection is needed.
    package var intrusionDetection = false
    /// Whether vulnerability scans are needed.
    package var vulnerabilityScanning = false

    /// No limits.
    package init() {}

    /// A firewall rule (`firewall_rules[]`).
    package struct FirewallRule: Hashable, Sendable {
        /// What happens to matching traffic.
        package enum Action: String, Hashable, Sendable, CaseIterable {
            /// Let in.
            case allow
            /// Kept out.
            case deny
        }

        /// 1 to 65535.
        package var port = 0
        /// TCP or UDP.
        package var transport = TransportProtocol.tcp
        /// The network it comes from, in CIDR form.
        package var source = ""
        /// What happens to it.
        package var action = Action.allow

        /// A rule that has still to be filled in.
        package init() {}
    }
}

/// What the person needs of availability (`sla`).
package struct ServiceLevel: Hashable, Sendable {
    /// Uptime in percent, in thousandths.
    package var availability: Quantity?
    /// The longest interruption.
    package var maxInterruptionTime: Duration?
    /// How data is backed up, such as `checkpoint`; nil for `none`.
    package var backupStrategy: String?

    /// No needs.
    package init() {}
}

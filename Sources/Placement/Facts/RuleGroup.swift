/// Rules that are of one kind when nobody states what they ask about.
package enum RuleGroup: String, Hashable, Sendable, CaseIterable {
    /// What the GPU is.
    case gpu
    /// Processor, memory and storage of the machine.
    case machine
    /// Region and zone.
    case place
    /// Availability windows and deadlines.
    case time
    /// Energy.
    case energy
    /// Certifications, encryption, audit, laws.
    case compliance
    /// Where data may be.
    case residency
    /// Latency, bandwidth, jitter, uptime, start-up.
    case performance
    /// Isolation, firewall, VPN, bastion, detection, scans.
    case security
    /// What a service level promises.
    case sla

    /// What a rule of the group says of an offer that does not state what it asks about, where nobody has configured it.
    ///
    /// What law and safety ask for has to be known, and so has the place that somebody asks for; the rest passes, and
    /// the verdict tells it.
    package var standard: Unstated {
        switch self {
        case .compliance, .residency, .security, .place: .fails
        case .gpu, .machine, .time, .energy, .performance, .sla: .passes
        }
    }
}

/// What a rule says of an offer that does not state what the rule asks about.
package enum Unstated: String, Hashable, Sendable, CaseIterable {
    /// The offer is left alone.
    case fails
    /// The offer may be taken; the verdict tells that nobody could check it.
    case passes
}

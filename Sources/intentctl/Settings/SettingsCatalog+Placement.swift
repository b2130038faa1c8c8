import Placement

extension SettingsCatalog {
    /// What becomes of offers that do not state what an intent asks about.
    static let placement: [SettingDescription] = RuleGroup.allCases.map { group in
        .init(
            "placement.unstated.\(group.rawValue)",
            \.[unstated: group],
            .word,
            "What becomes of offers of which nobody states \(subject(group)): fails leaves them alone"
        )
    }

    /// What a group of rules asks about.
    private static func subject(_ group: RuleGroup) -> String {
        switch group {
        case .gpu: "a GPU's attribute"
        case .machine: "processor, memory or storage"
        case .place: "the place"
        case .time: "when they are available"
        case .energy: "the energy"
        case .compliance: "certifications, encryption, audit or laws"
        case .residency: "where data is"
        case .performance: "latency, bandwidth, jitter, uptime or start-up"
        case .security: "isolation, firewall, VPN, bastion, detection or scans"
        case .sla: "what the service level asks for"
        }
    }
}

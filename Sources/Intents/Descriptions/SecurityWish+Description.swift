extension SecurityWish: Described {
    static let description = ObjectDescription<SecurityWish>(
        "security",
        "Limits of security",
        fields: [
            .standard(
                "network_isolation",
                \.networkIsolation,
                .word("a network isolation level"),
                "How far the network is closed off"
            ),
            .standard("firewall_rules", \.firewallRules, .list(of: .object()), "Firewall rules, in their order"),
            .standard("vpn_access", \.vpnAccess, .flag, "Whether a VPN is needed"),
            .standard("bastion_host", \.bastionHost, .flag, "Whether a bastion host is needed"),
            .standard("intrusion_detection", \.intrusionDetection, .flag, "Whether intrusion detection is needed"),
            .standard(
                "vulnerability_scanning",
                \.vulnerabilityScanning,
                .flag,
                "Whether vulnerability scans are needed"
            ),
        ]
    )
}

extension SecurityWish.FirewallRule: Described {
    static let description = ObjectDescription<SecurityWish.FirewallRule>(
        "firewall_rule",
        "A firewall rule",
        fields: [
            .required("port", \.port, .integer(1...65535, "a port"), "The port's number"),
            .required("protocol", \.transport, .word("a protocol"), "The transport protocol"),
            .required("source", \.source, .network, "The network that the traffic comes from"),
            .required("action", \.action, .word("an action"), "What happens to the traffic"),
        ]
    )
}

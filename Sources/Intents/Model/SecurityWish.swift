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

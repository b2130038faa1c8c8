/// A transport protocol of a port or a firewall rule.
package enum TransportProtocol: String, Hashable, Sendable, CaseIterable {
    /// TCP.
    case tcp = "TCP"
    /// UDP.
    case udp = "UDP"
}

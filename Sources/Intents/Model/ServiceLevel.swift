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

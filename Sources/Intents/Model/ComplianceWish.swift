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

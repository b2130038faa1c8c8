/// A certificate that says who we are, and its key, both PEM.
///
/// Its description shows nothing of either.
package struct ClientCertificate: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The certificate, and those that lead to its authority.
    package let certificate: [UInt8]
    /// The key; a secret.
    package let key: [UInt8]

    /// A certificate and its key.
    package init(certificate: [UInt8], key: [UInt8]) {
        self.certificate = certificate
        self.key = key
    }

    /// What it is, and nothing of what it says.
    package var description: String { "a client certificate" }

    /// A mirror without children, so that a dump shows no secret.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

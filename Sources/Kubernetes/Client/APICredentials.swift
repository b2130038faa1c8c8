/// Says to an API server who we are.
package protocol APICredentials: Sendable {
    /// The value of the `Authorization` header; nil where a certificate says it, or nothing does.
    func authorization() async throws(APIError) -> String?
    /// The certificate to show instead of the connection's own; nil where that one serves.
    func certificate() async throws(APIError) -> ClientCertificate?
    /// The server did not take this value and this certificate: something fresh is wanted.
    func refused(_ value: String?, _ certificate: ClientCertificate?) async
}

extension APICredentials {
    /// The connection's own serves.
    package func certificate() async throws(APIError) -> ClientCertificate? { nil }
}

/// Nothing to say beyond the connection's certificate.
package struct NoCredentials: APICredentials {
    /// Nothing.
    package init() {}

    package func authorization() async throws(APIError) -> String? { nil }

    package func refused(_ value: String?, _ certificate: ClientCertificate?) async {}
}

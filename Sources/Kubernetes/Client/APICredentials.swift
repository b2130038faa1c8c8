/// Says to an API server who we are.
package protocol APICredentials: Sendable {
    /// The value of the `Authorization` header; nil where a certificate says it, or nothing does.
    func authorization() async throws(APIError) -> String?
    /// The server did not take this value: a fresh one is wanted.
    func refused(_ value: String?) async
}

/// Nothing to say beyond the connection's certificate.
package struct NoCredentials: APICredentials {
    /// Nothing.
    package init() {}

    package func authorization() async throws(APIError) -> String? { nil }

    package func refused(_ value: String?) async {}
}

extension HTTPClient {
    /// What holds for every call of a client.
    package struct Configuration: Sendable {
        /// Whether the server must prove who it is.
        package enum Verification: Sendable {
            /// A certificate for the host's name, from a trusted authority.
            case required
            /// Anybody may answer: only where a person has asked for it.
            case disabled
        }

        /// Where proxies come from.
        package enum Proxies: Sendable {
            /// `http_proxy`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`.
            case environment
            /// Every server is reached directly.
            case none
            /// This one, for every server: `http://host:port`.
            case fixed(String)
        }

        /// Which versions of HTTP are spoken.
        package enum Versions: Sendable {
            /// HTTP/2 where the server offers it over TLS, else HTTP/1.1.
            case newest
            /// HTTP/1.1 alone: a connection that died unnoticed takes one call with it, not every later one.
            case onlyOne
        }

        /// Who we say that we are.
        package var userAgent = "intent-operator"
        /// Authorities (PEM) that are trusted instead of the system's.
        package var certificateAuthorityFile: String?
        /// The client's own certificate (PEM).
        package var clientCertificateFile: String?
        /// The key (PEM) of the client's certificate.
        package var clientKeyFile: String?
        /// Authorities (PEM) that are trusted instead of the system's, where they are in no file.
        package var certificateAuthority: [UInt8]?
        /// The client's own certificate (PEM), where it is in no file.
        package var clientCertificate: [UInt8]?
        /// The key (PEM) of the client's certificate, where it is in no file; it is not shown anywhere.
        package var clientKey: [UInt8]?
        /// The name that the server must prove to have, where it is not the one in its address.
        package var serverName: String?
        /// Which versions of HTTP are spoken.
        package var versions = Versions.newest
        /// Whether the server must prove who it is.
        package var verification = Verification.required
        /// Where proxies come from.
        package var proxies = Proxies.environment
        /// How many connections one host may have at a time; further calls wait, within their deadline.
        package var maximumConnectionsPerHost = 64
        /// How many unused connections are kept.
        package var maximumKeptConnections = 256
        /// How many bytes a reply's head and trailers may have.
        package var maximumHeaderBytes = 64 << 10
        /// How many bytes of a stream wait for the reader before the server is slowed down.
        package var streamBufferBytes = 256 << 10

        /// The defaults.
        package init() {}
    }
}

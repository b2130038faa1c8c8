package import Wire

/// The way to a cluster: where its API server is, whom to believe, and who we are.
///
/// Its description shows no secret.
package struct ClusterAccess: Sendable, CustomStringConvertible, CustomReflectable {
    /// A certificate, a key or authorities, PEM.
    package enum PEM: Hashable, Sendable {
        /// In a file, which may be renewed.
        case file(String)
        /// Inline.
        case bytes([UInt8])
    }

    /// Who we are, beyond a certificate.
    package enum Identity: Hashable, Sendable {
        /// Nobody, or whom the certificate names.
        case none
        /// A token.
        case token(String)
        /// A token in a file, which is renewed.
        case tokenFile(String)
        /// A name and its password.
        case basic(user: String, password: String)
        /// A program that gives out tokens or certificates.
        case plugin(ExecPlugin)
    }

    /// What the access is called, for people: a context, or the pod's own account.
    package var name: String
    /// The API server.
    package var server: HTTPURL
    /// Who signs the server's certificate; nil for the system's authorities.
    package var authority: PEM?
    /// The name that the server must prove to have, where it is not the one in its address.
    package var serverName: String?
    /// Whether anybody may answer; a person has asked for it and is warned.
    package var isInsecure = false
    /// The proxy; nil where the environment says, empty for none.
    package var proxy: String?
    /// Our certificate.
    package var clientCertificate: PEM?
    /// Its key.
    package var clientKey: PEM?
    /// Who we are, beyond a certificate.
    package var identity = Identity.none
    /// The namespace that is meant where none is named; nil where nothing says so.
    package var namespace: String?
    /// What a person should know.
    package var warnings: [String] = []

    /// The way to a server, as nobody in particular.
    package init(name: String, server: HTTPURL) {
        self.name = name
        self.server = server
    }

    /// The name and the server.
    package var description: String { "\(name) at \(server)" }

    /// A mirror without children, so that a dump shows no secret.
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The same way with another certificate; nil leaves the one that is there.
    package func showing(_ certificate: ClientCertificate?) -> ClusterAccess {
        guard let certificate else { return self }
        var access = self
        access.clientCertificate = .bytes(certificate.certificate)
        access.clientKey = .bytes(certificate.key)
        return access
    }

    /// The settings of the HTTP client that goes there.
    package var httpConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        // Over one connection that died unnoticed every later call would wait for its deadline too.
        configuration.versions = .onlyOne
        configuration.serverName = serverName
        if isInsecure { configuration.verification = .disabled }
        switch authority {
        case .file(let path): configuration.certificateAuthorityFile = path
        case .bytes(let bytes): configuration.certificateAuthority = bytes
        case nil: break
        }
        switch clientCertificate {
        case .file(let path): configuration.clientCertificateFile = path
        case .bytes(let bytes): configuration.clientCertificate = bytes
        case nil: break
        }
        switch clientKey {
        case .file(let path): configuration.clientKeyFile = path
        case .bytes(let bytes): configuration.clientKey = bytes
        case nil: break
        }
        if let proxy { configuration.proxies = proxy.isEmpty ? .none : .fixed(proxy) }
        return configuration
    }
}

extension ClusterAccess.Identity: CustomStringConvertible, CustomReflectable {
    /// Its kind alone.
    package var description: String {
        switch self {
        case .none: "no credentials"
        case .token: "a token"
        case .tokenFile(let path): "the token in \(path)"
        case .basic(let user, _): "the user \(user) with a password"
        case .plugin(let plugin): "the exec plugin \(plugin.command)"
        }
    }

    /// A mirror without children, so that a dump shows no secret.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A program that gives out credentials (client.authentication.k8s.io).
package struct ExecPlugin: Hashable, Sendable {
    /// The program: a path, or a name that `PATH` knows.
    package var command: String
    /// Its arguments.
    package var arguments: [String]
    /// What is added to its environment.
    package var environment: [String: String]
    /// The version that it speaks: `client.authentication.k8s.io/v1` or `v1beta1`.
    package var apiVersion: String
    /// What to do where it is not installed.
    package var installHint: String
    /// Whether it is told which cluster is meant.
    package var providesClusterInfo: Bool

    /// A program from its parts.
    package init(
        command: String,
        arguments: [String],
        environment: [String: String],
        apiVersion: String,
        installHint: String,
        providesClusterInfo: Bool
    ) {
        self.command = command
        self.arguments = arguments
        self.environment = environment
        self.apiVersion = apiVersion
        self.installHint = installHint
        self.providesClusterInfo = providesClusterInfo
    }
}

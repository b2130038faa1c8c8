package import Reconciling
import Wire

/// A value that never changes: a token, or a name and its password.
struct FixedCredentials: APICredentials {
    let value: String

    func authorization() async throws(APIError) -> String? { value }

    func refused(_ value: String?, _ certificate: ClientCertificate?) async {}
}

/// A token in a file that is renewed, such as a service account's: read anew once a minute and when it is refused.
package final class TokenFileCredentials: APICredentials {
    /// How long a token is used before its file is looked at again.
    package static let lifetime = Duration.seconds(60)

    private let path: String
    private let files: FileReading
    private let time: any Timekeeper
    private let known = Locked<(value: String, readAt: Duration)?>(nil)

    /// The token of a file.
    package init(path: String, files: FileReading = .system, time: any Timekeeper) {
        self.path = path
        self.files = files
        self.time = time
    }

    package func authorization() async throws(APIError) -> String? {
        let now = time.uptime
        if let known = known.withLock({ $0 }), now - known.readAt < Self.lifetime { return known.value }
        do throws(ConfigurationError) {
            let value = "Bearer \(try files.secret(path))"
            known.withLock { $0 = (value, now) }
            return value
        } catch {
            // While a file is being replaced the old token still serves.
            if let known = known.withLock({ $0 }) { return known.value }
            throw APIError(.authenticateAgain, code: "NO_TOKEN", message: error.description)
        }
    }

    package func refused(_ value: String?, _ certificate: ClientCertificate?) async {
        known.withLock { known in
            if known?.value == value { known = nil }
        }
    }
}

extension ClusterAccess {
    /// What says who we are.
    package func credentials(
        files: FileReading = .system,
        programs: any ProgramRunner = SystemPrograms(),
        time: any Timekeeper
    ) -> any APICredentials {
        switch identity {
        case .none: NoCredentials()
        case .token(let token): FixedCredentials(value: "Bearer \(token)")
        case .tokenFile(let path): TokenFileCredentials(path: path, files: files, time: time)
        case .basic(let user, let password): FixedCredentials(value: "Basic \(Base64.text("\(user):\(password)"))")
        case .plugin(let plugin):
            PluginCredentials(plugin: plugin, server: server.text, programs: programs, time: time)
        }
    }
}

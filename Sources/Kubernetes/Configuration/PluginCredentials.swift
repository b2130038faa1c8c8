import Documents
import Intents
package import Reconciling

/// A token that a program gives out: kept until shortly before it expires, and asked for anew when it is refused.
package final class PluginCredentials: APICredentials {
    /// How long before its end a token is no longer used.
    package static let margin = Duration.seconds(30)
    /// How long the program may take.
    package static let deadline = Duration.seconds(60)

    /// What the program has said.
    private struct Grant: Sendable {
        var value: String
        var expiresAt: Timestamp?
    }

    private let plugin: ExecPlugin
    private let server: String
    private let programs: any ProgramRunner
    private let time: any Timekeeper
    private let known = Locked<Grant?>(nil)

    /// The tokens of a program, for a server.
    package init(plugin: ExecPlugin, server: String, programs: any ProgramRunner, time: any Timekeeper) {
        self.plugin = plugin
        self.server = server
        self.programs = programs
        self.time = time
    }

    package func authorization() async throws(APIError) -> String? {
        if let known = known.withLock({ $0 }) {
            guard let end = known.expiresAt, time.now + Self.margin >= end else { return known.value }
        }
        do throws(ConfigurationError) {
            let grant = try await ask()
            known.withLock { $0 = grant }
            return grant.value
        } catch {
            throw APIError(.authenticateAgain, code: "NO_TOKEN", message: error.description)
        }
    }

    package func refused(_ value: String?) async {
        known.withLock { known in
            if known?.value == value { known = nil }
        }
    }

    private func ask() async throws(ConfigurationError) -> Grant {
        var environment = plugin.environment
        environment["KUBERNETES_EXEC_INFO"] = DocumentPrinter.json(question)
        let place = "exec plugin \(plugin.command)"
        let output: [UInt8]
        do throws(ConfigurationError) {
            output = try await programs.run(plugin.command, plugin.arguments, environment, deadline: Self.deadline)
        } catch {
            let hint = plugin.installHint.isEmpty ? "" : "; \(plugin.installHint)"
            throw ConfigurationError(place, "\(error.description)\(hint)")
        }
        return try Self.grant(output, place, plugin.apiVersion)
    }

    private var question: Node {
        var spec: [(String, Node)] = [("interactive", false)]
        if plugin.providesClusterInfo { spec.append(("cluster", .mapping(["server": .string(server)]))) }
        return .mapping([
            "apiVersion": .string(plugin.apiVersion), "kind": "ExecCredential", "spec": .mapping(spec),
        ])
    }

    /// Reads what a program has printed; nothing of it is quoted.
    private static func grant(
        _ output: [UInt8],
        _ place: String,
        _ apiVersion: String
    ) throws(ConfigurationError) -> Grant {
        let node: Node
        do throws(Diagnostic) {
            node = try DocumentParser.json(output)
        } catch {
            throw ConfigurationError(place, "did not print an ExecCredential in JSON")
        }
        guard node["kind"]?.string == "ExecCredential", let status = node["status"] else {
            throw ConfigurationError(place, "did not print an ExecCredential with a status")
        }
        guard node["apiVersion"]?.string == apiVersion else {
            throw ConfigurationError(place, "printed another apiVersion than \(apiVersion)")
        }
        guard let token = status["token"]?.string, !token.isEmpty else {
            throw ConfigurationError(place, "gave no token; client certificates of a plugin are not supported")
        }
        guard let text = status["expirationTimestamp"]?.string else {
            return Grant(value: "Bearer \(token)", expiresAt: nil)
        }
        do throws(UnitError) {
            return Grant(value: "Bearer \(token)", expiresAt: try Timestamp(parsing: text))
        } catch {
            throw ConfigurationError(place, "gave an expirationTimestamp that is no moment")
        }
    }
}

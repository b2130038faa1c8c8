import Documents
import Intents
package import Reconciling

/// A token, a certificate or both that a program gives out: kept until shortly before they expire, and asked for anew
/// when they are refused.
package final class PluginCredentials: APICredentials {
    /// How long before its end what was given is no longer used.
    package static let margin = Duration.seconds(30)
    /// How long the program may take.
    package static let deadline = Duration.seconds(60)

    /// What the program has said; its description shows nothing of it.
    private struct Grant: Sendable, CustomStringConvertible, CustomReflectable {
        /// For the `Authorization` header.
        var value: String?
        var certificate: ClientCertificate?
        var expiresAt: Timestamp?

        var description: String { "what an exec plugin gave" }
        var customMirror: Mirror { Mirror(self, children: []) }
    }

    private let plugin: ExecPlugin
    private let server: String
    private let programs: any ProgramRunner
    private let time: any Timekeeper
    private let known = Locked<Grant?>(nil)

    /// What a program gives out, for a server.
    package init(plugin: ExecPlugin, server: String, programs: any ProgramRunner, time: any Timekeeper) {
        self.plugin = plugin
        self.server = server
        self.programs = programs
        self.time = time
    }

    package func authorization() async throws(APIError) -> String? { try await grant().value }

    package func certificate() async throws(APIError) -> ClientCertificate? { try await grant().certificate }

    private func grant() async throws(APIError) -> Grant {
        if let known = known.withLock({ $0 }) {
            guard let end = known.expiresAt, time.now + Self.margin >= end else { return known }
        }
        do throws(ConfigurationError) {
            let grant = try await ask()
            known.withLock { $0 = grant }
            return grant
        } catch {
            throw APIError(.authenticateAgain, code: "NO_TOKEN", message: error.description)
        }
    }

    package func refused(_ value: String?, _ certificate: ClientCertificate?) async {
        known.withLock { known in
            if known?.value == value, known?.certificate == certificate { known = nil }
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
        var grant = Grant()
        if let token = status["token"]?.string, !token.isEmpty { grant.value = "Bearer \(token)" }
        grant.certificate = try certificate(status, place)
        guard grant.value != nil || grant.certificate != nil else {
            throw ConfigurationError(place, "gave neither a token nor a client certificate with its key")
        }
        guard let text = status["expirationTimestamp"]?.string else { return grant }
        do throws(UnitError) {
            grant.expiresAt = try Timestamp(parsing: text)
            return grant
        } catch {
            throw ConfigurationError(place, "gave an expirationTimestamp that is no moment")
        }
    }

    /// The certificate and its key, PEM as text; nil where there is neither.
    private static func certificate(
        _ status: Node,
        _ place: String
    ) throws(ConfigurationError) -> ClientCertificate? {
        let names = ["clientCertificateData", "clientKeyData"]
        let texts = names.map { status[$0]?.string ?? "" }
        guard texts.contains(where: { !$0.isEmpty }) else { return nil }
        for (name, text) in zip(names, texts) where text.isEmpty {
            let other = names.first { $0 != name } ?? ""
            throw ConfigurationError(place, "gave \(other) without \(name): both belong together")
        }
        for (name, (text, mark)) in zip(names, zip(texts, ["CERTIFICATE-----", "PRIVATE KEY-----"])) {
            guard text.contains("-----BEGIN "), text.contains(mark) else {
                throw ConfigurationError(place, "gave a \(name) that is no PEM")
            }
        }
        return ClientCertificate(certificate: Array(texts[0].utf8), key: Array(texts[1].utf8))
    }
}

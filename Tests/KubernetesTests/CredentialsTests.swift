import Documents
import Intents
import Kubernetes
import Reconciling
import Testing
import Wire

/// Tokens that change, and what happens when one is refused.
@Suite(.timeLimit(.minutes(10))) struct CredentialsTests {
    /// A file whose content a test changes.
    private final class Page: Sendable {
        private let text = Locked<String?>("one")
        let reads = Locked(0)

        func set(_ text: String?) { self.text.withLock { $0 = text } }

        var files: FileReading {
            FileReading { path throws(ConfigurationError) in
                self.reads.withLock { $0 += 1 }
                guard let text = self.text.withLock({ $0 }) else { throw ConfigurationError(path, "cannot be read") }
                return Array("\(text)\n".utf8)
            }
        }
    }

    /// A program whose output a test sets.
    private final class Program: ProgramRunner {
        let output = Locked("")
        let runs = Locked(0)
        let question = Locked("")

        func run(
            _ command: String,
            _ arguments: [String],
            _ environment: [String: String],
            deadline: Duration
        ) async throws(ConfigurationError) -> [UInt8] {
            runs.withLock { $0 += 1 }
            question.withLock { $0 = environment["KUBERNETES_EXEC_INFO"] ?? "" }
            return Array(output.withLock { $0 }.utf8)
        }
    }

    /// A server that takes one token alone.
    private final class Gate: StreamingTransport {
        let wanted: Locked<String>
        let seen = Locked<[String]>([])

        init(_ wanted: String) { self.wanted = Locked(wanted) }

        func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
            let value = request.headers.first { $0.name == "Authorization" }?.value ?? ""
            seen.withLock { $0.append(value) }
            guard value == "Bearer \(wanted.withLock { $0 })" else {
                return TransportReply(status: 401, body: Array("{\"status\":\"Failure\",\"code\":401}".utf8))
            }
            return TransportReply(status: 200, body: Array("{\"metadata\":{\"name\":\"a\"}}".utf8))
        }

        func open(_ request: TransportRequest, idle: Duration) async throws(TransportFailure) -> TransportStream {
            let reply = try await send(request)
            let rest = Locked<[UInt8]?>(reply.body)
            return TransportStream(head: TransportReply(status: reply.status)) {
                rest.withLock { rest in
                    defer { rest = nil }
                    return rest
                }
            }
        }
    }

    private static let plugin = ExecPlugin(
        command: "get-token",
        arguments: [],
        environment: [:],
        apiVersion: "client.authentication.k8s.io/v1",
        installHint: "install get-token",
        providesClusterInfo: true
    )

    /// What a program prints that gives out certificates.
    private static func credential(certificate: String?, key: String?, until end: String? = nil) -> String {
        var status: [(String, Node)] = []
        if let certificate { status.append(("clientCertificateData", .string(certificate))) }
        if let key { status.append(("clientKeyData", .string(key))) }
        if let end { status.append(("expirationTimestamp", .string(end))) }
        return DocumentPrinter.json(
            .mapping([
                "apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
                "status": .mapping(status),
            ])
        )
    }

    /// A certificate of that name, as text.
    private static func certificate(_ name: String) -> String {
        "-----BEGIN CERTIFICATE-----\n\(name)\n-----END CERTIFICATE-----\n"
    }

    private static let key = "-----BEGIN EC PRIVATE KEY-----\ns3cret\n-----END EC PRIVATE KEY-----\n"

    private static func credential(_ token: String, until end: String? = nil) -> String {
        let expiry = end.map { ",\"expirationTimestamp\":\"\($0)\"" } ?? ""
        return "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\","
            + "\"status\":{\"token\":\"\(token)\"\(expiry)}}"
    }

    @Test func aTokenFileIsReadAnewEachMinute() throws {
        try World.play { world in
            let page = Page()
            let credentials = TokenFileCredentials(path: "/token", files: page.files, time: world.time)
            #expect(try await credentials.authorization() == "Bearer one")
            page.set("two")
            #expect(try await credentials.authorization() == "Bearer one")
            try await world.pass(.seconds(60))
            #expect(try await credentials.authorization() == "Bearer two")
            page.set(nil)
            try await world.pass(.seconds(60))
            #expect(try await credentials.authorization() == "Bearer two", "a file that is being replaced")
            #expect(page.reads.withLock { $0 } == 3)
        }
    }

    @Test func aRefusedTokenIsReadAnewAtOnceAndTheCallMadeAgain() throws {
        try World.play { world in
            let (page, gate) = (Page(), Gate("one"))
            let client = APIClient(
                server: world.client.server,
                transport: gate,
                credentials: TokenFileCredentials(path: "/token", files: page.files, time: world.time)
            )
            _ = try await client.get(.intents, World.name("a"))
            gate.wanted.withLock { $0 = "two" }
            page.set("two")
            _ = try await client.get(.intents, World.name("a"))
            #expect(gate.seen.withLock { $0 } == ["Bearer one", "Bearer one", "Bearer two"])
            gate.wanted.withLock { $0 = "three" }
            let error = await #expect(throws: APIError.self) { try await client.get(.intents, World.name("a")) }
            #expect(error?.consequence == .authenticateAgain)
            #expect(gate.seen.withLock { $0.count } == 4, "the same token is not tried twice")
        }
    }

    @Test func aPluginsTokenIsKeptUntilShortlyBeforeItsEnd() throws {
        try World.play { world in
            let program = Program()
            let end = (world.time.now + .seconds(600)).text
            program.output.withLock { $0 = Self.credential("one", until: end) }
            let credentials = PluginCredentials(
                plugin: Self.plugin,
                server: "https://here",
                programs: program,
                time: world.time
            )
            for _ in 0..<3 { #expect(try await credentials.authorization() == "Bearer one") }
            #expect(program.runs.withLock { $0 } == 1)
            #expect(program.question.withLock { $0 }.contains("\"server\":\"https://here\""))
            program.output.withLock { $0 = Self.credential("two") }
            try await world.pass(.seconds(571))
            #expect(try await credentials.authorization() == "Bearer two")
            await credentials.refused("Bearer two", nil)
            _ = try await credentials.authorization()
            #expect(program.runs.withLock { $0 } == 3)
        }
    }

    @Test(arguments: [
        ("", "in JSON"), ("{}", "with a status"), ("{\"kind\":\"ExecCredential\",\"status\":{}}", "another apiVersion"),
        (
            "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":{}}",
            "neither a token nor"
        ),
        (credential("s3cret", until: "soon"), "no moment"),
        (credential(certificate: certificate("s3cret"), key: nil), "clientCertificateData without clientKeyData"),
        (credential(certificate: "", key: key), "clientKeyData without clientCertificateData"),
        (credential(certificate: certificate("s3cret"), key: "s3cret"), "a clientKeyData that is no PEM"),
        (credential(certificate: key, key: key), "a clientCertificateData that is no PEM"),
        (credential(certificate: certificate("s3cret"), key: key, until: "soon"), "no moment"),
    ])
    func whatAPluginPrintsMustMakeSense(_ output: String, _ words: String) throws {
        try World.play { world in
            let program = Program()
            program.output.withLock { $0 = output }
            let credentials = PluginCredentials(plugin: Self.plugin, server: "", programs: program, time: world.time)
            let error = await #expect(throws: APIError.self) { try await credentials.authorization() }
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
            #expect(error?.message.contains("s3cret") == false)
        }
    }

    @Test func aPluginsCertificateIsShownUntilShortlyBeforeItsEnd() throws {
        try World.play { world in
            let program = Program()
            let end = (world.time.now + .seconds(600)).text
            program.output.withLock {
                $0 = Self.credential(certificate: Self.certificate("a"), key: Self.key, until: end)
            }
            let credentials = PluginCredentials(plugin: Self.plugin, server: "", programs: program, time: world.time)
            let first = try await credentials.certificate()
            #expect(first?.certificate == Array(Self.certificate("a").utf8) && first?.key == Array(Self.key.utf8))
            #expect(try await credentials.authorization() == nil, "the certificate says who we are")
            #expect(program.runs.withLock { $0 } == 1)
            program.output.withLock { $0 = Self.credential(certificate: Self.certificate("b"), key: Self.key) }
            try await world.pass(.seconds(571))
            let second = try await credentials.certificate()
            #expect(second?.certificate == Array(Self.certificate("b").utf8))
            await credentials.refused(nil, first)
            #expect(try await credentials.certificate() == second, "that one is no longer shown")
            #expect(program.runs.withLock { $0 } == 2)
            await credentials.refused(nil, second)
            _ = try await credentials.certificate()
            #expect(program.runs.withLock { $0 } == 3)
            var shown = "\(credentials) \(String(describing: first)) \(String(reflecting: first))"
            dump(credentials, to: &shown)
            dump(first, to: &shown)
            #expect(!shown.contains("s3cret") && !shown.contains("BEGIN"), "\(shown)")
        }
    }

    /// A server that takes one certificate alone, and what was shown to it.
    private final class CertificateGate: Sendable {
        let wanted = Locked("a")
        let seen = Locked<[String]>([])
        let ended = Locked<[String]>([])

        /// The client that shows a certificate.
        func line(_ certificate: ClientCertificate?) -> CertifiedTransport.Line {
            let name = certificate.map { String(decoding: $0.certificate, as: UTF8.self) } ?? "none"
            let short = name.split(separator: "\n").dropFirst().first.map(String.init) ?? name
            return CertifiedTransport.Line(Shown(gate: self, name: short)) { self.ended.withLock { $0.append(short) } }
        }

        private struct Shown: StreamingTransport {
            let gate: CertificateGate
            let name: String

            func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
                gate.seen.withLock { $0.append(name) }
                guard gate.wanted.withLock({ $0 }) == name else {
                    return TransportReply(status: 401, body: Array("{\"status\":\"Failure\",\"code\":401}".utf8))
                }
                return TransportReply(status: 200, body: Array("{\"metadata\":{\"name\":\"a\"}}".utf8))
            }

            func open(_ request: TransportRequest, idle: Duration) async throws(TransportFailure) -> TransportStream {
                let reply = try await send(request)
                return TransportStream(head: TransportReply(status: reply.status)) { nil }
            }
        }
    }

    @Test func anotherCertificateIsShownByAnotherClient() throws {
        try World.play { world in
            let (program, gate) = (Program(), CertificateGate())
            let give: @Sendable (String) -> Void = { name in
                let text = Self.credential(certificate: Self.certificate(name), key: Self.key)
                program.output.withLock { $0 = text }
            }
            give("a")
            let credentials = PluginCredentials(plugin: Self.plugin, server: "", programs: program, time: world.time)
            let wire = CertifiedTransport(credentials) { gate.line($0) }
            let client = APIClient(server: world.client.server, transport: wire, credentials: credentials)
            for _ in 0..<2 { _ = try await client.get(.intents, World.name("a")) }
            for name in ["b", "c"] {
                give(name)
                gate.wanted.withLock { $0 = name }
                _ = try await client.get(.intents, World.name("a"))
            }
            #expect(gate.seen.withLock { $0 } == ["a", "a", "a", "b", "b", "c"])
            #expect(gate.ended.withLock { $0 } == ["a"], "what was begun with the one before goes on")
            gate.wanted.withLock { $0 = "d" }
            let error = await #expect(throws: APIError.self) { try await client.get(.intents, World.name("a")) }
            #expect(error?.consequence == .authenticateAgain)
            #expect(gate.seen.withLock { $0.count } == 7, "the same certificate is not shown twice")
            program.output.withLock { $0 = "" }
            let request = TransportRequest(method: "GET", url: "https://here/", headers: [], body: nil)
            await credentials.refused(nil, try await credentials.certificate())
            await #expect(throws: TransportFailure.self) { try await wire.send(request) }
            give("c")
            wire.shutdown()
            #expect(gate.ended.withLock { $0 } == ["a", "b", "c"])
            await #expect(throws: TransportFailure.notSent("the client is shut down")) { try await wire.send(request) }
        }
    }

    @Test func withoutACertificateThereIsOneClient() throws {
        try World.play { world in
            let gate = CertificateGate()
            gate.wanted.withLock { $0 = "none" }
            let wire = CertifiedTransport(NoCredentials()) { gate.line($0) }
            let client = APIClient(server: world.client.server, transport: wire)
            for _ in 0..<3 { _ = try await client.get(.intents, World.name("a")) }
            #expect(gate.seen.withLock { $0 } == ["none", "none", "none"])
            wire.shutdown()
            #expect(gate.ended.withLock { $0 } == ["none"])
        }
    }

    @Test func aPluginsCertificateTakesThePlaceOfTheOneThatIsThere() throws {
        var access = ClusterAccess(name: "here", server: try HTTPURL("https://here"))
        access.clientCertificate = .file("/certificate")
        access.clientKey = .file("/key")
        #expect(access.showing(nil).httpConfiguration.clientKeyFile == "/key")
        let shown = access.showing(ClientCertificate(certificate: [1], key: [2])).httpConfiguration
        #expect(shown.clientCertificate == [1] && shown.clientKey == [2])
        #expect(shown.clientCertificateFile == nil && shown.clientKeyFile == nil)
    }

    @Test func aProgramIsRun() async throws {
        let output = try await SystemPrograms().run(
            "sh",
            ["-c", "printf '%s %s' \"$1\" \"$KUBE_TEST\"", "sh", "word"],
            ["KUBE_TEST": "set"],
            deadline: .seconds(20)
        )
        #expect(String(decoding: output, as: UTF8.self) == "word set")
    }

    @Test(arguments: [("sh", ["-c", "exit 3"], "status 3"), ("no-such-program-anywhere", [], "cannot be started")])
    func aProgramThatFailsIsSaid(_ command: String, _ arguments: [String], _ words: String) async {
        let error = await #expect(throws: ConfigurationError.self) {
            try await SystemPrograms().run(command, arguments, [:], deadline: .seconds(20))
        }
        #expect(error?.description.contains(words) == true)
    }

    @Test func aProgramThatTakesTooLongIsEnded() async {
        let error = await #expect(throws: ConfigurationError.self) {
            try await SystemPrograms().run("sh", ["-c", "exec cat /dev/zero"], [:], deadline: .milliseconds(50))
        }
        #expect(error?.description.contains("longer") == true)
    }
}

import FlexAI
import Intents
import Placement
import Reconciling
import Testing

/// The key never leaves its header, whatever a server says.
@Suite struct FlexAISecretTests {
    /// Bodies in which a server echoes the key.
    private static let echoes: [String] = [
        #"{"detail":"\#(Fixtures.key)"}"#, #"{"detail":[{"loc":["\#(Fixtures.key)"],"msg":"\#(Fixtures.key)"}]}"#,
        #"{"message":"Bearer \#(Fixtures.key)\#(Fixtures.key)","code":"\#(Fixtures.key)"}"#,
        #"{"error":"\#(Fixtures.key)","context":"\#(Fixtures.key)"}"#, #""\#(Fixtures.key)""#, Fixtures.key,
        #"{"suggestions":[{"alternative":"\#(Fixtures.key)","cost_difference":"\#(Fixtures.key)"},"\#(Fixtures.key)"]}"#,
        #"{"detail":"flexai-key-\u00000123456789abcdef"}"#, #"{"detail":"flexai-key-\u200b0123456789abcdef"}"#,
        #"{"detail":"\#(String(repeating: "x", count: 500))\#(Fixtures.key)"}"#, "{\"\(Fixtures.key)\":",
        #"{"instance_id":"inst-9","status":"\#(Fixtures.key)"}"#, #"{"status":"deleted \#(Fixtures.key)"}"#,
        #"{"instances":[],"next":"\#(Fixtures.key)"}"#, #"{"instances":"\#(Fixtures.key)"}"#,
    ]

    private static func errors(_ turn: ScriptedTransport.Turn) async -> [PlatformError] {
        let script = [
            Fixtures.types: [turn], Fixtures.list: [turn], Fixtures.get: [turn], Fixtures.create: [turn],
            Fixtures.stop: [turn], Fixtures.delete: [turn],
        ]
        let platform = Fixtures.platform(script).platform
        var errors: [PlatformError?] = [
            await failure { () async throws(PlatformError) in _ = try await platform.offers() },
            await failure { () async throws(PlatformError) in _ = try await platform.list() },
            await failure { () async throws(PlatformError) in _ = try await platform.observe(Fixtures.id) },
            await failure { () async throws(PlatformError) in try await platform.stop(Fixtures.id) },
            await failure { () async throws(PlatformError) in try await platform.delete(Fixtures.id) },
            await failure { () async throws(PlatformError) in _ = try await platform.verify() },
        ]
        switch await platform.create(Fixtures.prepared) {
        case .created: break
        case .notCreated(let problem), .unknown(let problem): errors.append(problem)
        }
        return errors.compactMap { $0 }
    }

    @Test func noErrorEverHoldsTheKey() async {
        var count = 0
        for body in Self.echoes {
            for status in [200, 301, 400, 401, 402, 403, 404, 405, 409, 422, 429, 500, 503] {
                for type in ["application/json", "text/plain", "text/html"] {
                    for problem in await Self.errors(.reply(status, Array(body.utf8), ["Content-Type": type])) {
                        count += 1
                        let dumped = String(reflecting: problem)
                        #expect(!dumped.contains(Fixtures.key), "\(status) \(body)")
                        #expect(!dumped.contains("0123456789abcdef"), "\(status) \(body)")
                        #expect(problem.message.count <= 512)
                        #expect(problem.message.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
                    }
                }
            }
        }
        #expect(count > 2000, "the property was put to the test")
    }

    @Test func noFailureOfTheTransportHoldsTheKey() async {
        for silence: TransportFailure in [.notSent("no \(Fixtures.key)"), .outcomeUnknown("lost \(Fixtures.key)")] {
            let errors = await Self.errors(.failure(silence))
            #expect(errors.count == 7)
            for problem in errors { #expect(!problem.message.contains(Fixtures.key)) }
        }
    }

    @Test func noObservationHoldsTheKey() async throws {
        let key = Fixtures.key
        let reply = """
            {"instance_id":"inst-1","status":"s \(key)","ip_address":"\(key)","message":"\(key)","gpu_type":"\(key)",\
            "user_id":"\(key)","url":"https://host/?token=\(key)","location":"\(key)","environment":"\(key)"}
            """
        let (platform, _) = Fixtures.platform([
            Fixtures.get: [.json(200, reply)], Fixtures.list: [.json(200, "[\(reply)]")],
            Fixtures.create: [.json(201, reply)],
        ])
        var dumped = ""
        dump(try await platform.observe(Fixtures.id), to: &dumped)
        dump(try await platform.list(), to: &dumped)
        dump(await platform.create(Fixtures.prepared), to: &dumped)
        #expect(!dumped.contains(key))
        #expect(dumped.contains(SafeWords.mark))
    }

    @Test func theConfigurationDoesNotPrintItsKey() {
        let configuration = Fixtures.configuration()
        var dumped = "\(configuration) \(String(reflecting: configuration))"
        dump(configuration, to: &dumped)
        #expect(!dumped.contains(Fixtures.key))
        #expect(configuration.apiKey.revealed() == Fixtures.key)
    }

    @Test func problemsOfTheConfigurationDoNotQuoteTheKey() {
        var configuration = Fixtures.configuration()
        configuration.apiKey = PlatformSecret("bro ken\nkey")
        #expect(configuration.problems.contains { $0.hasPrefix("API key:") })
        #expect(!configuration.problems.joined().contains("ken"))
    }
}

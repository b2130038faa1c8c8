import FlexAI
import Intents
import Placement
import Reconciling
import Testing

/// How refusals of everything but creates are sorted and worded.
@Suite struct FlexAIRefusalTests {
    private static func refusal(_ turn: ScriptedTransport.Turn, of call: String) async -> PlatformError? {
        let acquainted: ScriptedTransport.Turn = .json(200, Fixtures.typesReply)
        let script =
            call == Fixtures.types
            ? [Fixtures.types: [acquainted, turn]] : [Fixtures.types: [acquainted], call: [turn]]
        let platform = Fixtures.platform(script).platform
        return await failure { () async throws(PlatformError) in
            _ = try await platform.offers()
            switch call {
            case Fixtures.types: _ = try await platform.offers()
            case Fixtures.get: _ = try await platform.observe(Fixtures.id)
            case Fixtures.stop: try await platform.stop(Fixtures.id)
            default: try await platform.delete(Fixtures.id)
            }
        }
    }

    @Test(arguments: [Fixtures.get, Fixtures.stop, Fixtures.delete])
    func callsAboutAnInstanceAreSortedByStatus(call: String) async {
        let expected: [Int: PlatformError.Consequence] = [
            404: .gone, 410: .gone, 401: .pausePlatform, 403: .pausePlatform, 402: .wait(nil), 429: .wait(nil),
        ]
        for status in Array(300..<600) where !(call == Fixtures.stop && status == 409) {
            let problem = await Self.refusal(.json(status, "{}"), of: call)
            #expect(problem?.consequence == expected[status] ?? .retry(after: nil), "\(call) \(status)")
            #expect(problem?.code == "HTTP_\(status)")
        }
    }

    @Test func callsAboutThePlatformAreNeverGone() async {
        for status in 300..<600 {
            let problem = await Self.refusal(.json(status, "{}"), of: Fixtures.types)
            let expected: PlatformError.Consequence =
                switch status {
                case 402, 429: .wait(nil)
                case 408, 425: .retry(after: nil)
                // Who calls missing what is always there is a stranger.
                case 404, 405, 410: .retry(after: nil)
                case 400..<500: .pausePlatform
                default: .retry(after: nil)
                }
            #expect(problem?.consequence == expected, "\(status)")
        }
    }

    @Test(arguments: [Fixtures.types, Fixtures.get, Fixtures.stop, Fixtures.delete])
    func silenceIsTriedAgain(call: String) async {
        for (silence, code) in [
            (TransportFailure.notSent("refused"), "UNREACHABLE"), (.outcomeUnknown("deadline"), "TIMEOUT"),
            (.replyTooLarge(limit: 5), "MALFORMED_REPLY"),
        ] {
            let problem = await Self.refusal(.failure(silence), of: call)
            #expect(problem?.consequence == .retry(after: nil))
            #expect(problem?.code == code)
            #expect(problem?.httpStatus == nil)
        }
    }

    @Test func aServerThatAsksForTimeGetsIt() async {
        let problem = await Self.refusal(.json(503, "{}", ["Retry-After": "12"]), of: Fixtures.get)
        #expect(problem?.consequence == .retry(after: .seconds(12)))
    }

    @Test func aStoppedInstanceCannotBeStoppedAgainAndThatIsFine() async {
        #expect(await Self.refusal(.json(409, #"{"detail":"already stopped"}"#), of: Fixtures.stop) == nil)
        #expect(await Self.refusal(.json(409, "{}"), of: Fixtures.delete)?.consequence == .retry(after: nil))
    }

    @Test func notFoundIsBelievedOnlyWhereSomethingHasAnswered() async {
        let cases: [(probe: ScriptedTransport.Turn, consequence: PlatformError.Consequence)] = [
            (.json(200, "[]"), .gone), (.json(404, "{}"), .retry(after: nil)),
            (.json(200, "<html>"), .retry(after: nil)),
            (.failure(.notSent("refused")), .retry(after: nil)), (.json(503, "{}"), .retry(after: nil)),
        ]
        for (probe, consequence) in cases {
            let (platform, _) = Fixtures.platform([
                Fixtures.types: [probe], Fixtures.get: [.json(404, #"{"detail":"no"}"#)],
            ])
            let problem = await failure { () async throws(PlatformError) in _ = try await platform.observe(Fixtures.id)
            }
            #expect(problem?.consequence == consequence)
            #expect(problem?.code == (consequence == .gone ? "HTTP_404" : PlatformError.notThePlatform))
            #expect(problem?.httpStatus == (consequence == .gone ? 404 : nil), "it counts as silence")
        }
    }

    @Test func whoHasSpokenAMomentAgoIsNotAskedAgainAndWhoHasNotIs() async throws {
        let clock = Locked(Fixtures.now)
        let (platform, transport) = Fixtures.platform(
            [Fixtures.types: [.json(200, "[]")], Fixtures.get: [.json(404, "{}")]],
            now: { clock.withLock { $0 } }
        )
        let (asked, known) = ([Fixtures.get, Fixtures.types], [Fixtures.get])
        var calls: [String] = []
        for (wait, expected) in [(0, asked), (9, known), (1, asked), (9, known), (-10, asked), (9, known)] {
            clock.withLock { $0 = $0 + .seconds(wait) }
            let problem = await failure { () async throws(PlatformError) in _ = try await platform.observe(Fixtures.id)
            }
            #expect(problem?.consequence == .gone)
            calls += expected
            #expect(transport.calls == calls)
        }
    }

    @Test func aGatewayThatLosesItsWayMakesNothingGone() async throws {
        let clock = Locked(Fixtures.now)
        let (platform, _) = Fixtures.platform(
            [
                Fixtures.types: [.json(200, "[]"), .json(404, "{}")], Fixtures.get: [.json(404, "{}")],
                Fixtures.delete: [.json(404, "{}")],
            ],
            now: { clock.withLock { $0 } }
        )
        _ = try await platform.offers()
        var words: [PlatformError.Consequence?] = []
        for _ in 0..<3 {
            clock.withLock { $0 = $0 + .seconds(9) }
            words.append(
                await failure { () async throws(PlatformError) in _ = try await platform.observe(Fixtures.id) }?
                    .consequence
            )
        }
        #expect(words == [.gone, .retry(after: nil), .retry(after: nil)], "one word is never enough")
        let refusal = await failure { () async throws(PlatformError) in try await platform.delete(Fixtures.id) }
        #expect(refusal?.code == PlatformError.notThePlatform)
    }

    @Test(arguments: [
        (#"{"detail":"Instance inst-1 not found"}"#, "Instance inst-1 not found"),
        (
            #"{"detail":[{"loc":["body","gpu_type"],"msg":"Field required","type":"missing"},{"msg":"second"}]}"#,
            "body.gpu_type: Field required; second"
        ),
        (#"{"detail":[{"loc":["body",0],"msg":"bad"}]}"#, "body.0: bad"), (#"{"detail":["plain"]}"#, "plain"),
        (#"{"detail":{"message":"inner"}}"#, "inner"), (#"{"error":"unauthorized","message":"Invalid"}"#, "Invalid"),
        (#"{"error":{"message":"deep","code":"QUOTA_EXCEEDED"}}"#, "deep"), (#""just text""#, "just text"),
        (#"{"message":"a\n\tb\u0007c\u202Ed"}"#, "a bcd"), ("{}", "HTTP status 500 without a message"),
        ("", "HTTP status 500 without a message"), ("<html>secret page</html>", "HTTP status 500 without a message"),
        (#"{"detail":7}"#, "HTTP status 500 without a message"), (#"{"status":500,"message":"m"}"#, "m"),
    ])
    func messagesAreReadFromEveryShape(body: String, message: String) async {
        #expect(await Self.refusal(.json(500, body), of: Fixtures.get)?.message == message)
    }

    @Test func plainTextIsQuotedAndHTMLIsNot() async {
        let body = Array("out of credit".utf8)
        let plain = await Self.refusal(
            .reply(402, body, ["Content-Type": "text/plain; charset=utf-8"]),
            of: Fixtures.get
        )
        #expect(plain?.message == "out of credit")
        let page = await Self.refusal(.reply(402, body, ["Content-Type": "text/html"]), of: Fixtures.get)
        #expect(page?.message == "HTTP status 402 without a message")
    }

    @Test func messagesAreBounded() async {
        let long = String(repeating: "ä", count: 5000)
        let problem = await Self.refusal(.json(500, #"{"detail":"\#(long)"}"#), of: Fixtures.get)
        #expect(problem?.message.count == 512)
        #expect(problem?.message.hasSuffix("…") == true)
    }
}

import FlexAI
import Intents
import Placement
import Reconciling
import Testing

/// The listing that FlexAI may or may not have.
@Suite struct FlexAIListingTests {
    private static let entry = #"{"instance_id":"inst-1","status":"running","created_at":1.5}"#

    private static func listed(_ reply: String) async throws -> [String]? {
        try await Fixtures.platform([Fixtures.list: [.json(200, reply)]]).platform.list()?.map(\.id.rawValue)
    }

    @Test(arguments: [
        (#"{"instances":[\#(entry)],"count":1}"#, "the seen shape"), ("[\(entry)]", "a bare list"),
        (#"{"items":[\#(entry)]}"#, "another key"), (#"{"data":{"instances":[\#(entry)]}}"#, "wrapped"),
        (#"{"data":[\#(entry)],"warnings":[]}"#, "another key beside warnings"),
        (#"{"instances":[\#(entry)],"count":1,"next":null,"has_more":false}"#, "nothing more"),
        (#"{"instances":[\#(entry),{"id":"inst-2","status":"deleted"}]}"#, "what is no more does not live"),
    ])
    func everyShapeIsRead(reply: String, reason: String) async throws {
        #expect(try await Self.listed(reply) == ["inst-1"], "\(reason)")
    }

    @Test(arguments: [#"{"instances":[],"count":0}"#, "[]", #"{"instances":[]}"#, #"{"instances":null,"count":0}"#])
    func emptyIsEmptyOnlyWhereTheReplySaysSo(reply: String) async throws {
        #expect(try await Self.listed(reply) == [])
    }

    @Test(arguments: [
        ("", "nothing"), ("null", "null"), ("{}", "no list"), ("<html>maintenance</html>", "HTML"), ("7", "a number"),
        (#"{"instances":null}"#, "null without a count"), (#"{"instances":{}}"#, "an object"),
        (#"{"message":"try later"}"#, "words"), (#"{"detail":[]}"#, "findings are no instances"),
        (#"{"errors":[]}"#, "errors are no instances"), (#"{"warnings":[]}"#, "warnings are no instances"),
        (#"{"a":[],"b":[]}"#, "two lists"), (#"{"success":false,"instances":[]}"#, "it failed"),
        (#"{"error":"database","instances":[]}"#, "it failed"), (#"{"status":"error","instances":[]}"#, "it failed"),
        (#"{"instances":[],"count":2}"#, "fewer than it counts"), (#"{"instances":[\#(entry)],"total":2}"#, "a page"),
        (#"{"instances":[],"next":"/page/2"}"#, "a page"), (#"{"instances":[],"has_more":true}"#, "a page"),
        (#"{"instances":[7]}"#, "no instance"), (#"{"instances":[{"status":"running"}]}"#, "no id"),
        (#"{"instances":[{"instance_id":""}]}"#, "an empty id"),
        (#"{"instances":[{"instance_id":"a b"}]}"#, "an id with a blank"),
        (#"{"instances":[\#(entry),null]}"#, "one entry is unreadable"),
        (#"{"instances":[\#(entry)]} trailing"#, "something behind it"),
    ])
    func whatCannotBeBelievedIsMalformedAndNeverEmpty(reply: String, reason: String) async {
        let problem = await failure { () async throws(PlatformError) in
            _ = try await Fixtures.platform([Fixtures.list: [.json(200, reply)]]).platform.list()
        }
        #expect(problem?.code == "MALFORMED_REPLY", "\(reason)")
        #expect(problem?.consequence == .retry(after: nil), "\(reason)")
    }

    @Test(arguments: [404, 405, 501])
    func aPlatformWithoutAListingIsAskedEveryFiveMinutes(status: Int) async throws {
        let clock = Locked(Fixtures.now)
        let (platform, transport) = Fixtures.platform(
            [Fixtures.list: [.json(status, "{}"), .json(200, "[]")], Fixtures.types: [.json(200, "[]")]],
            now: { clock.withLock { $0 } }
        )
        #expect(try await platform.list() == nil)
        clock.withLock { $0 = $0 + .seconds(299) }
        #expect(try await platform.list() == nil)
        #expect(transport.calls.count { $0 == Fixtures.list } == 1)
        clock.withLock { $0 = $0 + .seconds(1) }
        #expect(try await platform.list() == [])
        #expect(transport.calls.count { $0 == Fixtures.list } == 2)
    }

    @Test func aClockThatJumpsBackDoesNotStopTheAsking() async throws {
        let clock = Locked(Fixtures.now)
        let (platform, transport) = Fixtures.platform(
            [Fixtures.list: [.json(404, "{}")], Fixtures.types: [.json(200, "[]")]],
            now: { clock.withLock { $0 } }
        )
        #expect(try await platform.list() == nil)
        clock.withLock { $0 = $0 - .seconds(10) }
        #expect(try await platform.list() == nil)
        #expect(transport.calls.count { $0 == Fixtures.list } == 2)
    }

    @Test(arguments: [404, 405, 501])
    func aListingThatHasWorkedTurnsIntoNoListingAfterAnHourOfDenials(status: Int) async throws {
        let clock = Locked(Fixtures.now)
        let (platform, transport) = Fixtures.platform(
            [
                Fixtures.list: [.json(200, "[]"), .json(status, "{}"), .json(200, "[]"), .json(status, "{}")],
                Fixtures.types: [.json(200, "[]")],
            ],
            now: { clock.withLock { $0 } }
        )
        func asksInVain() async {
            let problem = await failure { () async throws(PlatformError) in _ = try await platform.list() }
            #expect(problem?.consequence == .retry(after: nil))
            #expect(problem?.saysNoSuchCall == true)
        }
        #expect(try await platform.list() == [])
        await asksInVain()
        clock.withLock { $0 = $0 + .seconds(3600) }
        #expect(try await platform.list() == [], "it lists again, and the hour is counted anew")
        await asksInVain()
        clock.withLock { $0 = $0 + .seconds(3599) }
        await asksInVain()
        clock.withLock { $0 = $0 - .seconds(9000) }
        await asksInVain()
        clock.withLock { $0 = $0 + .seconds(3599) }
        await asksInVain()
        clock.withLock { $0 = $0 + .seconds(1) }
        #expect(try await platform.list() == nil)
        #expect(transport.calls.count { $0 == Fixtures.list } == 8)
    }

    @Test func whereNothingIsFoundNobodyHasSaidThatThereIsNoListing() async {
        let (platform, _) = Fixtures.platform([
            Fixtures.list: [.json(404, "{}")], Fixtures.types: [.json(404, "{}")],
        ])
        let problem = await failure { () async throws(PlatformError) in _ = try await platform.list() }
        #expect(problem?.code == PlatformError.notThePlatform)
        #expect(problem?.saysNoSuchCall == false)
    }

    @Test func aPlatformWhoseListingWasTakenAwayCanStillBeUsed() async throws {
        let (platform, _) = Fixtures.platform([
            Fixtures.types: [.json(200, "[]")], Fixtures.list: [.json(200, "[]"), .json(405, "{}")],
        ])
        #expect(try await platform.verify().isEmpty)
        #expect(try await platform.verify().isEmpty)
    }

    @Test(arguments: [
        (401, PlatformError.Consequence.pausePlatform), (403, .pausePlatform), (429, .wait(nil)),
        (500, .retry(after: nil)),
        (503, .retry(after: nil)), (302, .retry(after: nil)), (400, .pausePlatform),
    ])
    func otherRefusalsAreErrorsAndTellNothingOfTheListing(
        status: Int,
        consequence: PlatformError.Consequence
    ) async throws {
        let (platform, _) = Fixtures.platform([Fixtures.list: [.json(status, "{}"), .json(200, "[]")]])
        let problem = await failure { () async throws(PlatformError) in _ = try await platform.list() }
        #expect(problem?.consequence == consequence)
        #expect(try await platform.list() == [])
    }
}

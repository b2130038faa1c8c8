import FLARE
import Intents
import Placement
import Reconciling
import Testing

/// How submitted intents are read.
@Suite struct FLAREIntentTests {
    private static func observe(_ reply: String) async throws(PlatformError) -> Observation {
        try await Fixtures.platform([Fixtures.get: [.json(200, reply)]]).platform.observe(Fixtures.id)
    }

    @Test(arguments: [
        Fixtures.flat, #"{"status":"success","data":\#(Fixtures.flat)}"#, #"{"intent":\#(Fixtures.flat)}"#,
    ])
    func theFlatStatusIsReadWhole(reply: String) async throws {
        var expected = Observation(id: Fixtures.id, state: .running, rawState: "running")
        expected.url = "https://my-workload.flare.example.com"
        expected.totalCost = Money(micros: 12_450_000)
        expected.message = "Workload running successfully"
        expected.details = [
            Observation.Detail(name: "gpu_utilization", value: "85%"),
            Observation.Detail(name: "runtime", value: "2h 15m"),
        ]
        #expect(try await Self.observe(reply) == expected)
    }

    @Test func theNestedStatusIsReadWhole() async throws {
        var expected = Observation(id: Fixtures.id, state: .running, rawState: "running")
        expected.reference = "deepseek-r1-inference-0a1b2c3d"
        expected.url = "https://deepseek-api.example.com"
        expected.createdAt = try Timestamp(parsing: "2024-01-15T10:35:00Z")
        expected.gpuType = "nvidia-h100"
        expected.gpuCount = 2
        expected.provider = "provider-2"
        expected.location = "eu-west-1"
        expected.hourlyCost = Money(micros: 8_500_000)
        expected.totalCost = Money(micros: 19_120_000)
        expected.details = [
            ("gpu_utilization", "85%"), ("latency_p50", "45ms"), ("latency_p99", "120ms"), ("throughput", "150 req/s"),
            ("runtime", "2h 15m"),
        ].map { Observation.Detail(name: $0.0, value: $0.1) }
        #expect(try await Self.observe(Fixtures.nested) == expected)
    }

    @Test func costsOfAnotherCurrencyAreNotCounted() async throws {
        let seen = try await Self.observe(
            #"{"intent_id":"intent-1","status":"running","costs":{"hourly_rate":8.5,"total_cost":"9 USD","currency":"USD"}}"#
        )
        #expect(seen.hourlyCost == nil)
        #expect(seen.totalCost == nil)
    }

    @Test(arguments: [
        ("pending", AllocationState.provisioning), ("Pending", .provisioning), ("SolverNotReady", .provisioning),
        ("NamespaceOffloadingNotReady", .provisioning), ("DeployNotReady", .provisioning), ("Ready", .running),
        ("running", .running), ("RUNNING", .running), ("completed", .completed), ("failed", .failed),
        ("stopped", .stopped),
        ("Cancelling", .stopping), ("terminating", .stopping), ("Rebalancing", .unknown),
        ("namespace_offloading-not ready", .provisioning),
    ])
    func statusesMapWithoutCaseAndAreKept(word: String, state: AllocationState) async throws {
        let seen = try await Self.observe(#"{"intent_id":"intent-1","status":"\#(word)"}"#)
        #expect(seen.state == state)
        #expect(seen.rawState == word)
    }

    @Test(arguments: ["cancelled", "Canceled", "deleted", "TERMINATED"])
    func aTerminalStatusIsGone(word: String) async {
        let problem = await failure { () async throws(PlatformError) in
            _ = try await Self.observe(#"{"intent_id":"intent-1","status":"\#(word)"}"#)
        }
        #expect(problem?.consequence == .gone)
        #expect(problem?.code == "TERMINATED")
    }

    @Test func anOutcomeWordOfTheCallIsNoState() async throws {
        let seen = try await Self.observe(#"{"status":"success","intent_id":"intent-1","data":{"runtime":"1m"}}"#)
        #expect(seen.state == .unknown)
        #expect(seen.rawState.isEmpty)
    }

    @Test(arguments: [
        ("", "nothing"), ("null", "null"), ("[]", "a list"), ("{}", "an empty object"), ("<html>", "HTML"),
        (#"{"intent_id":"intent-2","status":"running"}"#, "another intent"), (#"{"status":"ok"}"#, "a health check"),
        (#"{"status":"authenticated"}"#, "another call's reply"), (#"{"intent_id":1,"status":"running"}"#, "a number"),
    ])
    func whatIsNotOurIntentIsMalformedAndNeverGone(reply: String, reason: String) async {
        let problem = await failure { () async throws(PlatformError) in _ = try await Self.observe(reply) }
        #expect(problem?.code == "MALFORMED_REPLY", "\(reason)")
        #expect(problem?.consequence == .retry(after: nil), "\(reason)")
    }

    @Test func aReplyWithoutAnIdIsBelievedWithAKnownStatus() async throws {
        #expect(try await Self.observe(#"{"status":"DeployNotReady"}"#).state == .provisioning)
    }
}

/// How listings are read.
@Suite struct FLAREListingTests {
    private static func listed(_ reply: String) async throws(PlatformError) -> [Observation] {
        try await Fixtures.platform([Fixtures.list: [.json(200, reply)]]).platform.list() ?? []
    }

    @Test(arguments: [
        #"{"intents":[\#(Fixtures.flat)]}"#, #"{"tokens":[\#(Fixtures.flat)]}"#, "[\(Fixtures.flat)]",
        #"{"status":"success","data":{"intents":[\#(Fixtures.flat)]}}"#,
        #"{"status":"success","data":[\#(Fixtures.flat)]}"#,
        #"{"intents":[\#(Fixtures.flat),{"intent_id":"intent-9","status":"cancelled"}],"count":2}"#,
    ])
    func everyShapeIsRead(reply: String) async throws {
        let seen = try await Self.listed(reply)
        #expect(seen.map(\.id) == [Fixtures.id])
        #expect(seen.first?.reference == nil)
        #expect(seen.first?.state == .running)
    }

    @Test func namesAreReadWhereverTheyStand() async throws {
        let reply = """
            {"intents":[{"intent_id":"1","workload":{"name":"a-1"}},{"intent_id":"2","name":"b-2"},\
            {"intent_id":"3","workload_name":"c-3"},{"intent_id":4,"workload":"d-4"},{"id":"5","workload":{"name":""}}]}
            """
        let seen = try await Self.listed(reply)
        #expect(seen.map(\.id.rawValue) == ["1", "2", "3", "4", "5"])
        #expect(seen.map(\.reference) == ["a-1", "b-2", "c-3", "d-4", nil])
    }

    @Test(arguments: [
        "", "null", "{}", "<html>", #"{"intents":null}"#, #"{"intents":{}}"#, #"{"message":"later"}"#,
        #"{"intents":[7]}"#,
        #"{"intents":[{"status":"running"}]}"#, #"{"intents":[\#(Fixtures.flat),{}]}"#, #"{"intents":[],"total":1}"#,
        #"{"intents":[],"next":"x"}"#, #"{"error":"database","intents":[]}"#, #"{"suggestions":[]}"#,
    ])
    func whatCannotBeBelievedIsMalformedAndNeverEmpty(reply: String) async {
        let problem = await failure { () async throws(PlatformError) in _ = try await Self.listed(reply) }
        #expect(problem?.code == "MALFORMED_REPLY")
        #expect(problem?.consequence == .retry(after: nil))
    }

    @Test(arguments: [404, 405, 501])
    func aListingThatIsRefusedIsAnErrorAndNeverNone(status: Int) async {
        let (platform, _) = Fixtures.platform([
            Fixtures.list: [.json(status, "{}")], Fixtures.resources: [.json(200, Fixtures.resourcesReply)],
        ])
        let problem = await failure { () async throws(PlatformError) in _ = try await platform.list() }
        #expect(problem?.httpStatus == status)
        #expect(problem?.consequence != .gone)
    }

    @Test func createsGoOneAtATimeUntilAListingShowsNames() async throws {
        let named = #"{"intents":[{"intent_id":"1","name":"a"}]}"#
        let half = #"{"intents":[{"intent_id":"1","name":"a"},{"intent_id":"2"}]}"#
        let (platform, _) = Fixtures.platform([
            Fixtures.list: ["[]", named, "[]", half, "[]", named].map { .json(200, $0) }
        ])
        #expect(platform.traits.createsOneAtATime, "nothing is known")
        for expected in [true, false, false, true, true, false] {
            _ = try await platform.list()
            #expect(platform.traits.createsOneAtATime == expected)
        }
    }

    @Test func namesCanBeASetting() async throws {
        for (setting, expected) in [(FLAREConfiguration.ListedNames.shown, false), (.missing, true)] {
            var configuration = Fixtures.configuration()
            configuration.listedNames = setting
            let (platform, _) = Fixtures.platform([Fixtures.list: [.json(200, "[{\"id\":\"1\"}]")]], configuration)
            _ = try await platform.list()
            #expect(platform.traits.createsOneAtATime == expected)
        }
    }
}

import FlexAI
import Intents
import Placement
import Reconciling
import Testing

/// How instances are read.
@Suite struct FlexAIInstanceTests {
    private static func observe(_ reply: String) async throws(PlatformError) -> Observation {
        try await Fixtures.platform([Fixtures.get: [.json(200, reply)]]).platform.observe(Fixtures.id)
    }

    @Test func theDocumentedInstanceIsReadWhole() async throws {
        var expected = Observation(id: Fixtures.id, state: .running, rawState: "running")
        expected.gpuType = "nvidia-a100"
        expected.gpuCount = 2
        expected.cpuCores = 8
        expected.memoryGB = 32
        expected.address = "192.168.1.100"
        #expect(try await Self.observe(Fixtures.instanceReply) == expected)
    }

    @Test func shortNamesAndMoreFieldsAreRead() async throws {
        let seen = try await Self.observe(
            """
            {"id":"inst-1","type":"nvidia-l4","count":"1","cpu":4,"ram":16.0,"status":"Pending","ip":"10.0.0.1",\
            "created_at":1705314600.25,"user_id":"a/b/0/12345678","message":"on its way","location":"eu"}
            """
        )
        #expect(seen.gpuType == "nvidia-l4")
        #expect(seen.gpuCount == 1)
        #expect(seen.cpuCores == 4)
        #expect(seen.memoryGB == 16)
        #expect(seen.state == .provisioning)
        #expect(seen.rawState == "Pending")
        #expect(seen.address == "10.0.0.1")
        #expect(seen.createdAt == Timestamp(milliseconds: 1_705_314_600_250))
        #expect(seen.reference == "a/b/0/12345678")
        #expect(seen.message == "on its way")
        #expect(seen.location == "eu")
    }

    @Test(arguments: [
        ("1705314600", 1_705_314_600_000 as Int64?), ("1705314600.25", 1_705_314_600_250),
        ("1705314600250", 1_705_314_600_250),
        (#""2024-01-15T10:30:00Z""#, 1_705_314_600_000), (#""2024-01-15T10:30:00.250000""#, 1_705_314_600_250),
        (#""2024-01-15 10:30:00+00:00""#, 1_705_314_600_000), (#""2024-01-15T11:30:00+01:00""#, 1_705_314_600_000),
        ("0", nil), ("-5", nil), ("1e300", nil), (#""yesterday""#, nil), ("null", nil), ("[]", nil), ("true", nil),
    ])
    func createdAtIsReadInBothForms(text: String, milliseconds: Int64?) async throws {
        let seen = try await Self.observe(#"{"instance_id":"inst-1","status":"running","created_at":\#(text)}"#)
        #expect(seen.createdAt?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        ("pending", AllocationState.provisioning), ("provisioning", .provisioning), ("creating", .provisioning),
        ("starting", .provisioning), ("running", .running), ("ready", .running), ("active", .running),
        ("stopping", .stopping), ("deleting", .stopping), ("terminating", .stopping), ("shutting_down", .stopping),
        ("stopped", .stopped), ("exited", .stopped), ("failed", .failed), ("error", .failed), ("completed", .completed),
        ("succeeded", .completed), ("hibernating", .unknown), ("", .unknown), ("run ning!", .unknown),
    ])
    func statusesMapWithoutCaseAndAreKept(word: String, state: AllocationState) async throws {
        for spelling in [word, word.uppercased(), word.prefix(1).uppercased() + word.dropFirst()] {
            let seen = try await Self.observe(#"{"instance_id":"inst-1","status":"\#(spelling)"}"#)
            #expect(seen.state == state, "\(spelling)")
            #expect(seen.rawState == spelling)
        }
    }

    @Test(arguments: ["deleted", "Deleted", "TERMINATED"])
    func aTerminalStatusIsGone(word: String) async {
        let problem = await failure { () async throws(PlatformError) in
            _ = try await Self.observe(#"{"instance_id":"inst-1","status":"\#(word)"}"#)
        }
        #expect(problem?.consequence == .gone)
        #expect(problem?.message.contains(word) == true)
    }

    @Test(arguments: [
        #"{"instance":\#(Fixtures.instanceReply)}"#, #"{"data":\#(Fixtures.instanceReply)}"#,
        Fixtures.instanceReply.replacing(#""instance_id":"inst-1","#, with: ""),
    ])
    func wrappersAndASilentIdAreAccepted(reply: String) async throws {
        let seen = try await Self.observe(reply)
        #expect(seen.id == Fixtures.id)
        #expect(seen.state == .running)
    }

    @Test(arguments: [
        ("", "nothing"), ("null", "null"), ("[]", "a list"), ("{}", "an empty object"), ("<html>502</html>", "HTML"),
        (#"{"instance_id":"inst-2","status":"running"}"#, "another instance"),
        (#"{"status":"ok"}"#, "a health check"), (#"{"instance_id":7,"status":"running"}"#, "another id, a number"),
        (#"{"instance_id":"inst-1","instance_id":"inst-1"}"#, "a key twice"), (#"{"message":"hello"}"#, "no status"),
    ])
    func whatIsNotOurInstanceIsMalformedAndNeverGone(reply: String, reason: String) async {
        let problem = await failure { () async throws(PlatformError) in _ = try await Self.observe(reply) }
        #expect(problem?.code == "MALFORMED_REPLY", "\(reason)")
        #expect(problem?.consequence == .retry(after: nil), "\(reason)")
    }

    @Test func aNumericIdIsText() async throws {
        let (platform, _) = Fixtures.platform([
            "GET /v1/compute/instances/42": [.json(200, #"{"id":42,"status":"running"}"#)]
        ])
        #expect(try await platform.observe(AllocationID(rawValue: "42")).id.rawValue == "42")
    }

    @Test func strangeFieldsFailNoInstance() async throws {
        let seen = try await Self.observe(
            """
            {"instance_id":"inst-1","status":"running","gpu_count":"many","cpu_cores":1.5,"ram_gb":[],"ip_address":{},\
            "gpu_type":null,"user_id":false}
            """
        )
        #expect(seen == Observation(id: Fixtures.id, state: .running, rawState: "running"))
    }
}

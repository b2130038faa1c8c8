import FLARE
import Intents
import Placement
import Reconciling

/// What the tests of FLARE share.
enum Fixtures {
    /// The token that must never show.
    static let token = "flr_1234567890abcdef"
    /// The world's time in the tests: 2027-01-15T08:00:00Z.
    static let now = Timestamp(seconds: 1_800_000_000)
    static let verify = "GET /api/v1/auth/verify"
    static let resources = "GET /api/v1/resources"
    static let list = "GET /api/v1/intents"
    static let create = "POST /api/v1/intents"
    static let get = "GET /api/v1/intents/intent-1"
    static let delete = "DELETE /api/v1/intents/intent-1"
    static let tokens = "GET /api/v1/auth/tokens"
    static let createToken = "POST /api/v1/auth/tokens"
    static let revoke = "DELETE /api/v1/auth/tokens/tok_1"
    static let id = AllocationID(rawValue: "intent-1")
    static let attempt = AttemptID(rawValue: "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d")
    static let prepared = PreparedOrder(attempt: attempt, reference: "name-0a1b2c3d", body: "{\"intent\":{}}")
    /// The reference's resources.
    static let resourcesReply = """
        {"available_gpus":[{"model":"nvidia-h100","count":8,"memory":"80Gi","location":"eu-west-1",\
        "cost_per_hour":"4.50 EUR","provider":"provider-1"}]}
        """
    /// The reference's flat reply to a submission.
    static let submitted = """
        {"intent_id":"intent-1","status":"pending","message":"Intent received and processing",\
        "estimated_cost":"5.50 EUR/hour","estimated_start_time":"2024-01-15T10:30:00Z"}
        """
    /// The reference's nested reply to a submission.
    static let submittedNested = """
        {"status":"success","intent_id":"intent-1","message":"Intent submitted successfully","data":{\
        "estimated_cost":"8.50 EUR/hour","estimated_start_time":"2024-01-15T10:35:00Z","selected_provider":"provider-2",\
        "gpu_allocation":{"model":"nvidia-h100","count":2,"location":"eu-west-1"}}}
        """
    /// The reference's flat status.
    static let flat = """
        {"intent_id":"intent-1","status":"running","workload_url":"https://my-workload.flare.example.com",\
        "current_cost":"12.45 EUR","runtime":"2h 15m","gpu_utilization":"85%","message":"Workload running successfully"}
        """
    /// The reference's nested status.
    static let nested = """
        {"intent_id":"intent-1","status":"running","workload":{"name":"deepseek-r1-inference-0a1b2c3d","type":"service",\
        "url":"https://deepseek-api.example.com","start_time":"2024-01-15T10:35:00Z","runtime":"2h 15m"},\
        "resources":{"provider":"provider-2","location":"eu-west-1","gpu":{"model":"nvidia-h100","count":2,\
        "utilization":"85%"}},"costs":{"hourly_rate":"8.50 EUR/hour","total_cost":"19.12 EUR","currency":"EUR"},\
        "performance":{"latency_p50":"45ms","latency_p99":"120ms","throughput":"150 req/s"}}
        """
    static let permitted =
        #"{"status":"authenticated","permissions":["intents:read","intents:write","intents:delete","resources:read"]}"#

    static func configuration() -> FLAREConfiguration {
        FLAREConfiguration(baseURL: "https://api.test", token: PlatformSecret(token))
    }

    static func platform(
        _ turns: [String: [ScriptedTransport.Turn]],
        _ configuration: FLAREConfiguration = configuration()
    ) -> (platform: FLAREPlatform, transport: ScriptedTransport) {
        let transport = ScriptedTransport(turns)
        return (FLAREPlatform(configuration, transport: transport, now: { now }), transport)
    }

    static func order(_ spec: IntentSpec, maxReplicas: Int? = nil, timeout: Duration? = nil) -> Order {
        var offer = Offer(
            id: Offer.ID(platform: .flare, name: "provider-1/eu-west-1/nvidia-h100/80Gi"),
            model: "nvidia-h100"
        )
        offer.provider = "provider-1"
        offer.location = "eu-west-1"
        return order(spec, offer: offer, maxReplicas: maxReplicas, timeout: timeout)
    }

    static func order(_ spec: IntentSpec, offer: Offer, maxReplicas: Int? = nil, timeout: Duration? = nil) -> Order {
        let candidate = Candidate(
            offer: offer,
            hourlyPerAllocation: .zero,
            hourly: .zero,
            allocations: 1,
            maxReplicas: maxReplicas,
            because: ""
        )
        return Order(
            attempt: attempt,
            key: IntentKey(rawValue: "team/inference"),
            slot: 0,
            spec: spec,
            candidate: candidate,
            jobTimeout: timeout
        )
    }

    static func spec(_ kind: Workload.Kind, name: String = "inference") -> IntentSpec {
        var spec = IntentSpec()
        spec.workload.kind = kind
        spec.workload.name = name
        spec.workload.image = "team/image:1"
        return spec
    }
}

/// The error that a call ends with; nil where it succeeds.
func failure(of call: () async throws(PlatformError) -> Void) async -> PlatformError? {
    do throws(PlatformError) {
        try await call()
        return nil
    } catch {
        return error
    }
}

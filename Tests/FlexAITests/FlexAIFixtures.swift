import FlexAI
import Intents
import Placement
import Reconciling

/// What the tests of FlexAI share.
enum Fixtures {
    /// The key that must never show.
    static let key = "flexai-key-0123456789abcdef"
    /// The world's time in the tests.
    static let now = Timestamp(seconds: 1_800_000_000)
    static let types = "GET /v1/compute/gpu-types"
    static let list = "GET /v1/compute/instances"
    static let create = "POST /v1/compute/instances"
    static let get = "GET /v1/compute/instances/inst-1"
    static let stop = "POST /v1/compute/instances/inst-1/stop"
    static let delete = "DELETE /v1/compute/instances/inst-1"
    static let id = AllocationID(rawValue: "inst-1")
    static let attempt = AttemptID(rawValue: "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d")
    /// The guide's GPU types.
    static let typesReply = """
        {"gpu_types":[{"id":"nvidia-a100","name":"NVIDIA A100","memory":"40GB","compute_capability":"8.0",\
        "price_per_hour":3.50,"available":true}]}
        """
    /// The guide's instance.
    static let instanceReply = """
        {"instance_id":"inst-1","gpu_type":"nvidia-a100","gpu_count":2,"cpu_cores":8,"ram_gb":32,\
        "status":"running","ip_address":"192.168.1.100"}
        """

    static func configuration() -> FlexAIConfiguration {
        FlexAIConfiguration(
            baseURL: "https://api.test/",
            apiKey: PlatformSecret(key),
            organizationID: "org-7",
            operatorID: "operator-1"
        )
    }

    static func platform(
        _ turns: [String: [ScriptedTransport.Turn]],
        _ configuration: FlexAIConfiguration = configuration(),
        now: @escaping @Sendable () -> Timestamp = { Fixtures.now }
    ) -> (platform: FlexAIPlatform, transport: ScriptedTransport) {
        let transport = ScriptedTransport(turns)
        return (FlexAIPlatform(configuration, transport: transport, now: now), transport)
    }

    static func order(_ spec: IntentSpec = IntentSpec(), slot: Int = 3) -> Order {
        let offer = Offer(id: Offer.ID(platform: .flexai, name: "nvidia-a100-40gb"), model: "nvidia-a100")
        let candidate = Candidate(
            offer: offer,
            hourlyPerAllocation: .zero,
            hourly: .zero,
            allocations: 1,
            maxReplicas: nil,
            because: ""
        )
        return Order(
            attempt: attempt,
            key: IntentKey(rawValue: "team/notebook"),
            slot: slot,
            spec: spec,
            candidate: candidate,
            jobTimeout: nil
        )
    }

    static let prepared = PreparedOrder(attempt: attempt, reference: "reference", body: "{\"gpu_count\":1}")
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

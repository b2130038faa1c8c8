import Documents
import Intents
import Testing

@testable import Simulation

/// The replies' shapes against the samples of the platforms' documents: the same keys, the same kinds of value.
@Suite struct DocumentedShapeTests {
    /// The shape of a value: its keys in order, and the kinds of what they lead to.
    private static func shape(_ node: Node?) -> String {
        switch node?.value {
        case .none: "nothing"
        case .null: "null"
        case .bool: "truth"
        case .integer, .number: "number"
        case .string: "text"
        case .sequence(let entries): "[\(shape(entries.first))]"
        case .mapping(let members):
            "{\(members.map { "\($0.key): \(shape($0.node))" }.joined(separator: ", "))}"
        }
    }

    private static func shape(_ sample: String) throws -> String { shape(try DocumentParser.json(Array(sample.utf8))) }

    @Test func flexAIsTypesHaveTheDocumentedShape() throws {
        var flexai = Caller(flexai: FlexAISettings())
        let sample = """
            {"gpu_types": [{"id": "nvidia-a100", "name": "NVIDIA A100", "memory": "40GB", "compute_capability": "8.0",
              "price_per_hour": 3.50, "available": true}]}
            """
        #expect(try Self.shape(flexai("GET", "/v1/compute/gpu-types").body) == Self.shape(sample))
    }

    @Test func flexAIsInstanceHasTheDocumentedShapeAndItsAge() throws {
        var flexai = Caller(flexai: FlexAISettings())
        let sample = """
            {"instance_id": "inst-abc123", "gpu_type": "nvidia-a100", "gpu_count": 2, "cpu_cores": 8, "ram_gb": 32,
              "status": "running", "ip_address": "192.168.1.100", "created_at": 1700000000.5}
            """
        #expect(try Self.shape(flexai.create().body) == Self.shape(sample))
    }

    @Test func flexAIsStopAndDeleteHaveTheDocumentedShape() throws {
        var flexai = Caller(flexai: FlexAISettings())
        let id = try #require(flexai.create().text("instance_id"))
        let sample = #"{"success": true, "message": "Instance stopped"}"#
        #expect(try Self.shape(flexai("POST", "/v1/compute/instances/\(id)/stop").body) == Self.shape(sample))
        #expect(try Self.shape(flexai("DELETE", "/v1/compute/instances/\(id)").body) == Self.shape(sample))
    }

    @Test(arguments: [
        (
            FLARESettings.Replies.flat,
            """
            {"intent_id": "string", "status": "pending", "message": "Intent received and processing",
             "estimated_cost": "5.50 EUR/hour", "estimated_start_time": "2024-01-15T10:30:00Z"}
            """,
            """
            {"intent_id": "string", "status": "running", "workload_url": "https://my-workload.flare.example.com",
             "current_cost": "12.45 EUR", "runtime": "2h 15m", "gpu_utilization": "85%",
             "message": "Workload running successfully"}
            """
        ),
        (
            .nested,
            """
            {"intent_id": "intent-abc123", "status": "success", "message": "Intent submitted successfully",
             "data": {"estimated_cost": "8.50 EUR/hour", "estimated_start_time": "2024-01-15T10:35:00Z",
              "selected_provider": "provider-2",
              "gpu_allocation": {"model": "nvidia-h100", "count": 2, "location": "eu-west-1"}}}
            """,
            """
            {"intent_id": "intent-abc123", "status": "running",
             "workload": {"name": "deepseek-r1-inference", "type": "service", "url": "https://deepseek-api.example.com",
              "start_time": "2024-01-15T10:35:00Z", "runtime": "2h 15m"},
             "resources": {"provider": "provider-2", "location": "eu-west-1",
              "gpu": {"model": "nvidia-h100", "count": 2, "utilization": "85%"}},
             "costs": {"hourly_rate": "8.50 EUR/hour", "total_cost": "19.12 EUR", "currency": "EUR"},
             "performance": {"latency_p50": "45ms", "latency_p99": "120ms", "throughput": "150 req/s"}}
            """
        ),
    ])
    func flaresIntentHasBothDocumentedShapes(
        _ replies: FLARESettings.Replies,
        _ submitted: String,
        _ detail: String
    ) throws {
        var settings = FLARESettings()
        settings.replies = replies
        var flare = Caller(flare: settings)
        let answer = flare.submit()
        #expect(try Self.shape(answer.body) == Self.shape(submitted))
        let id = try #require(answer.text("intent_id"))
        #expect(try Self.shape(flare("GET", "/api/v1/intents/\(id)").body) == Self.shape(detail))
    }

    @Test(arguments: [
        (
            "GET", "resources", "",
            """
            {"available_gpus": [{"model": "nvidia-h100", "count": 8, "memory": "80Gi", "location": "eu-west-1",
              "cost_per_hour": "4.50 EUR", "provider": "provider-1"}]}
            """
        ),
        (
            "GET", "auth/verify", "",
            """
            {"status": "authenticated", "user": "demo-user", "permissions": ["intents:read"],
             "expires_at": "2024-12-31T23:59:59Z"}
            """
        ),
        (
            "POST", "auth/tokens", #"{"name": "My API Token"}"#,
            """
            {"token_id": "tok_abc123", "token": "flr_1234567890abcdef", "name": "My API Token",
             "created_at": "2024-01-15T10:30:00Z", "expires_at": "2024-04-15T10:30:00Z",
             "permissions": ["intents:read", "intents:write"]}
            """
        ),
        (
            "DELETE", "auth/tokens/tok_0", "",
            """
            {"message": "Token revoked successfully", "token_id": "tok_abc123", "revoked_at": "2024-01-20T16:00:00Z"}
            """
        ),
        (
            "GET", "auth/tokens", "",
            """
            {"tokens": [{"token_id": "tok_abc123", "name": "My API Token", "created_at": "2024-01-15T10:30:00Z",
              "expires_at": "2024-04-15T10:30:00Z", "permissions": ["intents:read"],
              "last_used": "2024-01-20T15:45:00Z", "status": "active"}]}
            """
        ),
    ])
    func flaresOtherRepliesHaveTheDocumentedShape(
        _ method: String,
        _ path: String,
        _ body: String,
        _ sample: String
    ) throws {
        var flare = Caller(flare: FLARESettings())
        #expect(try Self.shape(flare(method, "/api/v1/\(path)", body).body) == Self.shape(sample))
    }

    @Test func flaresRefusalsHaveTheDocumentedShapes() throws {
        var flare = Caller(flare: FLARESettings())
        let unavailable = """
            {"status": "error", "error_code": "GPU_MODEL_UNAVAILABLE", "message": "No nvidia-h100 GPUs available",
             "suggestions": [{"alternative": "nvidia-a100 GPUs available", "cost_difference": "+15%",
              "performance_impact": "-10%"}]}
            """
        let body = Caller<SimulatedFLARE>.intent(constraints: #"{"location": "EU", "providers": ["gcp"]}"#)
        #expect(try Self.shape(flare.submit(body).body) == Self.shape(unavailable))
        let unauthorized = #"{"error": "unauthorized", "message": "Invalid or missing", "code": "INVALID_TOKEN"}"#
        let answer = flare("GET", "/api/v1/intents", headers: [("Authorization", "")])
        #expect(try Self.shape(answer.body) == Self.shape(unauthorized))
    }
}

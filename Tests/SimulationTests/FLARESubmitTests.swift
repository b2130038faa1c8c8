import Documents
import Intents
import Testing

@testable import Simulation

/// Submitting intents to FLARE: what is sold, and what is refused with which code.
@Suite struct FLARESubmitTests {
    private typealias FLARE = Caller<SimulatedFLARE>

    @Test func flatReplyIsTheReferencesFirst() {
        var flare = FLARE(flare: FLARESettings())
        let answer = flare.submit()
        #expect(answer.status == 201)
        #expect(answer.text("intent_id")?.hasPrefix("intent-") == true)
        #expect(answer.text("status") == "pending")
        #expect(answer.text("message") == "Intent received and processing")
        #expect(answer.text("estimated_cost") == "8.50 EUR/hour", "two H100 at 4.25, the cheapest in Europe")
        #expect(answer.text("estimated_start_time") == "2027-01-15T08:00:00Z")
    }

    @Test func nestedReplyIsTheReferencesSecond() {
        var settings = FLARESettings()
        settings.replies = .nested
        settings.startTime = .seconds(90)
        var flare = FLARE(flare: settings)
        let answer = flare.submit()
        #expect(answer.text("status") == "success")
        #expect(answer.text("data", "estimated_cost") == "8.50 EUR/hour")
        #expect(answer.text("data", "estimated_start_time") == "2027-01-15T08:01:30Z")
        #expect(answer.text("data", "selected_provider") == "provider-2")
        #expect(answer.text("data", "gpu_allocation", "model") == "nvidia-h100")
        #expect(answer.number("data", "gpu_allocation", "count") == 2)
        #expect(answer.text("data", "gpu_allocation", "location") == "eu-central-1")
    }

    @Test func everyPostIsAnotherAllocation() {
        var flare = FLARE(flare: FLARESettings())
        let ids = (0..<3).map { _ in flare.submit().text("intent_id") }
        #expect(Set(ids).count == 3)
        #expect(flare.platform.estate.aliveCount == 3)
        #expect(flare.platform.estate.purchases.map(\.reference) == ["deepseek", "deepseek", "deepseek"])
    }

    @Test(arguments: [
        ("{", "INVALID_FORMAT"), ("[]", "MISSING_REQUIRED_FIELD"), ("{}", "MISSING_REQUIRED_FIELD"),
        (#"{"intent": 5}"#, "INVALID_FORMAT"), (#"{"intent": {}}"#, "MISSING_REQUIRED_FIELD"),
        (#"{"intent": {"objective": "Cost_Minimization"}}"#, "MISSING_REQUIRED_FIELD"),
        (FLARE.intent(type: "daemon"), "INVALID_FORMAT"), (FLARE.intent(name: ""), "INVALID_FORMAT"),
        (FLARE.intent(objective: "Fastest"), "INVALID_FORMAT"),
        (FLARE.intent(objective: "Energy_Efficiency"), "INVALID_FORMAT"),
        (FLARE.intent(gpu: #"{"count": 0}"#), "INVALID_FORMAT"),
        (FLARE.intent(gpu: #"{"memory": "much"}"#), "INVALID_FORMAT"),
        (FLARE.intent(workload: #", "scaling": {"min_replicas": 3, "max_replicas": 2}"#), "INVALID_FORMAT"),
        (FLARE.intent(type: "job", workload: #", "job": {"parallel_tasks": 0}"#), "INVALID_FORMAT"),
        (FLARE.intent(type: "job", workload: #", "job": {"timeout": "soon"}"#), "INVALID_FORMAT"),
        (FLARE.intent(constraints: #"{"max_hourly_cost": "10 USD"}"#), "INVALID_FORMAT"),
        (FLARE.intent(constraints: #"{"providers": "aws"}"#), "INVALID_FORMAT"),
    ])
    func brokenBodyIsRefused(_ body: String, _ code: String) {
        var flare = FLARE(flare: FLARESettings())
        let answer = flare.submit(body)
        #expect(answer.status == 400)
        #expect(answer.text("status") == "error")
        #expect(answer.text("error_code") == code)
        #expect(flare.platform.estate.purchases.isEmpty)
    }

    @Test(arguments: ["objective", "type", "name", "image", "resources"])
    func missingFieldIsNamed(_ field: String) {
        var flare = FLARE(flare: FLARESettings())
        let answer = flare.submit(FLARE.intent().replacing("\"\(field)\":", with: "\"other\":"))
        #expect(answer.text("error_code") == "MISSING_REQUIRED_FIELD")
        #expect(answer.text("message")?.hasSuffix(field) == true)
    }

    @Test(arguments: [
        (#"{"model": "nvidia-h100"}"#, #"{"location": "Japan"}"#, "REGION_UNAVAILABLE"),
        (#"{"model": "nvidia-h100"}"#, #"{"providers": ["azure"]}"#, "REGION_UNAVAILABLE"),
        (#"{"model": "nvidia-h100"}"#, #"{"location": "EU", "providers": ["aws"]}"#, "GPU_MODEL_UNAVAILABLE"),
        (#"{"model": "nvidia-b200"}"#, "{}", "GPU_MODEL_UNAVAILABLE"),
        (#"{"model": "nvidia-t4", "tier": "premium"}"#, "{}", "GPU_MODEL_UNAVAILABLE"),
        (#"{"model": "nvidia-t4", "interconnect": "nvlink"}"#, "{}", "GPU_MODEL_UNAVAILABLE"),
        (#"{"architecture": "hopper", "compute_capability": "10.0"}"#, "{}", "GPU_MODEL_UNAVAILABLE"),
        (#"{"model": "amd-mi300x", "compute_capability": "7.0"}"#, "{}", "GPU_MODEL_UNAVAILABLE"),
        (#"{"model": "nvidia-h100", "memory": "141Gi"}"#, "{}", "GPU_MEMORY_INSUFFICIENT"),
        (#"{"model": "amd-mi300x", "count": 17}"#, "{}", "GPU_COUNT_INSUFFICIENT"),
        (#"{"model": "amd-mi300x", "count": 2}"#, #"{"max_hourly_cost": "5 EUR"}"#, "COST_LIMIT_EXCEEDED"),
    ])
    func unservedWishHasTheReferencesCode(_ gpu: String, _ constraints: String, _ code: String) {
        var flare = FLARE(flare: FLARESettings())
        let answer = flare.submit(FLARE.intent(gpu: gpu, constraints: constraints))
        #expect(answer.status == (code == "COST_LIMIT_EXCEEDED" ? 422 : 409))
        #expect(answer.text("error_code") == code)
        #expect(flare.platform.estate.purchases.isEmpty)
    }

    @Test(arguments: [
        ("nvidia-h100", "8.0", 201), ("nvidia-h100", "9.0", 201), ("nvidia-h100", "9.1", 409),
        ("nvidia-t4", "7.5", 201),
        ("nvidia-t4", "7.10", 409), ("nvidia-t4", "8.0", 409), ("nvidia-t4", "any", 201), ("nvidia-t4", "seven", 409),
    ])
    func capabilityIsALeastOne(_ model: String, _ capability: String, _ status: Int) {
        var flare = FLARE(flare: FLARESettings())
        let gpu = "{\"model\": \"\(model)\", \"compute_capability\": \"\(capability)\"}"
        #expect(flare.submit(FLARE.intent(gpu: gpu, constraints: "{}")).status == status)
    }

    @Test func unavailableModelComesWithSuggestions() throws {
        var flare = FLARE(flare: FLARESettings())
        let body = FLARE.intent(constraints: #"{"location": "EU", "providers": ["aws"]}"#)
        let suggestion = try #require(flare.submit(body).entries("suggestions").first)
        #expect(suggestion["alternative"]?.string == "nvidia-a100 GPUs available")
        #expect(suggestion["cost_difference"]?.string == "-20%", "3.60 instead of 4.50")
        #expect(suggestion["performance_impact"]?.string == "-70%")
    }

    @Test func soldOutIsInsufficientUntilSomethingIsCancelled() throws {
        var flare = FLARE(
            flare: FLARESettings(),
            shelf: [SimulatedWare("provider-1", "eu-west-1", .h100, memory: 80, euros: 4.5, capacity: 4)]
        )
        let ids = (0..<2).map { _ in flare.submit().text("intent_id") }
        let refused = flare.submit()
        #expect(refused.text("error_code") == "INSUFFICIENT_RESOURCES")
        let id = try #require(ids[0])
        #expect(flare("DELETE", "/api/v1/intents/\(id)").status == 202)
        #expect(flare.submit().status == 201)
    }

    @Test func quotaCountsWhatLives() throws {
        var settings = FLARESettings()
        settings.quota = 1
        var flare = FLARE(flare: settings)
        let id = try #require(flare.submit().text("intent_id"))
        let refused = flare.submit()
        #expect(refused.status == 429)
        #expect(refused.text("error_code") == "QUOTA_EXCEEDED")
        _ = flare("DELETE", "/api/v1/intents/\(id)")
        #expect(flare.submit().status == 201)
    }

    @Test(arguments: [
        ("Cost_Minimization", "nvidia-t4", "0.36"), ("Performance_Maximization", "amd-mi300x", "2.90"),
        ("Balanced_Optimization", "nvidia-rtx-3080", "0.22"),
    ])
    func objectiveChoosesAmongWhatFits(_ objective: String, _ model: String, _ price: String) {
        var settings = FLARESettings()
        settings.replies = .nested
        var flare = FLARE(flare: settings)
        let gpu = model == "nvidia-t4" ? #"{"tier": "inference"}"# : #"{"model": "any"}"#
        let answer = flare.submit(FLARE.intent(objective: objective, gpu: gpu, constraints: "{}"))
        #expect(answer.text("data", "gpu_allocation", "model") == model)
        #expect(answer.text("data", "estimated_cost") == "\(price) EUR/hour")
    }

    @Test func jobIsChargedForAllItsTasks() {
        var flare = FLARE(flare: FLARESettings())
        let job = FLARE.intent(
            type: "job",
            gpu: #"{"model": "nvidia-rtx-4090"}"#,
            workload: #", "job": {"parallel_tasks": 20, "timeout": "6h"}"#,
            constraints: #"{"max_total_cost": "66 EUR"}"#
        )
        let answer = flare.submit(job)
        #expect(answer.text("estimated_cost") == "11.00 EUR/hour", "20 times 0.55")
        #expect(flare.platform.estate.purchases.first?.gpuCount == 20)
        let dearer = job.replacing("66 EUR", with: "65.99 EUR")
        #expect(flare.submit(dearer).text("error_code") == "COST_LIMIT_EXCEEDED")
    }

    @Test(arguments: [
        (FLARESettings.AutoScaling.minimum, true, 4), (.maximum, true, 10), (.maximum, false, 4),
    ])
    func serviceScalesWithinItsBounds(_ scaling: FLARESettings.AutoScaling, _ isAutomatic: Bool, _ gpus: Int) {
        var settings = FLARESettings()
        settings.autoScaling = scaling
        var flare = FLARE(flare: settings)
        let bounds = #", "scaling": {"min_replicas": 2, "max_replicas": 5, "auto_scale": \#(isAutomatic)}"#
        #expect(flare.submit(FLARE.intent(workload: bounds)).status == 201)
        #expect(flare.platform.estate.purchases.first?.gpuCount == gpus)
    }

    @Test func ignoredCapsAreForgotten() {
        var settings = FLARESettings()
        settings.costLimits = .ignored
        var flare = FLARE(flare: settings)
        #expect(flare.submit(FLARE.intent(constraints: #"{"max_hourly_cost": "1 EUR"}"#)).status == 201)
    }

    @Test func pinnedPlaceIsTaken() {
        var settings = FLARESettings()
        settings.replies = .nested
        var flare = FLARE(flare: settings)
        let pinned = FLARE.intent(constraints: #"{"providers": ["provider-1"], "location": "eu-west-1"}"#)
        let answer = flare.submit(pinned)
        #expect(answer.text("data", "selected_provider") == "provider-1", "dearer, but asked for")
        #expect(answer.text("data", "gpu_allocation", "location") == "eu-west-1")
    }

    @Test(arguments: [
        (FLARE.intent(type: "batch", workload: #", "job": {"timeout": "1h"}"#), 500),
        (FLARE.intent(type: "batch", workload: #", "job": {"completion_policy": "All"}"#), 201),
        (FLARE.intent(workload: #", "storage": {}"#), 500),
        (FLARE.intent(workload: #", "storage": {"volumes": []}"#), 201),
        (FLARE.intent(objective: "Energy_Efficiency"), 201),
    ])
    func newerDialectFallsOverIncompleteBodies(_ body: String, _ status: Int) {
        var settings = FLARESettings()
        settings.dialect = .head
        var flare = FLARE(flare: settings)
        let answer = flare.submit(body)
        #expect(answer.status == status)
        #expect(flare.platform.estate.purchases.count == (status == 201 ? 1 : 0))
        if status == 500 { #expect(answer.body.mapping?.map(\.key) == ["error", "context", "status"]) }
    }
}

import Documents
import Intents
import Testing

@testable import Simulation

/// FLARE's allocations as time passes, in both reply shapes and both dialects.
@Suite struct FLARELifeTests {
    private typealias FLARE = Caller<SimulatedFLARE>

    @Test func flatDetailIsAsDocumented() throws {
        var flare = FLARE(flare: FLARESettings())
        let id = try #require(flare.submit().text("intent_id"))
        flare.now = second(8100)
        let detail = flare("GET", "/api/v1/intents/\(id)")
        #expect(detail.text("intent_id") == id)
        #expect(detail.text("status") == "running")
        #expect(detail.text("workload_url") == "https://deepseek.flare.example.com")
        #expect(detail.text("current_cost") == "19.125 EUR", "2 h 15 min at 8.50")
        #expect(detail.text("runtime") == "2h 15m")
        #expect(detail.text("gpu_utilization") == "85%")
        #expect(detail.text("message") == "Workload running successfully")
    }

    @Test func nestedDetailIsAsDocumented() throws {
        var settings = FLARESettings()
        settings.replies = .nested
        var flare = FLARE(flare: settings)
        let id = try #require(flare.submit().text("intent_id"))
        flare.now = second(3600)
        let detail = flare("GET", "/api/v1/intents/\(id)")
        #expect(detail.text("status") == "running")
        #expect(detail.text("workload", "name") == "deepseek")
        #expect(detail.text("workload", "type") == "service")
        #expect(detail.text("workload", "start_time") == "2027-01-15T08:00:00Z")
        #expect(detail.text("resources", "provider") == "provider-2")
        #expect(detail.text("resources", "gpu", "model") == "nvidia-h100")
        #expect(detail.number("resources", "gpu", "count") == 2)
        #expect(detail.text("costs", "hourly_rate") == "8.50 EUR/hour")
        #expect(detail.text("costs", "total_cost") == "8.50 EUR")
        #expect(detail.text("costs", "currency") == "EUR")
        #expect(detail.text("performance", "latency_p99") == "120ms")
    }

    @Test(arguments: [
        (FLARESettings.Dialect.seed, [(0, "pending"), (79, "pending"), (80, "running")]),
        (
            .head,
            [
                (0, "Pending"), (20, "SolverNotReady"), (40, "NamespaceOffloadingNotReady"), (79, "DeployNotReady"),
                (80, "Ready"),
            ]
        ),
    ])
    func startIsToldInTheDialectsWords(_ dialect: FLARESettings.Dialect, _ steps: [(Int, String)]) throws {
        var settings = FLARESettings()
        settings.dialect = dialect
        settings.startTime = .seconds(80)
        var flare = FLARE(flare: settings)
        let id = try #require(flare.submit().text("intent_id"))
        for (at, word) in steps {
            flare.now = second(Int64(at))
            #expect(flare("GET", "/api/v1/intents/\(id)").text("status") == word, "after \(at) s")
        }
    }

    @Test(arguments: [
        (FLARESettings.JobEnding.completed, FLARESettings.Dialect.seed, "completed"), (.failed, .seed, "failed"),
        (.completed, .head, "Completed"), (.failed, .head, "Failed"),
    ])
    func jobEndsAfterItsRuntimeAndIsBilledUntilItIsCancelled(
        _ ending: FLARESettings.JobEnding,
        _ dialect: FLARESettings.Dialect,
        _ word: String
    ) throws {
        var settings = FLARESettings()
        settings.dialect = dialect
        settings.startTime = .seconds(60)
        settings.jobRuntime = .seconds(600)
        settings.jobEnding = ending
        var flare = FLARE(flare: settings)
        let job = FLARE.intent(type: "job", workload: #", "job": {"completion_policy": "All"}"#)
        let id = try #require(flare.submit(job).text("intent_id"))
        flare.now = second(659)
        #expect(flare("GET", "/api/v1/intents/\(id)").text("status") != word)
        flare.now = second(660)
        #expect(flare("GET", "/api/v1/intents/\(id)").text("status") == word)
        flare.now = second(3600)
        #expect(flare("DELETE", "/api/v1/intents/\(id)").status == 202)
        #expect(flare.platform.estate.cost(at: second(9000)) == Money(micros: 8_500_000))
    }

    @Test func serviceNeverEndsByItself() throws {
        var settings = FLARESettings()
        settings.jobRuntime = .seconds(600)
        var flare = FLARE(flare: settings)
        let id = try #require(flare.submit().text("intent_id"))
        flare.now = second(100_000)
        #expect(flare("GET", "/api/v1/intents/\(id)").text("status") == "running")
    }

    @Test func youngIntentCannotBeSeenYet() throws {
        var settings = FLARESettings()
        settings.visibilityTime = .seconds(60)
        var flare = FLARE(flare: settings)
        let id = try #require(flare.submit().text("intent_id"))
        flare.now = second(59)
        #expect(flare("GET", "/api/v1/intents/\(id)").status == 404)
        #expect(flare("DELETE", "/api/v1/intents/\(id)").status == 404)
        #expect(flare("GET", "/api/v1/intents").entries("intents").isEmpty)
        #expect(flare.platform.estate.aliveCount == 1, "and is billed all the same")
        flare.now = second(60)
        #expect(flare("GET", "/api/v1/intents/\(id)").status == 200)
        #expect(flare("GET", "/api/v1/intents").entries("intents").count == 1)
    }

    @Test func cancellingIsAcceptedAndGoneLater() throws {
        var settings = FLARESettings()
        settings.deleteTime = .seconds(30)
        var flare = FLARE(flare: settings)
        let id = try #require(flare.submit().text("intent_id"))
        let accepted = flare("DELETE", "/api/v1/intents/\(id)")
        #expect(accepted.status == 202)
        #expect(accepted.text("intent_id") == id)
        flare.now = second(29)
        #expect(flare("GET", "/api/v1/intents/\(id)").text("status") == "running")
        flare.now = second(30)
        #expect(flare("GET", "/api/v1/intents/\(id)").status == 404)
        #expect(flare("DELETE", "/api/v1/intents/\(id)").status == 404)
        #expect(flare.platform.estate.purchase(id)?.endedAt == second(30))
    }

    @Test(arguments: [
        (FLARESettings.ListEntries.named, ["intent_id", "name", "status", "created_at"]),
        (.nameless, ["intent_id", "status", "created_at"]),
    ])
    func listHoldsNamesOrNot(_ entries: FLARESettings.ListEntries, _ keys: [String]) throws {
        var settings = FLARESettings()
        settings.listEntries = entries
        settings.listKey = "items"
        var flare = FLARE(flare: settings)
        _ = flare.submit()
        let entry = try #require(flare("GET", "/api/v1/intents").entries("items").first)
        #expect(entry.mapping?.map(\.key) == keys)
    }

    @Test func resourcesShowWhatIsFreeNow() throws {
        var flare = FLARE(
            flare: FLARESettings(),
            shelf: [
                SimulatedWare("provider-1", "eu-west-1", .h100, memory: 80, euros: 4.5, capacity: 8),
                SimulatedWare("provider-1", "eu-west-1", .t4, memory: 16, euros: 0.4, capacity: 8),
            ]
        )
        flare.platform.estate.shelf[1].isOffered = false
        _ = flare.submit()
        let gpus = flare("GET", "/api/v1/resources").entries("available_gpus")
        #expect(gpus.count == 1, "what is not offered is not shown")
        let gpu = try #require(gpus.first)
        #expect(gpu["model"]?.string == "nvidia-h100")
        #expect(gpu["count"]?.wholeNumber == 6)
        #expect(gpu["memory"]?.string == "80Gi")
        #expect(gpu["location"]?.string == "eu-west-1")
        #expect(gpu["cost_per_hour"]?.string == "4.50 EUR")
        #expect(gpu["provider"]?.string == "provider-1")
    }

    @Test(arguments: ["/api/v1", ""])
    func basePathMayBeThereOrNot(_ base: String) {
        var flare = FLARE(flare: FLARESettings())
        #expect(flare("GET", "\(base)/intents").status == 200)
        #expect(flare("GET", "\(base)/resources").status == 200)
        #expect(flare("GET", "\(base)/auth/verify").status == 200)
        #expect(flare("PUT", "\(base)/intents/intent-1").status == 405)
        #expect(flare("POST", "\(base)/auth/verify").status == 405)
        #expect(flare("GET", "\(base)/other").status == 404)
    }
}

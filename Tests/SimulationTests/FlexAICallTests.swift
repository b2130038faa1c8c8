import Documents
import Intents
import Testing

@testable import Simulation

/// FlexAI's five calls and its list, as the integration guide has them.
@Suite struct FlexAICallTests {
    private typealias FlexAI = Caller<SimulatedFlexAI>

    @Test func createdInstanceRunsAndIsShownAsDocumented() {
        var flexai = FlexAI(flexai: FlexAISettings())
        let created = flexai.create()
        #expect(created.status == 201)
        #expect(created.text("gpu_type") == "nvidia-a100")
        #expect(created.number("gpu_count") == 2)
        #expect(created.number("cpu_cores") == 8)
        #expect(created.number("ram_gb") == 32)
        #expect(created.text("status") == "running")
        #expect(created.text("ip_address") == "10.0.0.0")
        #expect(created.body["created_at"]?.decimal == 1_800_000_000)
        #expect(created.body["user_id"] == nil, "the platform does not echo it")
        let shown = flexai("GET", "/v1/compute/instances/\(created.text("instance_id") ?? "")")
        #expect(shown.status == 200)
        #expect(shown.body == created.body)
    }

    @Test func stoppedInstanceIsBilledUntilItIsDeleted() throws {
        var flexai = FlexAI(flexai: FlexAISettings())
        let id = try #require(flexai.create().text("instance_id"))
        flexai.now = second(1800)
        let stopped = flexai("POST", "/v1/compute/instances/\(id)/stop")
        #expect(stopped.status == 200)
        #expect(stopped.body["success"]?.truth == true)
        #expect(stopped.text("message") == "Instance stopped")
        #expect(flexai("GET", "/v1/compute/instances/\(id)").text("status") == "stopped")
        flexai.now = second(3600)
        #expect(flexai("DELETE", "/v1/compute/instances/\(id)").text("message") == "Instance deleted")
        #expect(flexai("GET", "/v1/compute/instances/\(id)").status == 404)
        #expect(flexai("DELETE", "/v1/compute/instances/\(id)").status == 404)
        let cost = flexai.platform.estate.cost(at: second(7200))
        #expect(cost == Money(micros: 7_000_000), "2 GPUs at 3.50 for the hour until the deletion")
    }

    @Test func typesAreListedWithPriceAndAvailability() throws {
        var flexai = FlexAI(
            flexai: FlexAISettings(),
            shelf: [SimulatedWare(flexai: "nvidia-a100", .a100, memory: 40, euros: 3.5, capacity: 2)]
        )
        let before = try #require(flexai("GET", "/v1/compute/gpu-types").entries("gpu_types").first)
        #expect(before["id"]?.string == "nvidia-a100")
        #expect(before["name"]?.string == "NVIDIA A100")
        #expect(before["memory"]?.string == "40GB")
        #expect(before["compute_capability"]?.string == "8.0")
        #expect(before["price_per_hour"]?.decimal == 3.5)
        #expect(before["available"]?.truth == true)
        _ = flexai.create(count: 2)
        let after = try #require(flexai("GET", "/v1/compute/gpu-types").entries("gpu_types").first)
        #expect(after["available"]?.truth == false, "sold out")
    }

    @Test func listShowsWhatLivesInTheOrderOfBuying() {
        var flexai = FlexAI(flexai: FlexAISettings())
        let ids = (0..<4).map { _ in flexai.create(count: 1).text("instance_id") }
        _ = flexai("DELETE", "/v1/compute/instances/\(ids[1] ?? "")")
        let list = flexai("GET", "/v1/compute/instances")
        #expect(list.number("count") == 3)
        #expect(list.entries("instances").map { $0["instance_id"]?.string } == [ids[0], ids[2], ids[3]])
    }

    @Test(arguments: [
        ("no key", ["Authorization": ""]),
        ("a wrong key", ["Authorization": "Bearer other"]),
        ("another scheme", ["Authorization": "Basic simulated-key"]),
        ("no organization", ["X-Organization-ID": ""]),
        ("a foreign organization", ["X-Organization-ID": "other"]),
    ])
    func strangersAreRefused(_ reason: String, _ headers: [String: String]) {
        var flexai = FlexAI(flexai: FlexAISettings())
        let extra = headers.map { (name: $0.key, value: $0.value) }
        for (method, target) in [
            ("GET", "gpu-types"), ("POST", "instances"), ("GET", "instances"), ("GET", "instances/inst-1"),
            ("POST", "instances/inst-1/stop"), ("DELETE", "instances/inst-1"),
        ] {
            let answer = flexai(method, "/v1/compute/\(target)", FlexAI.body(), headers: extra)
            #expect(answer.status == 401, "\(reason): \(method) \(target)")
        }
        #expect(flexai.platform.estate.purchases.isEmpty)
    }

    @Test(arguments: [
        ("GET", "/", 404), ("GET", "/v1/compute/other", 404), ("PUT", "/v1/compute/instances", 405),
        ("POST", "/v1/compute/gpu-types", 405), ("PATCH", "/v1/compute/instances/inst-1", 405),
        ("GET", "/v1/compute/instances/inst-1/stop", 405), ("GET", "/v1/compute/instances/inst-1", 404),
        ("POST", "/v1/compute/instances/inst-1/stop", 404), ("DELETE", "/v1/compute/instances/inst-1", 404),
        ("GET", "/v1/compute/gpu-types?fresh=1", 200),
    ])
    func pathsAndMethods(_ method: String, _ target: String, _ status: Int) {
        var flexai = FlexAI(flexai: FlexAISettings())
        #expect(flexai(method, target).status == status)
    }
}

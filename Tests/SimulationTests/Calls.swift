import Documents
import Intents
import Reconciling

@testable import Simulation

/// Test shorthand: a moment some seconds after the tests' beginning of time.
func second(_ count: Int64) -> Timestamp { Timestamp(seconds: 1_800_000_000 + count) }

/// A platform with the dice of a test, called with the right keys unless told otherwise.
struct Caller<Platform: SimulatedPlatform> {
    var platform: Platform
    var dice = Dice(seed: 7)
    var now = second(0)
    var headers: [(name: String, value: String)]

    /// Sends a call and gives its status and its JSON.
    mutating func callAsFunction(
        _ method: String,
        _ target: String,
        _ body: String = "",
        headers extra: [(name: String, value: String)] = []
    ) -> Answer {
        let replaced = headers.filter { header in !extra.contains { $0.name == header.name } }
        let request = SimulatedRequest(
            method: method,
            target: target,
            headers: replaced + extra.filter { !$0.value.isEmpty },
            body: Array(body.utf8)
        )
        return Answer(platform.handle(request, at: now, dice: &dice))
    }
}

/// A reply with its body read; a body that is no JSON is null.
struct Answer {
    let status: Int
    let body: Node

    init(_ reply: TransportReply) {
        status = reply.status
        do throws(Diagnostic) {
            body = try DocumentParser.json(reply.body)
        } catch {
            body = Node(.null)
        }
    }

    /// The text at a path of keys.
    func text(_ path: String...) -> String? { at(path)?.string }

    /// The number at a path of keys.
    func number(_ path: String...) -> Int? { at(path)?.wholeNumber }

    /// The entries at a path of keys; none where there is no list.
    func entries(_ path: String...) -> [Node] { at(path)?.sequence ?? [] }

    private func at(_ path: [String]) -> Node? { path.reduce(body) { node, key in node?[key] } }
}

extension Caller<SimulatedFlexAI> {
    /// FlexAI with settings of a test.
    init(flexai settings: FlexAISettings = FlexAISettings(), shelf: [SimulatedWare] = SimulatedMarket.standard.flexai) {
        platform = SimulatedFlexAI(settings: settings, shelf: shelf)
        headers = [
            ("Authorization", "Bearer \(settings.key)"), ("X-Organization-ID", settings.organization),
        ]
    }

    /// A good create body.
    static func body(_ type: String = "nvidia-a100", count: Int = 2, user: String = "user-123") -> String {
        """
        {"gpu_type": "\(type)", "gpu_count": \(count), "cpu_cores": 8, "ram_gb": 32, "user_id": "\(user)",
         "environment": "jupyter", "frameworks": ["pytorch"]}
        """
    }

    /// Buys an instance.
    mutating func create(_ type: String = "nvidia-a100", count: Int = 2, key: String = "") -> Answer {
        self(
            "POST",
            "/v1/compute/instances",
            Self.body(type, count: count),
            headers: key.isEmpty ? [] : [("Idempotency-Key", key)]
        )
    }
}

extension Caller<SimulatedFLARE> {
    /// FLARE with settings of a test.
    init(flare settings: FLARESettings = FLARESettings(), shelf: [SimulatedWare] = SimulatedMarket.standard.flare) {
        platform = SimulatedFLARE(settings: settings, shelf: shelf)
        headers = [("Authorization", "Bearer \(settings.token)"), ("Content-Type", "application/json")]
    }

    /// An intent's JSON with the parts that a test wants.
    static func intent(
        type: String = "service",
        name: String = "deepseek",
        objective: String = "Cost_Minimization",
        gpu: String = #"{"model": "nvidia-h100", "count": 2}"#,
        workload: String = "",
        constraints: String = #"{"location": "EU"}"#
    ) -> String {
        """
        {"intent": {"objective": "\(objective)", "workload": {"type": "\(type)", "name": "\(name)",
         "image": "lmsysorg/sglang:latest", "resources": {"cpu": "8", "gpu": \(gpu)}\(workload)},
         "constraints": \(constraints)}}
        """
    }

    /// Submits an intent.
    mutating func submit(_ body: String = Self.intent()) -> Answer { self("POST", "/api/v1/intents", body) }
}

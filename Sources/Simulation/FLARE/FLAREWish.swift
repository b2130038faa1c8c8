import Documents
import Intents

/// What an intent asks FLARE for, as far as FLARE acts on it.
struct FLAREWish {
    /// Its kinds of workload.
    enum Kind: String {
        /// Runs until it is cancelled.
        case service
        /// Runs to its end.
        case job
        /// The same as a job.
        case batch
    }

    var objective = ""
    var kind = Kind.service
    var name = ""
    var model: String?
    var gpuCount = 1
    var memory = 0
    var tier: String?
    var architecture: String?
    var computeCapability: String?
    var interconnect: String?
    /// Replicas or parallel tasks, at least and at most.
    var copies = 1...1
    var isAutoScaled = false
    var timeout: Duration?
    var location: String?
    var providers: [String] = []
    var maximumHourly: Money?
    var maximumTotal: Money?

    /// The wish of a request's body.
    init(_ body: Node) throws(FLARERefusal) {
        let intent = try Self.part("intent", of: body, path: "intent")
        objective = try Self.text("objective", of: intent, path: "intent.objective")
        let workload = try Self.part("workload", of: intent, path: "intent.workload")
        let type = try Self.text("type", of: workload, path: "intent.workload.type")
        guard let kind = Kind(rawValue: type) else { throw .format("Unknown workload type: \(type)") }
        self.kind = kind
        name = try Self.text("name", of: workload, path: "intent.workload.name")
        _ = try Self.text("image", of: workload, path: "intent.workload.image")
        let resources = try Self.part("resources", of: workload, path: "intent.workload.resources")
        if let gpu = resources["gpu"] { try readGPU(gpu) }
        try readCopies(workload)
        if let constraints = intent["constraints"] { try readConstraints(constraints) }
    }

    private mutating func readGPU(_ gpu: Node) throws(FLARERefusal) {
        model = Self.choice(gpu["model"])
        tier = Self.choice(gpu["tier"])
        architecture = Self.choice(gpu["architecture"])
        interconnect = Self.choice(gpu["interconnect"])
        computeCapability = Self.choice(gpu["compute_capability"])
        if let count = gpu["count"] {
            guard let number = count.wholeNumber, (1...4096).contains(number) else {
                throw .format("gpu.count must be a whole number from 1")
            }
            gpuCount = number
        }
        if let text = gpu["memory"]?.string ?? gpu["memory_min"]?.string {
            guard let size = PlainText.gibibytes(text) else { throw .format("gpu.memory is no quantity: \(text)") }
            memory = size
        }
    }

    private mutating func readCopies(_ workload: Node) throws(FLARERefusal) {
        if kind == .service {
            let scaling = workload["scaling"]
            let least = scaling?["min_replicas"]?.wholeNumber ?? 1
            let most = scaling?["max_replicas"]?.wholeNumber ?? max(10, least)
            guard least >= 1, most >= least, most <= 100_000 else { throw .format("scaling is out of bounds") }
            copies = least...most
            isAutoScaled = scaling?["auto_scale"]?.truth ?? false
        } else {
            let tasks = Self.job(of: workload)?["parallel_tasks"]?.wholeNumber ?? 1
            guard (1...100_000).contains(tasks) else { throw .format("job.parallel_tasks is out of bounds") }
            copies = tasks...tasks
            if let text = Self.job(of: workload)?["timeout"]?.string {
                guard let span = PlainText.span(text) else { throw .format("job.timeout is no span: \(text)") }
                timeout = span
            }
        }
    }

    /// What is said of a job; the newer dialect has another name for it.
    static func job(of workload: Node) -> Node? { workload["batch"] ?? workload["job"] }

    private mutating func readConstraints(_ constraints: Node) throws(FLARERefusal) {
        location = Self.choice(constraints["location"])
        if let list = constraints["providers"] {
            guard let names = list.strings else { throw .format("constraints.providers must be a list of names") }
            providers = names
        }
        maximumHourly = try Self.amount("max_hourly_cost", of: constraints)
        maximumTotal = try Self.amount("max_total_cost", of: constraints)
    }

    private static func amount(_ field: String, of constraints: Node) throws(FLARERefusal) -> Money? {
        guard let node = constraints[field] else { return nil }
        guard let text = node.string, let amount = PlainText.euros(text) else {
            throw .format("constraints.\(field) must be an amount such as \"10 EUR\"")
        }
        return amount
    }

    private static func part(_ field: String, of node: Node, path: String) throws(FLARERefusal) -> Node {
        guard let part = node[field] else { throw .missing(path) }
        guard part.mapping != nil else { throw .format("\(path) must be an object") }
        return part
    }

    private static func text(_ field: String, of node: Node, path: String) throws(FLARERefusal) -> String {
        guard let part = node[field] else { throw .missing(path) }
        guard let text = part.string, !text.isEmpty else { throw .format("\(path) must be a text") }
        return text
    }

    /// A choice that excludes something: not absent, not `any`.
    private static func choice(_ node: Node?) -> String? {
        node?.string.flatMap { $0 == "any" || $0.isEmpty ? nil : $0 }
    }
}

import Intents

/// Why a candidate ranks where it does: the numbers, from which the sentence is made when somebody asks for it.
struct Because: Hashable, Sendable {
    /// What was to be optimised.
    var objective: Objective
    /// Its place in the ranking, counted from 0.
    var place: Int
    /// How many offers fit; nil where nobody has counted them.
    var total: Int?
    /// GPUs of each slot.
    var count: Int
    /// Throughput of each GPU.
    var fp32Tflops: Quantity?
    /// What the wanted slots cost in an hour; nil where the offer states no price.
    var cost: Money?
    /// Network latency in milliseconds.
    var latencyMs: Int?

    /// The sentence.
    var words: String {
        if total == 1 { return "the only offer that fits: " + measure }
        guard let total else {
            return place == 0 ? "\(praise): \(measure)" : "number \(place + 1) \(kind): \(measure)"
        }
        return place == 0
            ? "\(praise) of \(total) offers: \(measure)" : "number \(place + 1) of \(total) \(kind): \(measure)"
    }

    /// What the objective compares, for a runner-up.
    private var kind: String {
        switch objective {
        case .cost: "by cost"
        case .performance: "by speed"
        case .latency: "by latency"
        case .balanced: "by balance"
        }
    }

    /// What the best one is.
    private var praise: String {
        switch objective {
        case .cost: "lowest cost"
        case .performance: "fastest"
        case .latency: latencyMs == nil ? "no latency known, earliest start" : "lowest latency"
        case .balanced: "most throughput for the money"
        }
    }

    /// The numbers that the objective looks at.
    private var measure: String {
        switch objective {
        case .cost: price
        case .performance: "\(speed), \(price)"
        case .latency: "\(latencyMs.map { "\($0) ms" } ?? "latency unknown"), \(price)"
        case .balanced: "\(speed) for \(price)\(latencyMs.map { " at \($0) ms" } ?? "")"
        }
    }

    private var speed: String { fp32Tflops.map { "\($0.inWords) TFLOPS × \(count)" } ?? "speed unknown" }

    private var price: String { cost.map { $0.inWords + "/hour" } ?? "price unknown" }
}

import Documents
import Intents
import Placement
import Reconciling

/// One intent as FLARE's replies show it: flat, nested by subject, or wrapped in `data`.
struct FLAREIntentReply {
    /// The objects in which a field may stand, the innermost first.
    private let levels: [ReplyObject]

    /// The intent in a reply; nil where the reply is no object.
    init?(_ root: Node, words: SafeWords) {
        guard let whole = ReplyObject(root, words: words) else { return nil }
        levels = [whole.object("data"), whole.object("intent"), whole].compactMap { $0 }
    }

    /// Its id.
    var id: AllocationID? { first { $0.id("intent_id", "id", "uid") } }

    /// FLARE's word for its state; a word that only says that the call went well is none.
    var status: String? {
        first { level in
            guard let word = level.text("status", "state"), !FLAREStatuses.ofCalls.contains(word.lowercased()) else {
                return nil
            }
            return word
        }
    }

    /// What its state means; nil where FLARE says nothing of it or a word that we do not know.
    var meaning: StatusTable.Meaning? { status.flatMap(FLAREStatuses.table.meaning) }

    /// The name under which it was submitted.
    var reference: String? {
        first { $0.object("workload")?.text("name") ?? $0.text("workload_name", "name") ?? $0.text("workload") }
    }

    /// Everything that it says, under the given id; `silence` is the state where it does not say any.
    func observation(id: AllocationID, silence: AllocationState = .unknown) -> Observation {
        var seen = Observation(
            id: id,
            state: status.map(FLAREStatuses.table.state) ?? silence,
            rawState: status ?? ""
        )
        seen.reference = reference
        seen.url = first { $0.object("workload")?.text("url") ?? $0.text("workload_url", "url") }
        seen.createdAt = first {
            $0.moment("created_at", "submitted_at") ?? $0.object("workload")?.moment("start_time")
        }
        seen.estimatedStart = first { $0.moment("estimated_start_time", "estimated_start") }
        seen.message = first { $0.text("message") }
        readResources(&seen)
        readCosts(&seen)
        seen.details = details
        return seen
    }

    private func readResources(_ seen: inout Observation) {
        let resources = first { $0.object("resources") }
        let gpu = resources?.object("gpu") ?? first { $0.object("gpu_allocation", "gpu") }
        seen.gpuType = gpu?.text("model") ?? first { $0.text("gpu_model", "gpu_type") }
        seen.gpuCount = gpu?.count("count") ?? first { $0.count("gpu_count") }
        seen.provider = resources?.text("provider") ?? first { $0.text("selected_provider", "provider") }
        seen.location = resources?.text("location") ?? gpu?.text("location") ?? first { $0.text("location") }
        seen.cpuCores = resources?.count("cpu", "cpu_cores")
    }

    private func readCosts(_ seen: inout Observation) {
        let costs = first { $0.object("costs") }
        let currency = costs?.text("currency")?.uppercased() ?? first { $0.text("currency") }?.uppercased() ?? "EUR"
        let unit: ReplyPrice.Unit = currency == "EUR" ? .euros : .unknown
        seen.hourlyCost =
            costs?.price("hourly_rate", "hourly_cost", unit: unit)
            ?? first { $0.price("hourly_rate", "hourly_cost", "estimated_cost", unit: unit) }
        seen.totalCost =
            costs?.price("total_cost", "current_cost", unit: unit)
            ?? first { $0.price("current_cost", "total_cost", unit: unit) }
    }

    private var details: [Observation.Detail] {
        let performance = first { $0.object("performance") }
        let gpu = first { $0.object("resources") }?.object("gpu")
        let runtime = first { $0.object("workload") }?.text("runtime")
        let facts: [(name: String, value: String?)] = [
            ("gpu_utilization", gpu?.text("utilization") ?? first { $0.text("gpu_utilization") }),
            ("latency_p50", performance?.text("latency_p50") ?? first { $0.text("latency_p50") }),
            ("latency_p99", performance?.text("latency_p99") ?? first { $0.text("latency_p99") }),
            ("throughput", performance?.text("throughput") ?? first { $0.text("throughput") }),
            ("runtime", runtime ?? first { $0.text("runtime") }),
        ]
        return facts.compactMap { fact in fact.value.map { Observation.Detail(name: fact.name, value: $0) } }
    }

    private func first<Value>(_ read: (ReplyObject) -> Value?) -> Value? {
        for level in levels {
            if let value = read(level) { return value }
        }
        return nil
    }
}

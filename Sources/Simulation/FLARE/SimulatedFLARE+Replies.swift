import Intents
import Reconciling

extension SimulatedFLARE {
    /// The answer to a submitted intent.
    func submitted(_ serial: Int) -> TransportReply {
        let (purchase, ware) = (estate.purchases[serial], estate.shelf[estate.purchases[serial].ware])
        let start = PlainText.text(purchase.createdAt + settings.startTime)
        return .json(201) { reply in
            reply.member("intent_id", purchase.id)
            if settings.replies == .flat {
                reply.member("status", settings.dialect == .head ? "Pending" : "pending")
                reply.member("message", "Intent received and processing")
                reply.member("estimated_cost", PlainText.text(purchase.hourly) + "/hour")
                reply.member("estimated_start_time", start)
                return
            }
            reply.member("status", "success")
            reply.member("message", "Intent submitted successfully")
            reply.key("data")
            reply.object { data in
                data.member("estimated_cost", PlainText.text(purchase.hourly) + "/hour")
                data.member("estimated_start_time", start)
                data.member("selected_provider", ware.provider)
                data.key("gpu_allocation")
                data.object { allocation in
                    allocation.member("model", ware.chip.model)
                    allocation.member("count", allocations[serial].gpuCount)
                    allocation.member("location", ware.location)
                }
            }
        }
    }

    /// One allocation.
    func detail(_ serial: Int) -> TransportReply {
        .json(200) { reply in
            reply.member("intent_id", estate.purchases[serial].id)
            reply.member("status", status(serial))
            switch settings.replies {
            case .flat: writeFlat(serial, to: &reply)
            case .nested: writeNested(serial, to: &reply)
            }
        }
    }

    /// Many allocations.
    func listed(_ serials: [Int]) -> TransportReply {
        .json(200) { reply in
            reply.key(settings.listKey)
            reply.array { list in
                for serial in serials {
                    list.object { entry in
                        entry.member("intent_id", estate.purchases[serial].id)
                        if settings.listEntries == .named { entry.member("name", allocations[serial].name) }
                        entry.member("status", status(serial))
                        entry.member("created_at", PlainText.text(estate.purchases[serial].createdAt))
                    }
                }
            }
        }
    }

    /// What is on sale.
    func resources() -> TransportReply {
        .json(200) { reply in
            reply.key("available_gpus")
            reply.array { list in
                for ware in estate.shelf where ware.isOffered {
                    list.object { entry in
                        entry.member("model", ware.chip.model)
                        entry.member("count", ware.free)
                        entry.member("memory", "\(ware.memory)Gi")
                        entry.member("location", ware.location)
                        entry.member("cost_per_hour", PlainText.text(ware.price))
                        entry.member("provider", ware.provider)
                    }
                }
            }
        }
    }

    private func writeFlat(_ serial: Int, to reply: inout JSONText) {
        let purchase = estate.purchases[serial]
        reply.member("workload_url", url(serial))
        reply.member("current_cost", PlainText.text(purchase.cost(at: estate.now)))
        reply.member("runtime", PlainText.text(estate.now - purchase.createdAt))
        reply.member("gpu_utilization", purchase.phase == .running ? "85%" : "0%")
        reply.member("message", message(purchase.phase))
    }

    private func writeNested(_ serial: Int, to reply: inout JSONText) {
        let (purchase, allocation) = (estate.purchases[serial], allocations[serial])
        let ware = estate.shelf[purchase.ware]
        reply.key("workload")
        reply.object { workload in
            workload.member("name", allocation.name)
            workload.member("type", allocation.kind.rawValue)
            workload.member("url", url(serial))
            workload.member("start_time", PlainText.text(purchase.createdAt + settings.startTime))
            workload.member("runtime", PlainText.text(estate.now - purchase.createdAt))
        }
        reply.key("resources")
        reply.object { resources in
            resources.member("provider", ware.provider)
            resources.member("location", ware.location)
            resources.key("gpu")
            resources.object { gpu in
                gpu.member("model", ware.chip.model)
                gpu.member("count", allocation.gpuCount)
                gpu.member("utilization", purchase.phase == .running ? "85%" : "0%")
            }
        }
        reply.key("costs")
        reply.object { costs in
            costs.member("hourly_rate", PlainText.text(purchase.hourly) + "/hour")
            costs.member("total_cost", PlainText.text(purchase.cost(at: estate.now)))
            costs.member("currency", "EUR")
        }
        reply.key("performance")
        reply.object { performance in
            performance.member("latency_p50", "45ms")
            performance.member("latency_p99", "120ms")
            performance.member("throughput", "150 req/s")
        }
    }

    private func url(_ serial: Int) -> String { "https://\(allocations[serial].name).flare.example.com" }

    private func message(_ phase: SimulatedPhase) -> String {
        switch phase {
        case .booting: "Intent received and processing"
        case .running: "Workload running successfully"
        case .stopping, .stopped: "Workload stopped"
        case .completed: "Workload completed"
        case .failed: "Workload failed"
        }
    }

    /// FLARE's word for how far an allocation has come; the newer dialect tells the steps of its start.
    private func status(_ serial: Int) -> String {
        let purchase = estate.purchases[serial]
        switch (settings.dialect, purchase.phase) {
        case (.seed, .booting): return "pending"
        case (.seed, .running), (.seed, .stopping): return "running"
        case (.seed, .completed): return "completed"
        case (.seed, .failed), (.seed, .stopped): return "failed"
        case (.head, .running), (.head, .stopping): return "Ready"
        case (.head, .completed): return "Completed"
        case (.head, .failed), (.head, .stopped): return "Failed"
        case (.head, .booting):
            let steps = ["Pending", "SolverNotReady", "NamespaceOffloadingNotReady", "DeployNotReady"]
            let whole = max(1, settings.startTime.milliseconds)
            let step = (estate.now - purchase.createdAt).milliseconds * Int64(steps.count) / whole
            return steps[Int(min(step, Int64(steps.count) - 1))]
        }
    }
}

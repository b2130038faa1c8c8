import Intents
import Reconciling

extension SimulatedFlexAI {
    /// What is on sale.
    func gpuTypes() -> TransportReply {
        .jsonValue(200) { text in
            switch settings.dialect {
            case .documented:
                text.object { reply in
                    reply.key("gpu_types")
                    reply.array(writeTypes)
                }
            case .loose: text.array(writeTypes)
            }
        }
    }

    /// One instance.
    func shown(_ serial: Int) -> TransportReply { shown(serial, status: 200) }

    /// One instance, with a status of the caller's choice.
    func shown(_ serial: Int, status: Int) -> TransportReply {
        .jsonValue(status) { write(serial, to: &$0) }
    }

    /// Many instances.
    func listed(_ serials: [Int]) -> TransportReply {
        .json(200) { reply in
            reply.key("instances")
            reply.array { list in for serial in serials { write(serial, to: &list) } }
            reply.member("count", serials.count)
        }
    }

    /// The answer to a stop or a delete.
    func accepted(_ id: Substring, status: String?, message: String) -> TransportReply {
        .json(200) { reply in
            switch settings.dialect {
            case .documented: reply.member("success", true)
            case .loose:
                reply.member("instance_id", String(id))
                if let status { reply.member("status", status) }
            }
            reply.member("message", message)
        }
    }

    /// The answer for an instance that is not there.
    func notFound(_ id: Substring) -> TransportReply { .detail(404, "Instance \(id) not found") }

    /// FlexAI's word for a phase.
    func word(_ phase: SimulatedPhase) -> String {
        switch phase {
        case .booting: "pending"
        case .running: "running"
        case .stopping: "stopping"
        case .stopped: "stopped"
        case .completed: "completed"
        case .failed: "failed"
        }
    }

    private func write(_ serial: Int, to text: inout JSONText) {
        let (instance, purchase) = (instances[serial], estate.purchases[serial])
        text.object { reply in
            reply.member("instance_id", purchase.id)
            reply.member("gpu_type", instance.gpuType)
            reply.member("gpu_count", purchase.gpuCount)
            reply.member("cpu_cores", instance.cpuCores)
            reply.member("ram_gb", instance.ramGB)
            reply.member("status", status(of: purchase))
            reply.key("ip_address")
            if purchase.phase == .booting { reply.null() } else { reply.string(instance.address) }
            reply.key("created_at")
            reply.literal(Self.epochSeconds(purchase.createdAt))
            if settings.userIDs == .echoed, let userID = instance.userID { reply.member("user_id", userID) }
        }
    }

    private func status(of purchase: SimulatedPurchase) -> String {
        if !purchase.isAlive { return "deleted" }
        if purchase.isDeleting, settings.dialect == .documented { return "deleting" }
        return word(purchase.phase)
    }

    private func writeTypes(to list: inout JSONText) {
        for ware in estate.shelf {
            list.object { entry in
                entry.member("id", ware.name)
                entry.member("name", ware.chip.title)
                entry.member("memory", "\(ware.memory)GB")
                entry.member("compute_capability", ware.chip.computeCapability)
                entry.key("price_per_hour")
                entry.literal(PlainText.text(ware.price).dropLast(" EUR".count))
                entry.member("available", ware.isOffered && ware.free > 0)
            }
        }
    }

    /// A moment as seconds since 1970 with a fraction, as the platform writes it.
    private static func epochSeconds(_ moment: Timestamp) -> String {
        let fraction = String(moment.milliseconds % 1000)
        return "\(moment.milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
    }
}

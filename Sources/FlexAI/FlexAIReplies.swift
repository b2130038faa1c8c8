import Documents
import Intents
import Placement
import Reconciling

/// Reads FlexAI's replies.
struct FlexAIReplies {
    private let configuration: FlexAIConfiguration
    private let refusals: PlatformRefusals

    /// A reader whose errors `refusals` makes.
    init(_ configuration: FlexAIConfiguration, refusals: PlatformRefusals) {
        self.configuration = configuration
        self.refusals = refusals
    }

    /// What is on sale: GPU types that are not available are no offers, and one that cannot be read holds up no other.
    func offers(_ root: Node) throws(PlatformError) -> [Offer] {
        let entries = try entries(root, key: "gpu_types", .offers)
        var offers: [Offer.ID: Offer] = [:]
        var isReadable = entries.isEmpty
        for entry in entries {
            guard let type = ReplyObject(entry, words: refusals.words),
                let id = type.id("id", "gpu_type", "type", "name")
            else { continue }
            isReadable = true
            guard let offer = offer(type, name: id.rawValue) else { continue }
            if let known = offers[offer.id], !isDearer(offer, than: known) { continue }
            offers[offer.id] = offer
        }
        guard isReadable else { throw refusals.malformed(.offers, "no entry of gpu_types has an id", status: 200) }
        return offers.values.sorted { $0.id < $1.id }
    }

    private func offer(_ type: ReplyObject, name: String) -> Offer? {
        let count = type.count("available", "available_count")
        guard type.truth("available") != false, count.map({ $0 > 0 }) ?? true else { return nil }
        var offer = Offer(id: Offer.ID(platform: .flexai, name: name), model: name)
        offer.location = configuration.location
        offer.gpuMemory = type.memory("memory", "gpu_memory", "memory_gb")
        offer.available = count
        if let euros = type.price("price_per_hour", "hourly_price", unit: .unknown) {
            offer.hourlyPerGPU = euros
        } else {
            offer.currency = configuration.currency.uppercased()
            offer.hourlyPerGPU = type.price("price_per_hour", "hourly_price", unit: .euros)
        }
        offer.computeCapability = type.capability("compute_capability")
        return offer
    }

    /// Of one type that is named twice the dearer entry counts, an unknown price most of all.
    private func isDearer(_ offer: Offer, than other: Offer) -> Bool {
        guard let price = offer.hourlyPerGPU else { return true }
        return other.hourlyPerGPU.map { price > $0 } ?? false
    }

    /// Everything that lives; one entry that cannot be named makes the whole listing useless.
    func instances(_ root: Node) throws(PlatformError) -> [Observation] {
        var instances: [Observation] = []
        for entry in try entries(root, key: "instances", .list) {
            guard let instance = ReplyObject(entry, words: refusals.words), let id = instance.id("instance_id", "id")
            else {
                throw refusals.malformed(.list, "an entry of the listing has no id", status: 200)
            }
            if status(instance) == .gone { continue }
            instances.append(observation(instance, id: id))
        }
        return instances
    }

    /// The one instance that was asked for; throws with `.gone` where its status says that it is no more.
    ///
    /// A reply that names another instance, or none and no status that we know, is not about ours.
    func instance(_ root: Node, id: AllocationID) throws(PlatformError) -> Observation {
        guard let instance = instanceObject(root) else {
            throw refusals.malformed(.observe, "an instance is expected, not \(root.kind)", status: 200)
        }
        let named = instance.id("instance_id", "id")
        guard named == id || (named == nil && status(instance) != nil) else {
            throw refusals.malformed(.observe, "the reply is not about the instance that was asked for", status: 200)
        }
        guard status(instance) != .gone else {
            let word = instance.text("status", "state") ?? ""
            throw refusals.objection("TERMINATED", "the platform says \(word)", .gone, status: 200)
        }
        return observation(instance, id: id)
    }

    /// The instance that was bought, or nil where the reply does not name it.
    func bought(_ root: Node) -> Observation? {
        guard let instance = instanceObject(root), let id = instance.id("instance_id", "id") else { return nil }
        return observation(instance, id: id)
    }

    private func instanceObject(_ root: Node) -> ReplyObject? {
        guard let whole = ReplyObject(root, words: refusals.words) else { return nil }
        if whole.id("instance_id", "id") != nil { return whole }
        return whole.object("instance", "data") ?? whole
    }

    private func status(_ instance: ReplyObject) -> StatusTable.Meaning? {
        instance.text("status", "state").flatMap(StatusTable.common.meaning)
    }

    private func observation(_ instance: ReplyObject, id: AllocationID) -> Observation {
        let raw = instance.text("status", "state") ?? ""
        var seen = Observation(id: id, state: StatusTable.common.state(of: raw), rawState: raw)
        seen.reference = instance.text("user_id")
        seen.address = instance.text("ip_address", "ip", "host", "address")
        seen.url = instance.text("url", "jupyter_url", "access_url")
        seen.createdAt = instance.moment("created_at", "start_time")
        seen.gpuType = instance.text("gpu_type", "type")
        seen.gpuCount = instance.count("gpu_count", "count")
        seen.cpuCores = instance.count("cpu_cores", "cpu")
        seen.memoryGB = instance.count("ram_gb", "ram", "memory_gb")
        seen.location = instance.text("location", "region")
        seen.message = instance.text("message", "status_message")
        seen.details = ["environment", "gpu_utilization", "name"].compactMap { name in
            instance.text(name).map { Observation.Detail(name: name, value: $0) }
        }
        return seen
    }

    private func entries(_ root: Node, key: String, _ operation: PlatformOperation) throws(PlatformError) -> [Node] {
        do throws(ListReply.Unreadable) {
            return try ListReply.entries(of: root, key: key)
        } catch {
            throw refusals.malformed(operation, error.problem, status: 200)
        }
    }
}

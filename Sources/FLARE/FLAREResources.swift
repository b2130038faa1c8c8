import Documents
import Intents
import Placement
import Reconciling

/// Reads what FLARE's federation has on sale.
struct FLAREResources {
    private let refusals: PlatformRefusals

    /// A reader whose errors `refusals` makes.
    init(refusals: PlatformRefusals) { self.refusals = refusals }

    /// The offers of a reply; an entry that cannot be read holds up no other.
    ///
    /// Entries of one name are one offer: their counts add up, and it costs what the dearest does, since FLARE chooses
    /// among them.
    func offers(_ root: Node) throws(PlatformError) -> [Offer] {
        let entries: [Node]
        do throws(ListReply.Unreadable) {
            entries = try ListReply.entries(of: root, key: "available_gpus")
        } catch {
            throw refusals.malformed(.offers, error.problem, status: 200)
        }
        var offers: [Offer.ID: Offer] = [:]
        for entry in entries {
            guard let offer = ReplyObject(entry, words: refusals.words).flatMap(offer) else { continue }
            offers[offer.id] = offers[offer.id].map { merged($0, offer) } ?? offer
        }
        guard !offers.isEmpty || entries.isEmpty else {
            throw refusals.malformed(.offers, "no entry of available_gpus has a model", status: 200)
        }
        return offers.values.sorted { $0.id < $1.id }
    }

    private func offer(_ entry: ReplyObject) -> Offer? {
        guard let model = entry.text("model", "gpu_model") else { return nil }
        let zone = entry.text("availability_zone", "zone")
        let isSpot = entry.truth("interruptible", "spot", "preemptible", "pre_emptible") ?? false
        let name = FLAREOfferName(
            provider: entry.text("provider") ?? "",
            location: entry.text("location", "region") ?? "",
            model: model,
            memory: entry.text("memory") ?? "",
            marks: (zone.map { ["zone=\($0)"] } ?? []) + (isSpot ? ["spot"] : [])
        )
        var offer = Offer(id: Offer.ID(platform: .flare, name: name.text), model: model)
        offer.provider = entry.text("provider")
        offer.location = entry.text("location", "region")
        offer.zone = zone
        offer.spot = isSpot
        offer.gpuMemory = entry.memory("memory")
        offer.available = entry.count("count", "available").map { max(0, $0) }
        offer.hourlyPerGPU = entry.price("cost_per_hour", "hourly_rate", unit: .euros)
        offer.latencyMs = entry.count("latency_ms", "network_latency_ms")
        offer.architecture = entry.text("architecture").flatMap { GPUWish.Architecture(rawValue: $0.lowercased()) }
        offer.tier = entry.text("tier").flatMap { GPUWish.Tier(rawValue: $0.lowercased()) }
        offer.interconnect = entry.text("interconnect").flatMap { GPUWish.Interconnect(rawValue: $0.lowercased()) }
        offer.computeCapability = entry.capability("compute_capability")
        return offer
    }

    private func merged(_ first: Offer, _ second: Offer) -> Offer {
        var offer = first
        offer.available = first.available.flatMap { left in
            second.available.map { right in
                let (sum, overflow) = left.addingReportingOverflow(right)
                return overflow ? Int.max : sum
            }
        }
        offer.hourlyPerGPU = first.hourlyPerGPU.flatMap { left in second.hourlyPerGPU.map { max(left, $0) } }
        return offer
    }
}

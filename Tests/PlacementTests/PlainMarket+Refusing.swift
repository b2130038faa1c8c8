import Intents

@testable import Placement

/// Why nothing fits, found by giving up every set of wishes in turn.
extension PlainMarket {
    /// An offer with what would have to be given up for it.
    private struct Near {
        let offer: Offer
        let given: [PlainWish]
        let keys: [Int64]
    }

    /// How many sets times offers are tried before it is called too many.
    private static let mostSets = 1_000_000

    /// The refusal's code, the wishes to blame and the alternatives; nil where too many sets would have to be tried.
    func refusal(_ spec: IntentSpec) -> (code: String, blamed: [String], suggestions: [NoOffer.Suggestion])? {
        let wishes = PlainWish.all(spec, policy, topology: spec.workload.resources.gpu?.topology)
        let failing = offers.map { offer in
            wishes.indices.reduce(UInt64(0)) { wishes[$1].isGranted(offer) ? $0 : $0 | 1 << UInt64($1) }
        }
        let image = wishes.firstIndex { $0.name == "workload.image" }.map { UInt64(1) << UInt64($0) } ?? 0
        let eligible = Set(failing.filter { $0 & image == 0 })
        guard let sets = smallestSets(of: wishes.count, freeing: Array(eligible)) else { return nil }
        guard !sets.isEmpty else { return ("INSUFFICIENT_RESOURCES", ["workload.image"], []) }
        let least = sets.map { Self.weight(named($0, wishes)) }.min() ?? 0
        let near: [Near] = offers.indices.filter { failing[$0] & image == 0 }
            .map { miss(offers[$0], named(failing[$0], wishes), spec) }
            .sorted { $0.keys == $1.keys ? $0.offer.id < $1.offer.id : $0.keys.lexicographicallyPrecedes($1.keys) }
        guard let nearest = near.first, Self.weight(nearest.given) == least,
            sets.contains(where: { named($0, wishes).map(\.name) == nearest.given.map(\.name) })
        else { return ("the nearest offer is not among the smallest sets", [], []) }
        return (Self.code(nearest.given), nearest.given.map(\.name), suggestions(near, spec))
    }

    /// The smallest sets of wishes without which some offer fits; nil where there are too many to try.
    private func smallestSets(of count: Int, freeing failing: [UInt64]) -> [UInt64]? {
        guard !failing.isEmpty else { return [] }
        var sets: [UInt64] = [0]
        while true {
            let freeing = sets.filter { set in failing.contains { $0 & ~set == 0 } }
            guard freeing.isEmpty else { return freeing }
            sets = sets.flatMap { set in (64 - set.leadingZeroBitCount..<count).map { set | 1 << UInt64($0) } }
            if sets.count * failing.count > Self.mostSets { return nil }
        }
    }

    private func named(_ set: UInt64, _ wishes: [PlainWish]) -> [PlainWish] {
        wishes.indices.filter { set >> UInt64($0) & 1 == 1 }.map { wishes[$0] }
    }

    private static func weight(_ wishes: [PlainWish]) -> Int {
        wishes.reduce(0) { sum, wish in
            switch wish.code {
            case "COST_LIMIT_EXCEEDED": sum + 1
            case "GPU_COUNT_INSUFFICIENT": sum + 2
            case "GPU_MEMORY_INSUFFICIENT": sum + 3
            case "GPU_MODEL_UNAVAILABLE": sum + 4
            case "REGION_UNAVAILABLE": sum + 5
            default: sum + 6
            }
        }
    }

    private static func code(_ given: [PlainWish]) -> String {
        let codes = given.map(\.code)
        for code in ["GPU_MODEL_UNAVAILABLE", "REGION_UNAVAILABLE"] where codes.contains(code) { return code }
        return codes.first { $0 != "INSUFFICIENT_RESOURCES" } ?? "INSUFFICIENT_RESOURCES"
    }

    private func miss(_ offer: Offer, _ given: [PlainWish], _ spec: IntentSpec) -> Near {
        let distance = abs((offer.fp32Tflops?.thousandths ?? 0) - (wishedThroughput(spec) ?? 0))
        let cost = Self.hourly(spec, offer).map { $0 / Int64(Self.slots(spec)) } ?? .max
        return Near(offer: offer, given: given, keys: [Int64(given.count), Int64(Self.weight(given)), distance, cost])
    }

    private func wishedThroughput(_ spec: IntentSpec) -> Int64? {
        let gpu = spec.workload.resources.gpu
        let match = gpu?.model.flatMap { GPUCatalog.standard.find($0, memory: gpu?.memory) }
        return (match?.variant.fp32Tflops ?? gpu?.fp32Tflops)?.thousandths
    }

    /// The nearest three that a person would not read alike.
    private func suggestions(_ near: [Near], _ spec: IntentSpec) -> [NoOffer.Suggestion] {
        var seen: Set<String> = []
        var told: [NoOffer.Suggestion] = []
        for miss in near where told.count < 3 {
            let offer = miss.offer
            let gpus = offer.machine.map { $0.gpus > 1 ? "\($0.gpus) × " : "" } ?? ""
            let memory = offer.gpuMemory.map { " \($0.inGibibytes)" } ?? ""
            let seller = offer.provider ?? offer.platform.rawValue
            let words = "\(gpus)\(offer.model)\(memory) of \(seller)\(offer.location.map { " in \($0)" } ?? "")"
            guard seen.insert(words).inserted else { continue }
            let price = offer.machine?.hourly.map { " at \($0.inWords)/hour" } ?? ""
            let given = miss.given.map(\.name).joined(separator: " and ")
            let cost = Self.hourly(spec, offer).map { $0 / Int64(Self.slots(spec)) }
            told.append(
                NoOffer.Suggestion(
                    alternative: "\(words)\(price), without \(given)",
                    costDifference: Self.percent(cost, of: wishedCost(spec)),
                    performanceImpact: Self.percent(offer.fp32Tflops?.thousandths, of: wishedThroughput(spec))
                )
            )
        }
        return told
    }

    private func wishedCost(_ spec: IntentSpec) -> Int64? {
        let wishes = PlainWish.all(spec, policy, topology: nil)
        let count = spec.workload.resources.gpu?.count ?? 1
        let slots = Int64(Self.slots(spec))
        if let model = wishes.first(where: { $0.name == "workload.resources.gpu.model" }) {
            let fitting = offers.filter { model.isGranted($0) && $0.machine?.gpus ?? count >= count }
            if let least = fitting.compactMap({ Self.hourly(spec, $0) }).min() { return least / slots }
        }
        return spec.constraints.maxHourlyCost.map { $0.micros / slots }
    }

    private static func percent(_ part: Int64?, of whole: Int64?) -> String {
        guard let part, let whole, whole > 0 else { return "" }
        let percent = Int64((100 * (Double(part) / Double(whole) - 1)).rounded())
        return "\(percent < 0 ? "" : "+")\(percent)%"
    }
}

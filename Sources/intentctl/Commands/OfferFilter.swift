import Intents
import Placement

/// Which offers are listed, and in which order: the wishes of an intent that runs nothing.
struct OfferFilter: Sendable {
    /// How offers are sorted.
    enum Order: String, CaseIterable, Hashable, Sendable {
        /// By name.
        case name
        /// The cheapest first.
        case price
        /// The fastest first.
        case speed
        /// The nearest first.
        case latency
        /// The most for the money first.
        case balance
    }

    private var spec = IntentSpec()
    private let order: Order
    private let spot: Bool?

    /// The filter that the options of a line ask for.
    init(_ line: ParsedLine) throws(UsageError) {
        var gpu = GPUWish()
        gpu.interruptible = true
        gpu.shared = true
        gpu.model = line.value(.model)?.lowercased()
        do throws(UnitError) {
            gpu.memory = try line.value(.gpuMemory).map { text throws(UnitError) in try Quantity(parsing: text) }
            spec.constraints.maxHourlyCost = try line.value(.maxPrice)
                .map { text throws(UnitError) in try Money(parsingRate: text.hasSuffix("EUR") ? text : text + " EUR") }
        } catch {
            throw UsageError(error.description, in: line.command)
        }
        if let text = line.value(.gpus) {
            guard let count = Int(text), (1...IntentLimits.gpus).contains(count) else {
                throw UsageError("--gpus must be a whole number from 1 to \(IntentLimits.gpus)", in: line.command)
            }
            gpu.count = count
        }
        spec.constraints.location = line.value(.location)
        spec.constraints.providers = line.options[OptionDescription.provider.name] ?? []
        spec.workload.resources.gpu = gpu
        order = Order(rawValue: line.value(.sort) ?? "") ?? .name
        spot = line.value(.spot).map { $0 == "only" }
        switch order {
        case .name, .price: spec.objective = .cost
        case .speed: spec.objective = .performance
        case .latency: spec.objective = .latency
        case .balance: spec.objective = .balanced
        }
    }

    /// The offers of a market that pass, in order.
    func offers(of market: Market, now: Timestamp) -> [Offer] {
        var market = market
        // What is only listed has no image that a bare instance would not run.
        market.policy.bareInstancesAllowed = true
        let offers = market.rank(spec, now: now).candidates.map(\.offer).filter { spot == nil || $0.spot == spot }
        return order == .name ? offers.sorted { $0.id < $1.id } : offers
    }
}

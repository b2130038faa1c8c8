/// How far an offer strays from a wish, or may: by how much more money, and by how much less of which resources.
package struct Deviation: Hashable, Sendable {
    /// A wish that can be negotiated; its text is the field's path under `spec`.
    package enum Field: String, Hashable, Sendable, CaseIterable, Comparable {
        /// The cap on an hour.
        case hourlyCost = "constraints.max_hourly_cost"
        /// The cap on it all.
        case totalCost = "constraints.max_total_cost"
        /// Memory of each GPU.
        case gpuMemory = "workload.resources.gpu.memory"
        /// Cores of each GPU.
        case cores = "workload.resources.gpu.cores"
        /// Clock of each GPU.
        case clockSpeed = "workload.resources.gpu.clock_speed"
        /// Throughput of each GPU.
        case throughput = "workload.resources.gpu.fp32_tflops"
        /// Processor cores.
        case cpu = "workload.resources.cpu"
        /// Main memory.
        case memory = "workload.resources.memory"

        /// Whether it is a cap, which `price_flexibility` loosens; `resource_flexibility` loosens the others.
        package var isPrice: Bool { self == .hourlyCost || self == .totalCost }

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// How much more money, in thousandths of the caps.
    package var price: Int
    /// How much less of the resources, in thousandths of what is wished for.
    package var resources: Int
    /// The wishes that are not granted to the full; every other one is.
    package var fields: Set<Field>

    /// A deviation from its parts.
    package init(price: Int = 0, resources: Int = 0, fields: Set<Field> = []) {
        self.price = price
        self.resources = resources
        self.fields = fields
    }

    /// Whether this allows what `other` asks.
    package func covers(_ other: Deviation) -> Bool {
        price >= other.price && resources >= other.resources && fields.isSuperset(of: other.fields)
    }

    /// What allows both.
    package func union(_ other: Deviation) -> Deviation {
        Deviation(
            price: max(price, other.price),
            resources: max(resources, other.resources),
            fields: fields.union(other.fields)
        )
    }

    /// The deviation in a line without spaces: `80/50/constraints.max_hourly_cost+workload.resources.gpu.memory`.
    package var text: String {
        "\(price)/\(resources)/" + fields.sorted().map(\.rawValue).joined(separator: "+")
    }

    /// Reads what `text` wrote; nil for every other text.
    package init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let price = Int(parts[0]), let resources = Int(parts[1]), price >= 0, resources >= 0,
            resources <= 1000
        else { return nil }
        let names = parts[2].split(separator: "+", omittingEmptySubsequences: true)
        let fields = names.compactMap { Field(rawValue: String($0)) }
        guard fields.count == names.count else { return nil }
        self.init(price: price, resources: resources, fields: Set(fields))
    }

    /// The deviation for people: "8 % over constraints.max_hourly_cost, 5 % less workload.resources.gpu.memory".
    package var words: String {
        let caps = fields.filter(\.isPrice).sorted().map(\.rawValue).joined(separator: " and ")
        let wishes = fields.filter { !$0.isPrice }.sorted().map(\.rawValue).joined(separator: " and ")
        let parts = [
            caps.isEmpty ? "" : "\(Self.percent(price)) over \(caps)",
            wishes.isEmpty ? "" : "\(Self.percent(resources)) less \(wishes)",
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// Thousandths as a percentage: "8 %", "0.5 %".
    static func percent(_ thousandths: Int) -> String {
        let rest = thousandths % 10
        return rest == 0 ? "\(thousandths / 10) %" : "\(thousandths / 10).\(rest) %"
    }
}

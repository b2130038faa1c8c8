import Documents
import Intents
import Placement

/// An intent as a FLUIDOS Solver.
enum FluidosText {
    /// The Solver.
    static func node(_ intent: Intent) -> Node {
        let selector = FluidosSelector(intent.spec)
        let filters = Node.mapping(droppingNil: [
            "cpuFilter": selector.cpu.map(named), "memoryFilter": selector.memory.map(named),
            "gpuFilters": selector.gpus.isEmpty ? nil : .list(selector.gpus.map(gpu)),
        ])
        return .mapping([
            "apiVersion": .string("nodecore.fluidos.eu/v1alpha1"), "kind": .string("Solver"),
            "metadata": .mapping(["name": .string(intent.name)]),
            "spec": .mapping([
                "intentID": .string(intent.name), "findCandidate": .bool(true),
                "selector": .mapping(["flavorType": .string("K8Slice"), "filters": filters]),
            ]),
        ])
    }

    /// A filter of processor or memory.
    private static func named(_ filter: FluidosFilter) -> Node {
        .mapping(["name": .string(isRange(filter) ? "Range" : "Match"), "data": data(filter)])
    }

    private static func gpu(_ gpu: FluidosSelector.GPUFilter) -> Node {
        .mapping([
            "field": .string(gpu.field.rawValue), "filter": .string(gpu.filter.kind.rawValue), "data": data(gpu.filter),
        ])
    }

    private static func isRange(_ filter: FluidosFilter) -> Bool {
        switch filter {
        case .numbers, .resources: true
        case .text, .number, .truth: false
        }
    }

    private static func data(_ filter: FluidosFilter) -> Node {
        switch filter {
        case .text(let text): .mapping(["value": .string(text)])
        case .number(let number): .mapping(["value": Self.number(number)])
        case .numbers(let least, let most): .mapping(droppingNil: ["min": least.map(number), "max": most.map(number)])
        case .resources(let least, let most):
            .mapping(droppingNil: ["min": least.map { .string($0) }, "max": most.map { .string($0) }])
        case .truth(let truth): .mapping(["value": .bool(truth)])
        }
    }

    private static func number(_ thousandths: Int64) -> Node {
        thousandths % 1000 == 0 ? .integer(thousandths / 1000) : .number(Double(thousandths) / 1000)
    }
}

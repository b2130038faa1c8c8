import Documents

/// Rewrites an order of the documented form in the newer dialect.
///
/// `job` becomes `batch`, as a type and as a key; a GPU's least memory, cores and clock become the lower ends of
/// ranges; its throughput and efficiency become numbers. The objectives that intents know have the same names.
enum HeadDialect {
    private static let gpuNames = ["memory": "memory_min", "cores": "cores_min", "clock_speed": "clock_speed_min"]
    private static let gpuNumbers: Set<String> = ["fp32_tflops", "multi_gpu_efficiency"]

    /// The order in the newer dialect.
    static func translated(_ order: Node) -> Node {
        changing(order, "intent") { changing($0, "workload", workload) }
    }

    private static func workload(_ workload: Node) -> Node {
        let renamed = renaming(workload, ["job": "batch"])
        let typed = changing(renamed, "type") { $0.string == "job" ? Node.string("batch") : $0 }
        return changing(typed, "resources") { changing($0, "gpu", gpu) }
    }

    private static func gpu(_ gpu: Node) -> Node {
        gpuNumbers.reduce(renaming(gpu, gpuNames)) { gpu, key in changing(gpu, key, number) }
    }

    private static func number(_ node: Node) -> Node {
        guard let text = node.string, let number = Double(text) else { return node }
        return Node(.number(number, text: text))
    }

    private static func changing(_ node: Node, _ key: String, _ change: (Node) -> Node) -> Node {
        guard let members = node.mapping else { return node }
        return Node(.mapping(members.map { $0.key == key ? Node.Member($0.key, change($0.node)) : $0 }))
    }

    private static func renaming(_ node: Node, _ names: [String: String]) -> Node {
        guard let members = node.mapping else { return node }
        return Node(.mapping(members.map { Node.Member(names[$0.key] ?? $0.key, $0.node) }))
    }
}

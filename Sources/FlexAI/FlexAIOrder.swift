import Documents
import Intents
import Placement
import Reconciling

/// Writes the create call for one slot.
struct FlexAIOrder {
    private let configuration: FlexAIConfiguration

    /// Orders as this configuration wants them.
    init(_ configuration: FlexAIConfiguration) { self.configuration = configuration }

    /// What will be sent: the same order gives the same text.
    func prepared(_ order: Order) -> PreparedOrder {
        let reference = userID(order)
        let resources = order.spec.workload.resources
        let defaults = configuration.defaults
        let named = ImageFrameworks.named(in: order.spec.workload.image)
        let frameworks = (named.isEmpty ? defaults.frameworks : named).map { Node.string($0) }
        let cores = resources.cpu.map { Self.count($0, of: .units(1)) } ?? defaults.cpuCores
        let memory = resources.memory.map { Self.count($0, of: .gibibytes(1)) } ?? defaults.memoryGB
        let body = Node.mapping([
            ("gpu_type", .string(order.candidate.offer.id.name)),
            ("gpu_count", .integer(max(1, resources.gpu?.count ?? 1))),
            ("cpu_cores", .integer(cores)),
            ("ram_gb", .integer(memory)),
            ("user_id", .string(reference)),
            ("environment", .string(defaults.environment)),
            ("frameworks", .list(frameworks)),
        ])
        return PreparedOrder(attempt: order.attempt, reference: reference, body: DocumentPrinter.json(body))
    }

    private func userID(_ order: Order) -> String {
        let values = [
            "operator": configuration.operatorID, "intent": order.key.rawValue, "slot": String(order.slot),
            "attempt": order.attempt.short,
        ]
        var rest = configuration.userIDTemplate[...]
        var text = ""
        while let open = rest.firstIndex(of: "{") {
            text += rest[..<open]
            rest = rest[open...]
            guard let close = rest.firstIndex(of: "}"), let value = values[String(rest[open..<close].dropFirst())]
            else {
                text += "{"
                rest = rest.dropFirst()
                continue
            }
            text += value
            rest = rest[close...].dropFirst()
        }
        // FlexAI takes no environment: its user field is all that can say from which attempt this one goes on.
        return text + rest + (order.continues.map { "/after-\($0.short)" } ?? "")
    }

    /// How many whole units hold the amount: rounded up, at least one.
    private static func count(_ amount: Quantity, of unit: Quantity) -> Int {
        let (quotient, remainder) = amount.thousandths.quotientAndRemainder(dividingBy: unit.thousandths)
        return max(1, Int(quotient) + (remainder > 0 ? 1 : 0))
    }
}

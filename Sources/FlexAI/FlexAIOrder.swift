import Documents
import Intents
import Placement
import Reconciling

/// Writes the create call for one slot.
struct FlexAIOrder {
    private let configuration: FlexAIConfiguration
    private let template: UserIDTemplate

    /// Orders as this configuration wants them.
    init(_ configuration: FlexAIConfiguration) {
        self.configuration = configuration
        template = UserIDTemplate(configuration.userIDTemplate)
    }

    /// What will be sent: the same order gives the same text.
    func prepared(_ order: Order) -> PreparedOrder {
        let reference = template.text(order, operatorID: configuration.operatorID)
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

    /// How many whole units hold the amount: rounded up, at least one.
    private static func count(_ amount: Quantity, of unit: Quantity) -> Int {
        let (quotient, remainder) = amount.thousandths.quotientAndRemainder(dividingBy: unit.thousandths)
        return max(1, Int(quotient) + (remainder > 0 ? 1 : 0))
    }
}

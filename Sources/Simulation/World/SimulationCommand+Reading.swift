package import Documents
import Intents
import Placement

extension SimulationCommand {
    /// The command of an object such as `{"command": "lose", "platform": "flexai", "id": "inst-1"}`.
    package init(_ node: Node) throws(Diagnostic) {
        switch try Self.text("command", node) {
        case "lose": self = .lose(try Self.platform(node), id: try Self.text("id", node))
        case "preempt": self = .preempt(try Self.platform(node), id: try Self.text("id", node))
        case "resize":
            let count = try Self.number("gpu_count", node, 1...1_000_000)
            self = .resize(try Self.platform(node), id: try Self.text("id", node), gpuCount: count)
        case "set-price":
            let text = try Self.text("price", node)
            guard let price = PlainText.euros(text) else {
                throw Self.complaint("price", node, "an amount such as \"3.50 EUR\" is expected")
            }
            self = .setPrice(try Self.platform(node), ware: try Self.text("ware", node), price)
        case "set-capacity":
            let capacity = try Self.number("capacity", node, 0...1_000_000)
            self = .setCapacity(try Self.platform(node), ware: try Self.text("ware", node), capacity)
        case "set-offered":
            guard let isOffered = node["offered"]?.truth else {
                throw Self.complaint("offered", node, "true or false is expected")
            }
            self = .setOffered(try Self.platform(node), ware: try Self.text("ware", node), isOffered)
        case "set-credit": self = .setCredit(try Self.choice("credit", node))
        case "set-weather": self = .setWeather(try Self.choice("weather", node))
        case "set-chance":
            self = .setChance(try Self.choice("fault", node), permille: try Self.number("permille", node, 0...1000))
        case "befall":
            self = .befall(
                try Self.platform(node),
                try Self.choice("fault", node),
                try Self.choice("call", node),
                times: try Self.number("times", node, 1...1000)
            )
        case let other:
            throw Self.complaint("command", node, "unknown command \"\(other)\"")
        }
    }

    private static func platform(_ node: Node) throws(Diagnostic) -> PlatformName {
        PlatformName(rawValue: try text("platform", node))
    }

    private static func text(_ field: String, _ node: Node) throws(Diagnostic) -> String {
        guard let text = node[field]?.string else { throw complaint(field, node, "a text is expected") }
        return text
    }

    private static func number(
        _ field: String,
        _ node: Node,
        _ bounds: ClosedRange<Int>
    ) throws(Diagnostic) -> Int {
        guard let number = node[field]?.wholeNumber, bounds.contains(number) else {
            let message = "a whole number from \(bounds.lowerBound) to \(bounds.upperBound) is expected"
            throw complaint(field, node, message)
        }
        return number
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ field: String,
        _ node: Node
    ) throws(Diagnostic) -> Choice {
        guard let choice = node[field]?.string.flatMap(Choice.init(rawValue:)) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw complaint(field, node, "one of \(known) is expected")
        }
        return choice
    }

    private static func complaint(_ field: String, _ node: Node, _ message: String) -> Diagnostic {
        Diagnostic(file: "", position: (node[field] ?? node).position, field: field, message: message)
    }
}

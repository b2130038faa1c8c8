import Documents
import Intents
import Reconciling

/// Intents that no total tells apart: of their labels only those that the selectors of their totals name.
struct SpentGroup: Hashable, Comparable, Sendable {
    /// What is left of the labels; the same totals select it as select each of its intents.
    let labels: [String: String]
    /// What stands for the group where the key of an intent is asked for; no object can have such a name.
    let key: IntentKey

    /// A group by its labels.
    init(_ labels: [String: String]) {
        self.labels = labels
        key = IntentKey(rawValue: labels.json)
    }

    static func < (left: Self, right: Self) -> Bool { left.key < right.key }
}

/// The quotas that have a total, as far as sums are concerned.
struct TotalGroups: Sendable {
    private let selectors: [[String: String]]

    /// The groups that some quotas make; those without a total make none.
    init(_ quotas: [Quota]) { selectors = quotas.filter { $0.maxTotalCost != nil }.map(\.selector) }

    /// Whether no quota has a total, so that nothing need be kept.
    var isEmpty: Bool { selectors.isEmpty }

    /// The group of an intent with these labels; nil where no total counts it.
    func group(of labels: [String: String]) -> SpentGroup? {
        var isCounted = false
        var names: Set<String> = []
        for selector in selectors where Quota(selector: selector).selects(labels) {
            isCounted = true
            names.formUnion(selector.keys)
        }
        return isCounted ? SpentGroup(labels.filter { names.contains($0.key) }) : nil
    }
}

extension [String: String] {
    /// As a JSON object, sorted: the same text for the same labels.
    var json: String {
        DocumentPrinter.json(.mapping(sorted { $0.key < $1.key }.map { ($0.key, Node.string($0.value)) }))
    }

    /// Reads what ``json`` wrote; nil for every other text.
    init?(json: String) {
        guard let node = try? DocumentParser.json(Array(json.utf8)), let members = node.mapping else { return nil }
        self = [:]
        for member in members {
            guard let text = member.node.string else { return nil }
            self[member.key] = text
        }
    }
}

import Documents
import Intents
import Placement
import Reconciling
import Reporting

/// One line of a plan: a step that a run would take, or an intent for which there is nothing to do.
struct PlanRow: Hashable, Sendable {
    /// What is done.
    enum Verb: String, CaseIterable, Hashable, Sendable {
        /// Buy an allocation.
        case provision
        /// Take one into the ledger that is there already.
        case adopt
        /// End one.
        case delete
        /// Buy another one, then end the present one.
        case replace
        /// Stop one and keep it.
        case stop
        /// Nothing.
        case nothing

        /// The sign before it.
        var sign: String {
            switch self {
            case .provision: "+"
            case .adopt: "<"
            case .delete: "-"
            case .replace, .stop: "~"
            case .nothing: "="
            }
        }

        /// Its colour.
        var paint: Paint {
            switch self {
            case .provision, .adopt: .good
            case .delete: .bad
            case .replace, .stop: .doubtful
            case .nothing: .faint
            }
        }
    }

    /// Whose.
    var key: IntentKey
    /// What is done.
    var verb: Verb
    /// To which slot; nil for the whole intent.
    var slot: Int?
    /// On which platform; nil where none is concerned.
    var platform: PlatformName?
    /// What is bought or ended, such as `2x H100 (nvidia-h100)`.
    var what: String
    /// What the whole intent costs in an hour before the step.
    var hourlyBefore: Money
    /// What the whole intent costs in an hour after the step.
    var hourlyAfter: Money
    /// Why, in a sentence without a full stop.
    var why: String

    /// The row as a node.
    var node: Node {
        .mapping(droppingNil: [
            "intent": .string(key.rawValue),
            "verb": .string(verb.rawValue),
            "slot": slot.map { .integer($0) },
            "platform": platform.map { .string($0.rawValue) },
            "what": .string(what),
            "hourlyBefore": .string(hourlyBefore.rateText),
            "hourlyAfter": .string(hourlyAfter.rateText),
            "why": .string(why),
        ])
    }
}

/// A whole plan as text or JSON.
enum PlanText {
    /// Whether there is anything to do.
    static func isDifferent(_ rows: [PlanRow]) -> Bool { rows.contains { $0.verb != .nothing } }

    /// The lines of a plan, with a summary at the end.
    static func lines(_ rows: [PlanRow], width: Int? = nil, colour: Colour = .none) -> [String] {
        let titles = ["", "STEP", "INTENT", "SLOT", "PLATFORM", "WHAT"].map { TextTable.Column(title: $0) }
        let columns = titles + [.init(title: "COST/H", alignment: .right), .init(title: "WHY")]
        let cells = rows.map { row -> [TextTable.Cell] in
            [
                .init(row.verb.sign, row.verb.paint), .init(row.verb.rawValue, row.verb.paint),
                .init(row.key.rawValue), .init(row.slot.map(String.init) ?? "-"),
                .init(row.platform?.rawValue ?? "-"), .init(row.what), .init(cost(row)), .init(row.why),
            ]
        }
        let table = TextTable(columns: columns, rows: cells)
        let shown = rows.isEmpty ? [] : table.lines(width: width, colour: colour) + [""]
        return shown + [summary(rows)]
    }

    /// The plan as a node.
    static func node(_ rows: [PlanRow]) -> Node {
        .mapping([
            "steps": .list(rows.filter { $0.verb != .nothing }.map(\.node)),
            "unchanged": .list(rows.filter { $0.verb == .nothing }.map { .string($0.key.rawValue) }),
            "hourlyBefore": .string(before(rows).rateText),
            "hourlyAfter": .string(after(rows).rateText),
            "summary": .string(summary(rows)),
        ])
    }

    /// The plan in a sentence.
    static func summary(_ rows: [PlanRow]) -> String {
        func count(_ verb: PlanRow.Verb) -> Int { rows.count { $0.verb == verb } }
        let before = before(rows)
        let after = after(rows)
        let cost = before == after ? "\(after.rateText) as before" : "\(before.rateText) becomes \(after.rateText)"
        guard isDifferent(rows) else { return "Nothing to do; \(cost)." }
        let stops = count(.stop) == 0 ? "" : ", \(count(.stop)) to stop"
        let adoptions = count(.adopt) == 0 ? "" : ", \(count(.adopt)) to adopt"
        let purchases = "\(count(.provision)) to provision\(adoptions), \(count(.replace)) to replace"
        let steps = "\(purchases)\(stops), \(count(.delete)) to delete"
        return "\(steps), \(count(.nothing)) unchanged; \(cost)."
    }

    private static func cost(_ row: PlanRow) -> String {
        switch row.verb {
        case .provision, .adopt: "+" + (row.hourlyAfter - row.hourlyBefore).text
        case .delete: "-" + (row.hourlyBefore - row.hourlyAfter).text
        case .replace, .stop: row.hourlyBefore.text + " > " + row.hourlyAfter.text
        case .nothing: row.hourlyAfter.text
        }
    }

    /// What everything costs before the plan: of each intent, what its first step starts from.
    private static func before(_ rows: [PlanRow]) -> Money {
        Dictionary(rows.map { ($0.key, $0.hourlyBefore) }) { first, _ in first }.values.reduce(.zero, +)
    }

    /// What everything costs after the plan: of each intent, what its last step comes to.
    private static func after(_ rows: [PlanRow]) -> Money {
        Dictionary(rows.map { ($0.key, $0.hourlyAfter) }) { _, last in last }.values.reduce(.zero, +)
    }
}

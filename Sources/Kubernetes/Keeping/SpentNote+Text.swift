import Documents
import Intents
import Placement
import Reconciling

extension SpentNote {
    /// The longest text that fits the annotation, in bytes: all annotations of an object together may have 256 KiB.
    static let annotationLimit = 112 << 10

    private static let version = 1

    /// The annotation, condensed where it would be too long; nil where even that is.
    func annotation(at now: Timestamp, limit: Int = annotationLimit) -> String? {
        for note in [self, condensed(at: now)] {
            let text = DocumentPrinter.json(note.node)
            if text.utf8.count <= limit { return text }
        }
        return nil
    }

    /// Reads the annotation; the error says what is wrong with it.
    init(annotation text: String) throws(MalformedObject) {
        let node: Node
        do throws(Diagnostic) {
            node = try DocumentParser.json(Array(text.utf8))
        } catch {
            throw MalformedObject("the text", "is no JSON: \(error.message)")
        }
        let fields = try ObjectFields(node, path: "")
        guard try fields.integer("version") == Self.version else {
            throw fields.fault("version", "must be \(Self.version)")
        }
        for part in try fields.parts("groups") { try take(part) }
    }

    private mutating func take(_ fields: ObjectFields) throws(MalformedObject) {
        let group = SpentGroup(try fields.textsByName("labels"))
        for member in try fields.optionalPart("days")?.node.mapping ?? [] {
            guard let day = try? CalendarDay(parsing: member.key) else {
                throw fields.fault("days.\(member.key)", "is no day")
            }
            let platforms = try ObjectFields(member.node, path: "days.\(member.key)")
            for platform in platforms.node.mapping ?? [] {
                let name = PlatformName(rawValue: platform.key)
                let amount = Money(micros: Int64(try platforms.integer(platform.key)))
                sums[Sum(group: group, platform: name, day: day.number)] = amount
            }
        }
        for member in try fields.optionalPart("rows")?.node.mapping ?? [] {
            let row = try ObjectFields(member.node, path: "rows.\(member.key)")
            rows[AttemptID(rawValue: member.key)] = SpentRow(
                group: group,
                platform: PlatformName(rawValue: try row.text("platform")),
                from: try row.moment("from"),
                until: try row.moment("until"),
                amount: Money(micros: Int64(try row.integer("micros")))
            )
        }
    }

    /// Amounts are in millionths of a euro.
    private var node: Node {
        let groups = Set(sums.keys.map(\.group)).union(rows.values.map(\.group)).sorted()
        let sums = Dictionary(grouping: sums, by: \.key.group)
        let rows = Dictionary(grouping: rows, by: \.value.group)
        return .mapping([
            "version": .integer(Self.version),
            "groups": .list(
                groups.map { group in
                    .mapping(droppingNil: [
                        "labels": .mapping(
                            group.labels.sorted { $0.key < $1.key }.map { ($0.key, Node.string($0.value)) }
                        ),
                        "days": sums[group].map(Self.days),
                        "rows": rows[group].map(Self.rows),
                    ])
                }
            ),
        ])
    }

    private static func days(_ sums: [(key: Sum, value: Money)]) -> Node {
        let days = Dictionary(grouping: sums, by: \.key.day).sorted { $0.key < $1.key }
        return .mapping(
            days.map { day, sums in
                let platforms = sums.sorted { $0.key < $1.key }.map { sum, amount in
                    (sum.platform.rawValue, Node.integer(amount.micros))
                }
                return (CalendarDay(number: day).text, .mapping(platforms))
            }
        )
    }

    private static func rows(_ rows: [(key: AttemptID, value: SpentRow)]) -> Node {
        .mapping(
            rows.sorted { $0.key < $1.key }.map { attempt, row in
                let fields = Node.mapping([
                    "platform": .string(row.platform.rawValue),
                    "from": .string(row.from.text),
                    "until": .string(row.until.text),
                    "micros": .integer(row.amount.micros),
                ])
                return (attempt.rawValue, fields)
            }
        )
    }
}

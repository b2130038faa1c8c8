import Documents
import Intents
import Reconciling
import Reporting

/// The list of `events`.
enum EventList {
    /// Whose events they are.
    enum Subject: Hashable, Sendable {
        /// One intent's: its name is not repeated.
        case one
        /// Anybody's.
        case all
    }

    /// The table of these events, in their order.
    static func table(_ events: [Event], now: Timestamp, _ subject: Subject) -> TextTable {
        var columns: [TextTable.Column] = [
            .init(title: "TIME", givenUp: 1), .init(title: "AGE", alignment: .right), .init(title: "KIND"),
            .init(title: "REASON"),
        ]
        if subject == .all { columns.append(.init(title: "INTENT")) }
        columns.append(.init(title: "MESSAGE"))
        let rows = events.map { event -> [TextTable.Cell] in
            let head: [TextTable.Cell] = [
                .init(event.at.text), .init(Phrases.span(now - event.at)),
                .init(event.severity.rawValue, event.severity == .warning ? .doubtful : nil), .init(event.reason),
            ]
            let name: [TextTable.Cell] = subject == .all ? [.init(event.key?.rawValue ?? "-")] : []
            return head + name + [.init(event.message)]
        }
        return TextTable(columns: columns, rows: rows)
    }

    /// The events as a list.
    static func node(_ events: [Event]) -> Node {
        .list(
            events.map { event in
                .mapping(droppingNil: [
                    "at": .string(event.at.text),
                    "intent": event.key.map { .string($0.rawValue) },
                    "kind": .string(event.severity.rawValue),
                    "reason": .string(event.reason),
                    "message": .string(event.message),
                ])
            }
        )
    }
}

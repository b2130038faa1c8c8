import Intents
import Placement
import Reconciling

/// The table of `get`: one row for each intent.
enum StatusTable {
    /// How much it shows.
    enum Breadth: Hashable, Sendable {
        /// The essentials.
        case usual
        /// Place, offer, address and waiting too.
        case wide
    }

    /// The table of these intents, in their order.
    static func table(_ views: [IntentView], _ breadth: Breadth = .usual, now: Timestamp) -> TextTable {
        var columns: [TextTable.Column] = [
            .init(title: "NAME"), .init(title: "PHASE"), .init(title: "SLOTS", alignment: .right),
            .init(title: "PLATFORM", givenUp: 2), .init(title: "GPU", givenUp: 4),
            .init(title: "COST/H", alignment: .right, givenUp: 1),
            .init(title: "SO FAR", alignment: .right, givenUp: 3), .init(title: "AGE", alignment: .right, givenUp: 5),
        ]
        if breadth == .wide {
            columns += ["PROVIDER", "LOCATION", "OFFER", "ADDRESS", "RETRY"].map { .init(title: $0, givenUp: 6) }
        }
        columns.append(.init(title: "MESSAGE"))
        let rows = views.map { view in
            row(view, now) + (breadth == .wide ? wide(view, now) : []) + [.init(view.status.headline)]
        }
        return TextTable(columns: columns, rows: rows)
    }

    private static func row(_ view: IntentView, _ now: Timestamp) -> [TextTable.Cell] {
        let status = view.status
        return [
            .init(view.name),
            .init(status.phase.rawValue, Phrases.paint(status.phase)),
            .init("\(status.readySlots)/\(status.wantedSlots)"),
            .init(status.placement?.platform.rawValue ?? "-"),
            .init(status.placement.map { Phrases.gpus($0.count, $0.gpu) } ?? "-"),
            .init(status.cost.hourly.text),
            .init(hundredths(view.total(at: now)).text),
            .init(Phrases.span(now - view.createdAt)),
        ]
    }

    private static func wide(_ view: IntentView, _ now: Timestamp) -> [TextTable.Cell] {
        let status = view.status
        let addresses = status.url.map { [$0] } ?? status.slots.compactMap(\.address)
        return [
            .init(status.placement?.provider ?? "-"),
            .init(status.placement?.location ?? "-"),
            .init(status.placement?.offer ?? "-"),
            .init(addresses.isEmpty ? "-" : addresses.joined(separator: ",")),
            .init(status.nextRetryAt.map { $0 > now ? Phrases.span($0 - now) : "now" } ?? "-"),
        ]
    }

    /// An amount rounded up to the cent, as a table needs no millionths.
    static func hundredths(_ amount: Money) -> Money {
        let rest = amount.micros % 10_000
        guard rest > 0 else { return amount }
        return amount + Money(micros: 10_000 - rest)
    }
}

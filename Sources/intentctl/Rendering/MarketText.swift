import Documents
import Intents
import Placement
import Reconciling

/// What is on sale, what fits, and what nobody owns: the answers of `offers`, `explain` and `orphans`.
enum MarketText {
    /// The table of offers, in their order.
    static func offers(_ offers: [Offer]) -> TextTable {
        let columns: [TextTable.Column] = [
            .init(title: "PLATFORM"), .init(title: "OFFER"), .init(title: "PROVIDER", givenUp: 4), .init(title: "GPU"),
            .init(title: "MEMORY", alignment: .right, givenUp: 3), .init(title: "PRICE/H", alignment: .right),
            .init(title: "AVAILABLE", alignment: .right, givenUp: 2), .init(title: "SPOT", givenUp: 5),
            .init(title: "LOCATION", givenUp: 1),
        ]
        let rows = offers.map { offer -> [TextTable.Cell] in
            [
                .init(offer.platform.rawValue), .init(offer.id.name), .init(offer.provider ?? "-"),
                .init(offer.machine.map { Phrases.gpus($0.gpus, offer.model) } ?? offer.model),
                .init(offer.gpuMemory.map(\.text) ?? "-"), .init(offer.hourly(slotOf: 1)?.text ?? "unknown"),
                .init(offer.available.map(String.init) ?? "-"),
                .init(offer.spot ? "yes" : "no"), .init(place(offer)),
            ]
        }
        return TextTable(columns: columns, rows: rows)
    }

    /// The offers as a list.
    static func node(_ offers: [Offer]) -> Node { .list(offers.map(node)) }

    private static func node(_ offer: Offer) -> Node {
        .mapping(droppingNil: [
            "platform": .string(offer.platform.rawValue), "offer": .string(offer.id.name),
            "provider": offer.provider.map { .string($0) }, "gpu": .string(offer.model),
            "memory": offer.gpuMemory.map { .string($0.text) },
            "hourlyPerGPU": offer.hourlyPerGPU.map { .string($0.rateText) },
            "machine": offer.machine.map(machine), "available": offer.available.map { .integer($0) },
            "spot": .bool(offer.spot),
            "location": offer.location.map { .string($0) }, "zone": offer.zone.map { .string($0) },
        ])
    }

    private static func machine(_ machine: Machine) -> Node {
        .mapping(droppingNil: [
            "gpus": .integer(machine.gpus), "hourly": machine.hourly.map { .string($0.rateText) },
            "cpu": machine.cpu.map { .string($0.text) }, "memory": machine.memory.map { .string($0.text) },
            "storage": machine.storage.map { .string($0.text) },
            "instanceType": machine.instanceType.map { .string($0) },
        ])
    }

    private static func place(_ offer: Offer) -> String {
        let parts = [offer.location, offer.zone].compactMap(\.self)
        return parts.isEmpty ? "-" : parts.joined(separator: "/")
    }

    /// The table of allocations that nobody owns.
    static func orphans(_ orphans: [Orphan], now: Timestamp) -> TextTable {
        let columns: [TextTable.Column] = [
            .init(title: "PLATFORM"), .init(title: "ALLOCATION"), .init(title: "STATE"),
            .init(title: "GPU", givenUp: 2),
            .init(title: "COST/H", alignment: .right, givenUp: 1), .init(title: "AGE", alignment: .right, givenUp: 3),
            .init(title: "OURS", givenUp: 4), .init(title: "REFERENCE"),
        ]
        let rows = orphans.map { orphan -> [TextTable.Cell] in
            let seen = orphan.observation
            return [
                .init(orphan.platform.rawValue), .init(seen.id.rawValue), .init(seen.rawState),
                .init(seen.gpuType.map { Phrases.gpus(seen.gpuCount ?? 1, $0) } ?? "-"),
                .init(seen.hourlyCost?.text ?? "unknown"),
                .init(seen.createdAt.map { Phrases.span(now - $0) } ?? "-"), .init(orphan.isOwn ? "yes" : "-"),
                .init(seen.reference ?? "-"),
            ]
        }
        return TextTable(columns: columns, rows: rows)
    }

    /// Allocations that nobody owns, as a list.
    static func node(_ orphans: [Orphan]) -> Node {
        .list(
            orphans.map { orphan in
                let seen = orphan.observation
                return .mapping(droppingNil: [
                    "platform": .string(orphan.platform.rawValue), "allocation": .string(seen.id.rawValue),
                    "state": .string(seen.rawState), "gpu": seen.gpuType.map { .string($0) },
                    "count": seen.gpuCount.map { .integer($0) },
                    "hourly": seen.hourlyCost.map { .string($0.rateText) },
                    "createdAt": seen.createdAt.map { .string($0.text) },
                    "ours": .bool(orphan.isOwn), "reference": seen.reference.map { .string($0) },
                ])
            }
        )
    }
}

/// An allocation that a platform bills us for and our ledger does not know.
struct Orphan: Hashable, Sendable {
    /// Where it lives.
    var platform: PlatformName
    /// What the platform says of it.
    var observation: Observation
    /// Whether it bears this operator's name, so that a ledger that was put back has forgotten it.
    var isOwn = false
}

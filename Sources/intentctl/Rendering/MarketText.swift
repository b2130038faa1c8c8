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
            .init(title: "MEMORY", alignment: .right, givenUp: 3), .init(title: "GPU/H", alignment: .right),
            .init(title: "AVAILABLE", alignment: .right, givenUp: 2), .init(title: "SPOT", givenUp: 5),
            .init(title: "LOCATION", givenUp: 1),
        ]
        let rows = offers.map { offer -> [TextTable.Cell] in
            [
                .init(offer.platform.rawValue), .init(offer.id.name), .init(offer.provider ?? "-"),
                .init(offer.model), .init(offer.gpuMemory.map(\.text) ?? "-"),
                .init(offer.hourlyPerGPU?.text ?? "unknown"), .init(offer.available.map(String.init) ?? "-"),
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
            "available": offer.available.map { .integer($0) }, "spot": .bool(offer.spot),
            "location": offer.location.map { .string($0) }, "zone": offer.zone.map { .string($0) },
        ])
    }

    private static func place(_ offer: Offer) -> String {
        let parts = [offer.location, offer.zone].compactMap(\.self)
        return parts.isEmpty ? "-" : parts.joined(separator: "/")
    }

    /// The lines about what fits an intent.
    static func lines(_ explanation: Explanation, width: Int? = nil) -> [String] {
        var lines = ["\(Displayed.text(explanation.name)):"]
        if let refusal = explanation.ranking.refusal {
            lines.append("  no offer fits: \(Displayed.text("\(refusal.code): \(refusal.message)"))")
            for suggestion in refusal.suggestions {
                let effects = [suggestion.costDifference, suggestion.performanceImpact].filter { !$0.isEmpty }
                let text = effects.isEmpty ? "" : " (\(effects.joined(separator: ", ")))"
                lines.append("  instead: " + Displayed.text(suggestion.alternative + text))
            }
        }
        lines += candidates(explanation.ranking, width)
        lines += explanation.ranking.constraints.map {
            "  " + Displayed.text("\($0.name): \($0.verdict.rawValue)\($0.why.isEmpty ? "" : ", \($0.why)")")
        }
        return lines
    }

    private static func candidates(_ ranking: Ranking, _ width: Int?) -> [String] {
        guard !ranking.candidates.isEmpty else { return [] }
        let columns: [TextTable.Column] = [
            .init(title: "RANK", alignment: .right), .init(title: "PLATFORM"), .init(title: "OFFER"),
            .init(title: "GPU"), .init(title: "COST/H", alignment: .right), .init(title: "WHY"),
        ]
        let rows = ranking.candidates.enumerated().map { index, candidate -> [TextTable.Cell] in
            [
                .init(String(index + 1)), .init(candidate.offer.platform.rawValue), .init(candidate.offer.id.name),
                .init(candidate.offer.model), .init(candidate.hourly.text), .init(candidate.because),
            ]
        }
        let table = TextTable(columns: columns, rows: rows)
        return table.lines(width: width.map { max(20, $0 - 2) }).map { "  " + $0 }
    }

    /// What fits an intent, as a node.
    static func node(_ explanation: Explanation) -> Node {
        let ranking = explanation.ranking
        return .mapping(droppingNil: [
            "intent": .string(explanation.name),
            "candidates": .list(
                ranking.candidates.map { candidate in
                    .mapping([
                        "offer": node(candidate.offer), "hourly": .string(candidate.hourly.rateText),
                        "allocations": .integer(candidate.allocations), "because": .string(candidate.because),
                    ])
                }
            ),
            "refusal": ranking.refusal.map { refusal in
                .mapping([
                    "code": .string(refusal.code), "message": .string(refusal.message),
                    "suggestions": .list(refusal.suggestions.map(\.node)),
                ])
            },
            "constraints": .list(
                ranking.constraints.map {
                    .mapping([
                        "name": .string($0.name), "verdict": .string($0.verdict.rawValue), "why": .string($0.why),
                    ])
                }
            ),
        ])
    }

    /// The table of allocations that nobody owns.
    static func orphans(_ orphans: [Orphan], now: Timestamp) -> TextTable {
        let columns: [TextTable.Column] = [
            .init(title: "PLATFORM"), .init(title: "ALLOCATION"), .init(title: "STATE"),
            .init(title: "GPU", givenUp: 2),
            .init(title: "COST/H", alignment: .right, givenUp: 1), .init(title: "AGE", alignment: .right, givenUp: 3),
            .init(title: "REFERENCE"),
        ]
        let rows = orphans.map { orphan -> [TextTable.Cell] in
            let seen = orphan.observation
            return [
                .init(orphan.platform.rawValue), .init(seen.id.rawValue), .init(seen.rawState),
                .init(seen.gpuType.map { Phrases.gpus(seen.gpuCount ?? 1, $0) } ?? "-"),
                .init(seen.hourlyCost?.text ?? "unknown"),
                .init(seen.createdAt.map { Phrases.span(now - $0) } ?? "-"), .init(seen.reference ?? "-"),
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
                    "reference": seen.reference.map { .string($0) },
                ])
            }
        )
    }
}

extension NoOffer.Suggestion {
    /// The suggestion in FLARE's own words.
    fileprivate var node: Node {
        .mapping([
            "alternative": .string(alternative), "cost_difference": .string(costDifference),
            "performance_impact": .string(performanceImpact),
        ])
    }
}

/// What fits an intent and why.
struct Explanation: Hashable, Sendable {
    /// The intent's name.
    var name: String
    /// What fits.
    var ranking: Ranking
}

/// An allocation that a platform bills us for and our ledger does not know.
struct Orphan: Hashable, Sendable {
    /// Where it lives.
    var platform: PlatformName
    /// What the platform says of it.
    var observation: Observation
}

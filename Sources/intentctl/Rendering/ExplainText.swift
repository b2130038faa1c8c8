import Documents
import Intents
import Placement

/// Why an intent would be put where it would: the answers of `explain`.
enum ExplainText {
    /// The lines for a person.
    static func lines(_ name: String, _ explained: Explained, width: Int? = nil) -> [String] {
        var lines = ["\(Displayed.text(name)):"]
        if let refusal = explained.ranking.refusal {
            lines.append("  no offer fits: \(Displayed.text("\(refusal.code): \(refusal.message)", limit: 1000))")
            for suggestion in refusal.suggestions {
                let effects = [suggestion.costDifference, suggestion.performanceImpact].filter { !$0.isEmpty }
                let text = effects.isEmpty ? "" : " (\(effects.joined(separator: ", ")))"
                lines.append("  instead: " + Displayed.text(suggestion.alternative + text, limit: 1000))
            }
        }
        lines += explained.negotiation.map { "  negotiation: " + Displayed.text($0, limit: 1000) }
        lines += candidates(explained, width)
        if let spread = explained.spread { lines.append("  slots: " + Displayed.text(spread, limit: 1000)) }
        lines += explained.changes.map { "  would change it: " + Displayed.text($0, limit: 1000) }
        lines += funnel(explained)
        lines += explained.ranking.constraints.map {
            "  " + Displayed.text("\($0.name): \($0.verdict.rawValue)\($0.why.isEmpty ? "" : ", \($0.why)")")
        }
        return lines
    }

    /// The winner and the next three, side by side.
    private static func candidates(_ explained: Explained, _ width: Int?) -> [String] {
        guard !explained.contenders.isEmpty else { return [] }
        let columns: [TextTable.Column] = [
            .init(title: "RANK", alignment: .right), .init(title: "PLATFORM", givenUp: 3), .init(title: "OFFER"),
            .init(title: "GPU"), .init(title: "COST/H", alignment: .right),
            .init(title: "TFLOPS", alignment: .right, givenUp: 2),
            .init(title: "LATENCY", alignment: .right, givenUp: 1),
            .init(title: "WHY"),
        ]
        let rows = explained.contenders.enumerated().map { index, contender -> [TextTable.Cell] in
            let offer = contender.candidate.offer
            return [
                .init(String(index + 1)), .init(offer.platform.rawValue), .init(offer.id.name),
                .init(Phrases.gpus(contender.gpus, offer.model) + (offer.spot ? " (spot)" : "")),
                .init(contender.hourly?.text ?? "unknown"), .init(contender.throughput?.plainText ?? "-"),
                .init(contender.latencyMs.map { "\($0) ms" } ?? "-"), .init(contender.candidate.because),
            ]
        }
        let table = TextTable(columns: columns, rows: rows)
        return table.lines(width: width.map { max(20, $0 - 2) }).map { "  " + $0 }
    }

    /// What each wish left.
    private static func funnel(_ explained: Explained) -> [String] {
        ["  \(explained.offers) offers"]
            + explained.funnel.map { step in
                let example = step.example.map { ", such as \($0)" } ?? ""
                let text = "after \(step.rule) (\(step.wish)): \(step.left) left, \(step.removed) removed\(example)"
                return "  " + Displayed.text(text, limit: 1000)
            }
    }

    /// Everything, as a node.
    static func node(_ name: String, _ explained: Explained) -> Node {
        let verdicts = explained.ranking.constraints.map { verdict -> Node in
            let word = verdict.verdict.rawValue
            return .mapping([
                "name": .string(verdict.name), "verdict": .string(word), "why": .string(verdict.why),
            ])
        }
        let line = line(name, explained).mapping ?? []
        return .mapping(
            line.map { ($0.key, $0.node) } + [
                ("offers", .integer(explained.offers)), ("slots", text(explained.spread)),
                ("negotiation", .list(explained.negotiation.map { .string($0) })),
                ("changes", .list(explained.changes.map { .string($0) })), ("constraints", .list(verdicts)),
            ]
        )
    }

    /// One line of `-o jsonl`.
    static func line(_ name: String, _ explained: Explained) -> Node {
        .mapping([
            "name": .string(name), "winner": explained.contenders.first.map(contender) ?? .null,
            "runnersUp": .list(explained.contenders.dropFirst().map(contender)),
            "funnel": .list(
                explained.funnel.map { step in
                    .mapping([
                        "rule": .string(step.rule), "left": .integer(step.left), "removed": .integer(step.removed),
                        "example": text(step.example),
                    ])
                }
            ),
            "error": explained.ranking.refusal.map(refusal) ?? .null,
        ])
    }

    private static func contender(_ contender: Contender) -> Node {
        let offer = contender.candidate.offer
        return .mapping([
            "provider": .string(offer.provider ?? offer.platform.rawValue), "region": text(offer.location),
            "zone": text(offer.zone), "instanceType": .string(offer.machine?.instanceType ?? offer.id.name),
            "gpuModel": .string(offer.model), "gpuCount": .integer(contender.gpus), "spot": .bool(offer.spot),
            "hourlyCost": text(contender.hourly?.rateText),
            "throughputTflops": contender.throughput.map { .number(Double($0.thousandths) / 1000) } ?? .null,
            "latencyMs": contender.latencyMs.map { .integer($0) } ?? .null,
            "because": .string(contender.candidate.because),
        ])
    }

    private static func refusal(_ refusal: NoOffer) -> Node {
        .mapping([
            "code": .string(refusal.code), "message": .string(refusal.message),
            "suggestions": .list(
                refusal.suggestions.map {
                    .mapping([
                        "alternative": .string($0.alternative), "cost_difference": .string($0.costDifference),
                        "performance_impact": .string($0.performanceImpact),
                    ])
                }
            ),
        ])
    }

    private static func text(_ text: String?) -> Node { text.map { .string($0) } ?? .null }
}

import Documents
package import Placement

/// What a platform's error body says, in whichever of the known shapes it comes.
///
/// `{error, message, code}`, `{status, error_code, message, suggestions}`, `{err}`, `{error, context}` with text or the code
/// in it, and `{detail}` as text or as a list of findings; a number under `status` is nothing but a number.
package struct ErrorReply: Sendable {
    /// The documented code in it, if there is one.
    package var code: DocumentedCode?
    /// What it says, cleaned and bounded; empty where it says nothing that can be read.
    package var message: String
    /// The platform's suggestions, bounded.
    package var suggestions: [NoOffer.Suggestion]

    /// The most suggestions and findings that are kept.
    static let most = 8

    /// Reads a reply's body; a body that is no JSON is quoted only where it calls itself plain text.
    package init(_ reply: TransportReply, words: SafeWords) {
        code = nil
        message = ""
        suggestions = []
        let root: Node
        do throws(Diagnostic) {
            root = try DocumentParser.json(reply.body)
        } catch {
            if reply.header("Content-Type")?.lowercased().hasPrefix("text/plain") == true {
                message = words.clean(String(decoding: reply.body.prefix(4 * SafeWords.longestMessage), as: UTF8.self))
            }
            return
        }
        read(root, words: words)
    }

    private mutating func read(_ root: Node, words: SafeWords) {
        if let text = root.string {
            message = words.clean(text)
            return
        }
        let inner = ["error", "detail", "data", "context"].lazy.compactMap { root[$0] }.first { $0.mapping != nil }
        let levels = [root, inner].compactMap { $0 }
        for level in levels {
            for key in ["error_code", "code", "error", "err", "type"] where code == nil {
                code = level[key]?.string.flatMap { DocumentedCode(rawValue: $0.uppercased()) }
            }
            if suggestions.isEmpty { suggestions = Self.suggestions(level["suggestions"], words: words) }
            if message.isEmpty { message = words.clean(Self.message(level)) }
        }
    }

    /// The sentence for people: `message`, else what stands in for it, with the context where there is one.
    private static func message(_ level: Node) -> String {
        let detail = level["detail"].map(detail) ?? ""
        let texts = [
            level["message"]?.string, detail, level["error"]?.string, level["err"]?.string, level["msg"]?.string,
        ]
        let first = texts.compactMap { $0 }.first { !$0.isEmpty } ?? ""
        guard let context = level["context"]?.string, !context.isEmpty else { return first }
        return first.isEmpty ? context : "\(context): \(first)"
    }

    /// A `detail`: text, or findings such as `{"loc": ["body", "gpu_type"], "msg": "Field required"}`.
    private static func detail(_ node: Node) -> String {
        if let text = node.string { return text }
        let findings = (node.sequence ?? []).prefix(most).map { finding in
            let place = (finding["loc"]?.sequence ?? []).map { $0.string ?? $0.integer.map { "\($0)" } ?? "?" }
            let words = finding["msg"]?.string ?? finding.string ?? "not accepted"
            return place.isEmpty ? words : "\(place.joined(separator: ".")): \(words)"
        }
        return findings.joined(separator: "; ")
    }

    private static func suggestions(_ node: Node?, words: SafeWords) -> [NoOffer.Suggestion] {
        (node?.sequence ?? []).prefix(most).compactMap { entry in
            let field = { (key: String) in words.clean(entry[key]?.string ?? "", limit: SafeWords.longestField) }
            let alternative =
                entry.string.map { words.clean($0, limit: SafeWords.longestField) } ?? field("alternative")
            guard !alternative.isEmpty else { return nil }
            return NoOffer.Suggestion(
                alternative: alternative,
                costDifference: field("cost_difference"),
                performanceImpact: field("performance_impact")
            )
        }
    }
}

import Documents

extension Form where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    /// One of the words of an enumeration; `noun` says with its article what they are, such as `a tier`.
    static func word(_ noun: String) -> Form {
        let words = ClosedWords(noun: noun, words: Value.allCases.map(\.rawValue))
        return Form(
            schema: .words(words.words),
            decode: { node, findings in words.read(node, &findings).flatMap(Value.init(rawValue:)) },
            encode: { value, _ in Node(.string(value.rawValue)) }
        )
    }

    /// The same with the word `any`, which wishes nothing.
    static func wordOrAny(_ noun: String) -> Form<Value?> {
        let words = ClosedWords(noun: noun, words: Value.allCases.map(\.rawValue) + [ClosedWords.any])
        return Form<Value?>(
            schema: .words(words.words),
            decode: { node, findings in
                guard let word = words.read(node, &findings) else { return nil }
                return .some(word == ClosedWords.any ? nil : Value(rawValue: word))
            },
            encode: { value, _ in value.map { Node(.string($0.rawValue)) } }
        )
    }
}

/// The words of an enumeration, and what is said of others.
struct ClosedWords: Sendable {
    /// The word that wishes nothing.
    static let any = "any"

    /// What they are, with the article.
    let noun: String
    /// The words.
    let words: [String]

    /// The word of a node; nil, with an error reported, where it holds none of them.
    func read(_ node: Node, _ findings: inout Findings) -> String? {
        guard let word = node.scalarText else {
            findings.mismatch(node, expected: "one of \(listed)")
            return nil
        }
        if words.contains(word) { return word }
        let nearest = Suggestion.nearest(to: word, among: words).map { " (did you mean \($0)?)" } ?? ""
        findings.error(at: node.position, "\(word.excerpt) is not \(noun); use \(listed)\(nearest)")
        return nil
    }

    /// The words for a message.
    private var listed: String {
        guard let last = words.last, words.count > 1 else { return words.joined() }
        return "\(words.dropLast().joined(separator: ", ")) or \(last)"
    }
}

extension Form<String> {
    /// Any word; one that `isKnown` does not know gets a warning, with the nearest of `known`.
    static func openWord(
        _ noun: String,
        known: @escaping @Sendable (Vocabulary) -> [String],
        isKnown: @escaping @Sendable (Vocabulary, String) -> Bool
    ) -> Form {
        let text = Form<String>.text("a word", example: known(.standard).first ?? "eu-west-1a")
        return Form(
            schema: .openWords(known: known(.standard)),
            decode: { node, findings in
                guard let word = text.decode(node, &findings) else { return nil }
                if !isKnown(findings.vocabulary, word) {
                    let nearest = Suggestion.nearest(to: word, among: known(findings.vocabulary))
                    let advice = nearest.map { "; did you mean \($0)?" } ?? ""
                    findings.warning(at: node.position, "\(word.excerpt) is not a known \(noun)\(advice)")
                }
                return word
            },
            encode: { word, _ in Node(.string(word)) }
        )
    }

    /// The same form with a word that wishes nothing, such as `any` or `none`; `lowered` reads words without capitals.
    func orNothing(_ nothing: String, lowered: Bool = false) -> Form<String?> {
        let decode = self.decode
        let encode = self.encode
        return Form<String?>(
            schema: schema,
            decode: { node, findings in
                var node = node
                if lowered, let word = node.string { node.value = .string(word.lowercased()) }
                if node.string == nothing { return .some(nil) }
                return decode(node, &findings).map { .some($0) }
            },
            encode: { word, completeness in word.flatMap { encode($0, completeness) } }
        )
    }
}

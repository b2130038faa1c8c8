import CYAML

/// What libyaml complains about, in words that say what to do.
struct YAMLProblem {
    /// Where the trouble is.
    let mark: yaml_mark_t
    /// The complaint, without a full stop.
    let words: String

    /// Reads the complaint off a parser that has just failed.
    init(_ parser: yaml_parser_t) {
        mark = unsafe parser.problem_mark
        guard unsafe parser.error != YAML_MEMORY_ERROR, let problem = unsafe parser.problem else {
            words = "there is not enough memory to read the text"
            return
        }
        let complaint = unsafe String(cString: problem)
        let context = unsafe parser.context.map { unsafe String(cString: $0) } ?? ""
        var words = Self.words[complaint] ?? "\(complaint) \(context)"
        let isFromElsewhere = unsafe !context.isEmpty && parser.context_mark.line < parser.problem_mark.line
        if isFromElsewhere, let part = Self.part(of: context) {
            words += unsafe " (in the \(part) that starts on line \(parser.context_mark.line + 1))"
        }
        self.words = words
    }

    /// The name of the part that libyaml was reading: `while scanning a quoted scalar` → `quoted text`.
    private static func part(of context: String) -> String? {
        parts.first { context.contains($0.context) }?.name
    }

    private static let parts: [(context: String, name: String)] = [
        ("quoted scalar", "quoted text"), ("plain scalar", "text"), ("block scalar", "text block"),
        ("simple key", "line"), ("flow sequence", "list"), ("flow mapping", "mapping"),
        ("block collection", "list"), ("block mapping", "mapping"), ("directive", "directive"),
        ("tag", "tag"), ("anchor", "anchor"), ("alias", "alias"),
    ]

    /// libyaml 0.2.5's complaints about scanning and parsing, each with words of ours.
    private static let words: [String: String] = [
        "found character that cannot start any token":
            "no value can start with this character; put the text in quotes, and indent with spaces, not tabs",
        "could not find expected ':'": "a ':' is missing after this key, or the line is indented wrongly",
        "block sequence entries are not allowed in this context":
            "a list entry ('- ') cannot stand here; start it on a line of its own",
        "mapping keys are not allowed in this context": "a key cannot stand here; start it on a line of its own",
        "mapping values are not allowed in this context":
            "a second ': ' on this line, or wrong indentation; put text that holds ': ' in quotes",
        "did not find expected key": "a key is expected here; look at the indentation of this line",
        "did not find expected '-' indicator":
            "a list entry ('- ') is expected here; look at the indentation of this line",
        "did not find expected node content": "a value is expected here",
        "did not find expected ',' or ']'": "a ',' or the closing ']' of a list is missing before this",
        "did not find expected ',' or '}'": "a ',' or the closing '}' of a mapping is missing before this",
        "did not find expected <document start>": "a new document starts with '---' on a line of its own",
        "found unexpected end of stream": "the file ends inside quoted text; the closing quote is missing",
        "found unexpected document indicator":
            "a '---' or '...' line inside quoted text; the closing quote is missing",
        "found unknown escape character": "no such escape; inside double quotes write a backslash as \\\\",
        "did not find expected hexdecimal number": "hexadecimal digits are missing after this escape",
        "found invalid Unicode character escape code": "this escape is no Unicode character",
        "found a tab character where an indentation space is expected": "indent with spaces, not tabs",
        "found a tab character that violates indentation": "indent with spaces, not tabs",
        "found a tab character that violate indentation": "indent with spaces, not tabs",
        "found an indentation indicator equal to 0": "the indentation of a text block is a digit from 1 to 9",
        "did not find expected comment or line break": "only a comment may stand behind this on its line",
        "did not find expected alphabetic or numeric character":
            "an anchor or alias is named with letters, digits, '-' and '_'; quote text that starts with '&' or '*'",
        "did not find expected whitespace or line break": "a space is missing after this tag",
        "found undefined tag handle": "this tag is unknown; quote text that starts with '!'",
        "found incompatible YAML document": "only YAML 1.1 and 1.2 are read; drop the %YAML line",
        "found duplicate %YAML directive": "a second %YAML line for one document; drop it",
        "found duplicate %TAG directive": "a second %TAG line for one handle; drop it",
        "found unknown directive name": "only %YAML and %TAG lines are known; quote text that starts with '%'",
    ]
}

/// The tags that are honoured: the core schema's, and `!`, which means "as it stands, text".
enum YAMLTag: String, CaseIterable {
    case text = "str"
    case integer = "int"
    case number = "float"
    case bool = "bool"
    case null = "null"
    case sequence = "seq"
    case mapping = "map"
    case unspecific = "!"

    private static let namespace = "tag:yaml.org,2002:"

    /// The tag that says what a scalar shall be, from its expanded text; nil for every other tag.
    init?(scalar text: String) {
        let found = Self.allCases.first { $0.text == text }
        guard let found, found != .sequence, found != .mapping else { return nil }
        self = found
    }

    /// The tag as libyaml expands it.
    var text: String { self == .unspecific ? "!" : Self.namespace + rawValue }

    /// The tag as people write it.
    var shorthand: String { self == .unspecific ? "!" : "!!" + rawValue }

    /// What the tag promises, with its article.
    var meaning: String {
        switch self {
        case .text, .unspecific: "text"
        case .integer: "a whole number"
        case .number: "a number"
        case .bool: "true or false"
        case .null: "null"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// Why a tag cannot be honoured, given as libyaml expands it.
    static func refusal(of text: String) -> String {
        let written = text.hasPrefix(namespace) ? "!!" + text.dropFirst(namespace.count) : text
        return "the tag \(written.shown) means nothing here; drop it, or quote text that starts with '!'"
    }
}

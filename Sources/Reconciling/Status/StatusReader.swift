import Documents
import Intents

/// Takes the fields of one mapping of a status that was written earlier, and says exactly which one is not as it must be.
struct StatusReader {
    private let node: Node
    private let path: String

    /// A reader of a mapping; `path` names it in messages.
    init(_ node: Node, path: String) throws(Diagnostic) {
        guard node.mapping != nil else { throw Self.fault(node, path, "must be a mapping, not \(node.kind)") }
        self.node = node
        self.path = path
    }

    /// A text that may be missing.
    func optionalText(_ key: String) throws(Diagnostic) -> String? {
        guard let field = field(key) else { return nil }
        guard let text = field.string else { throw fault(key, "must be text, not \(field.kind)") }
        return text
    }

    /// A text that must be there.
    func text(_ key: String) throws(Diagnostic) -> String { try present(key, optionalText(key)) }

    /// A whole number that must be there.
    func integer(_ key: String) throws(Diagnostic) -> Int {
        guard let field = field(key) else { throw fault(key, "is missing") }
        guard let number = field.integer else { throw fault(key, "must be a whole number, not \(field.kind)") }
        return Int(number)
    }

    /// A whole number that may be missing.
    func optionalInteger(_ key: String) throws(Diagnostic) -> Int? { field(key) == nil ? nil : try integer(key) }

    /// An hourly rate that may be missing.
    func optionalRate(_ key: String) throws(Diagnostic) -> Money? { field(key) == nil ? nil : try rate(key) }

    /// A sum that may be missing.
    func optionalAmount(_ key: String) throws(Diagnostic) -> Money? { field(key) == nil ? nil : try amount(key) }

    /// A list of moments; a missing one is empty.
    func moments(_ key: String) throws(Diagnostic) -> [Timestamp] {
        guard let field = field(key) else { return [] }
        guard let nodes = field.sequence else { throw fault(key, "must be a list, not \(field.kind)") }
        var moments: [Timestamp] = []
        for node in nodes {
            guard let text = node.string else { throw fault(key, "must hold moments") }
            moments.append(try unit(key) { () throws(UnitError) in try Timestamp(parsing: text) })
        }
        return moments
    }

    /// True or false, or missing.
    func optionalFlag(_ key: String) throws(Diagnostic) -> Bool? {
        guard let field = field(key) else { return nil }
        guard let truth = field.bool else { throw fault(key, "must be true or false, not \(field.kind)") }
        return truth
    }

    /// A list of texts; a missing one is empty.
    func texts(_ key: String) throws(Diagnostic) -> [String] {
        guard let field = field(key) else { return [] }
        guard let nodes = field.sequence else { throw fault(key, "must be a list, not \(field.kind)") }
        var texts: [String] = []
        for node in nodes {
            guard let text = node.string else { throw fault(key, "must hold texts") }
            texts.append(text)
        }
        return texts
    }

    /// A word of a closed set that must be there.
    func word<Word: RawRepresentable<String>>(_ key: String) throws(Diagnostic) -> Word {
        let text = try text(key)
        guard let word = Word(rawValue: text) else { throw fault(key, "is no known word") }
        return word
    }

    /// A moment that may be missing.
    func optionalMoment(_ key: String) throws(Diagnostic) -> Timestamp? {
        guard let text = try optionalText(key) else { return nil }
        return try unit(key) { () throws(UnitError) in try Timestamp(parsing: text) }
    }

    /// A moment that must be there.
    func moment(_ key: String) throws(Diagnostic) -> Timestamp { try present(key, optionalMoment(key)) }

    /// An hourly rate that must be there.
    func rate(_ key: String) throws(Diagnostic) -> Money {
        let text = try text(key)
        return try unit(key) { () throws(UnitError) in try Money(parsingRate: text) }
    }

    /// A sum that must be there.
    func amount(_ key: String) throws(Diagnostic) -> Money {
        let text = try text(key)
        return try unit(key) { () throws(UnitError) in try Money(parsing: text) }
    }

    /// A mapping that must be there.
    func required(_ key: String) throws(Diagnostic) -> StatusReader {
        guard let field = field(key) else { throw fault(key, "is missing") }
        return try StatusReader(field, path: "\(path).\(key)")
    }

    /// A mapping that may be missing, read by `read`.
    func part<Part>(_ key: String, _ read: (StatusReader) throws(Diagnostic) -> Part) throws(Diagnostic) -> Part? {
        field(key) == nil ? nil : try read(required(key))
    }

    /// A list of mappings, each read by `read`; a missing one is empty.
    func list<Entry>(_ key: String, _ read: (StatusReader) throws(Diagnostic) -> Entry) throws(Diagnostic) -> [Entry] {
        guard let field = field(key) else { return [] }
        guard let nodes = field.sequence else { throw fault(key, "must be a list, not \(field.kind)") }
        var entries: [Entry] = []
        entries.reserveCapacity(nodes.count)
        for (index, node) in nodes.enumerated() {
            entries.append(try read(StatusReader(node, path: "\(path).\(key)[\(index)]")))
        }
        return entries
    }

    /// What stands under a key; `null` is as good as nothing.
    private func field(_ key: String) -> Node? {
        guard let field = node[key], !field.isNull else { return nil }
        return field
    }

    /// The value, which must be there.
    private func present<Value>(_ key: String, _ value: Value?) throws(Diagnostic) -> Value {
        guard let value else { throw fault(key, "is missing") }
        return value
    }

    /// What a unit's own reader makes of a text.
    private func unit<Value>(_ key: String, _ read: () throws(UnitError) -> Value) throws(Diagnostic) -> Value {
        do { return try read() } catch { throw fault(key, error.description) }
    }

    /// What is wrong with a field.
    private func fault(_ key: String, _ problem: String) -> Diagnostic {
        Self.fault(node[key] ?? node, "\(path).\(key)", problem)
    }

    /// What is wrong with a node.
    private static func fault(_ node: Node, _ path: String, _ problem: String) -> Diagnostic {
        Diagnostic(file: "", position: node.position, field: path, message: problem)
    }
}

import CYAML

/// Builds nodes from libyaml's events, within the limits.
struct YAMLTreeReader: ~Copyable {
    /// What an anchor's name stands for.
    enum Anchor {
        /// The node that bears the anchor is still being read.
        case open
        /// The node is complete; its extent is what each alias costs.
        case complete(Node, Extent)
    }

    var events: YAMLEventStream
    let file: String
    let limits: DocumentLimits
    /// The values so far, over all documents.
    var nodes = 0
    /// The text that aliases have repeated so far, in bytes.
    var repeatedText = 0
    /// The current document's anchors.
    var anchors: [String: Anchor] = [:]

    /// A reader at the start of a stream.
    init(_ events: consuming YAMLEventStream, file: String, limits: DocumentLimits) {
        self.events = events
        self.file = file
        self.limits = limits
    }

    /// All documents with content, to the end of the stream.
    mutating func documents() throws(Diagnostic) -> [Document] {
        var documents: [Document] = []
        var seen = 0
        try events.advance()
        try events.advance()
        while events.kind != YAML_STREAM_END_EVENT {
            seen += 1
            guard seen <= limits.documents else {
                throw failure("more than \(limits.documents) documents in one file; split it", events.position())
            }
            anchors.removeAll(keepingCapacity: true)
            try events.advance()
            let isEmpty = events.isPlain && events.scalarLength == 0 && events.tag == nil && events.anchor == nil
            if !isEmpty {
                let root = try node(inside: 0)
                documents.append(Document(file: file, index: documents.count, root: root))
            }
            try events.advance()
            try events.advance()
        }
        return documents
    }

    /// The node that starts with the current event; `depth` lists and mappings are open around it.
    mutating func node(inside depth: Int) throws(Diagnostic) -> Node {
        let position = events.position()
        if events.kind == YAML_ALIAS_EVENT { return try alias(at: position, inside: depth) }
        try charge(1, at: position)
        let anchor = events.anchor
        if let anchor { anchors[anchor] = .open }
        let node: Node
        switch events.kind {
        case YAML_SCALAR_EVENT:
            node = Node(try scalar(at: position), at: position)
        case YAML_SEQUENCE_START_EVENT:
            try enter(depth, at: position, tag: YAMLTag.sequence)
            node = Node(.sequence(try entries(inside: depth + 1)), at: position)
        case YAML_MAPPING_START_EVENT:
            try enter(depth, at: position, tag: YAMLTag.mapping)
            node = Node(.mapping(try members(inside: depth + 1)), at: position)
        default:
            preconditionFailure("libyaml gives a node where a node must stand")
        }
        if let anchor { anchors[anchor] = .complete(node, Extent(of: node)) }
        return node
    }

    private mutating func entries(inside depth: Int) throws(Diagnostic) -> [Node] {
        var entries: [Node] = []
        try events.advance()
        while events.kind != YAML_SEQUENCE_END_EVENT {
            entries.append(try node(inside: depth))
            try events.advance()
        }
        return entries
    }

    private mutating func members(inside depth: Int) throws(Diagnostic) -> [Node.Member] {
        var members: [Node.Member] = []
        try events.advance()
        while events.kind != YAML_MAPPING_END_EVENT {
            let position = events.position()
            let key = try key(at: position)
            try events.advance()
            members.append(Node.Member(key, at: position, try node(inside: depth)))
            try events.advance()
        }
        if let repeated = DuplicateKey(in: members) { throw repeated.diagnostic(file: file) }
        return members
    }

    /// Checks the tag of a list or mapping, and that one more level is allowed.
    private mutating func enter(_ depth: Int, at position: Position, tag expected: YAMLTag) throws(Diagnostic) {
        guard depth < limits.depth else { throw tooDeep(position) }
        guard let tag = events.tag, tag != YAMLTag.unspecific.text, tag != expected.text else { return }
        throw failure(YAMLTag.refusal(of: tag), position)
    }

    /// Counts values against the limit.
    mutating func charge(_ count: Int, at position: Position) throws(Diagnostic) {
        nodes += count
        guard nodes <= limits.nodes else {
            throw failure("more than \(limits.nodes) values in one text, aliases followed; split it", position)
        }
    }

    func tooDeep(_ position: Position) -> Diagnostic {
        failure("lists and mappings inside one another more than \(limits.depth) levels deep", position)
    }

    func failure(_ message: String, _ position: Position) -> Diagnostic {
        Diagnostic(file: file, position: position, message: message)
    }
}

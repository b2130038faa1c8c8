/// How large a node is with everything in it: what an alias costs.
struct Extent: Equatable {
    /// The node itself and all values in it.
    private(set) var nodes = 0
    /// The bytes of all keys and texts.
    private(set) var text = 0
    /// The lists and mappings on the longest way from the node, itself counted, to a leaf.
    private(set) var height = 0

    /// Measures a node by walking it.
    init(of node: Node) {
        nodes = 1
        switch node.value {
        case .null, .bool, .integer:
            break
        case .number(_, let written):
            text = written.utf8.count
        case .string(let written):
            text = written.utf8.count
        case .sequence(let entries):
            for entry in entries { add(Extent(of: entry)) }
            height += 1
        case .mapping(let members):
            for member in members {
                text += member.key.utf8.count
                add(Extent(of: member.node))
            }
            height += 1
        }
    }

    private mutating func add(_ part: Extent) {
        nodes += part.nodes
        text += part.text
        height = max(height, part.height)
    }
}

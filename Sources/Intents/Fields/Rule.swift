import Documents

/// Something that must hold between the fields of an object.
struct Rule<Root: Sendable>: Sendable {
    /// The fields that the rule reads; it is skipped where one of them could not be read, since what it would say then
    /// is about a value that nobody wrote.
    let reads: [String]
    /// A bit for each of those fields, filled in by the object's description.
    var mask: UInt64 = 0
    /// The same for an API server; nil where it cannot say it, or where breaking the rule is only worth a warning.
    let server: ServerRule?
    /// Looks at the value, and reports at places of the node.
    let check: @Sendable (Root, Node, inout Findings) -> Void

    /// A rule from the fields that it reads, its words for an API server, and what it does.
    init(
        reads: [String],
        server: ServerRule? = nil,
        _ check: @escaping @Sendable (Root, Node, inout Findings) -> Void
    ) {
        self.reads = reads
        self.server = server
        self.check = check
    }
}

/// How much a text may hold before the reader refuses it.
///
/// Each limit is inclusive: a text that reaches it is read, one more byte, level, node or document is refused.
package struct DocumentLimits: Sendable {
    /// The longest text, in bytes; aliases may not add more text than this again.
    package let bytes: Int
    /// How many lists and mappings may stand inside one another, aliases followed.
    package let depth: Int
    /// How many values a text may hold in all its documents, each alias counted with everything that it stands for.
    ///
    /// Keys are not counted.
    package let nodes: Int
    /// How many documents a file may hold, empty ones counted.
    package let documents: Int

    /// The deepest nesting that any limits may allow: the readers recurse, and this much fits a small thread's stack.
    package static let deepest = 256

    /// A file that people commit: 256 KiB, 64 levels, 10,000 values, 1,000 documents.
    package static let file = DocumentLimits()
    /// A platform's reply: 8 MiB, 64 levels, 1,000,000 values.
    package static let reply = DocumentLimits(bytes: 8 * 1024 * 1024, nodes: 1_000_000, documents: 1)

    /// Limits of one's own; what is not named is as for a file.
    package init(bytes: Int = 256 * 1024, depth: Int = 64, nodes: Int = 10_000, documents: Int = 1_000) {
        precondition((1...Self.deepest).contains(depth), "a depth between 1 and \(Self.deepest)")
        precondition(bytes < Int(Int32.max), "positions count in 32 bits")
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
        self.documents = documents
    }
}

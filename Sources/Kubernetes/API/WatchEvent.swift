package import Documents

/// One line of a watch.
package enum WatchEvent: Sendable {
    /// An object is there, or is there in a new state.
    case upserted(Node)
    /// An object is gone; this was its last state.
    case deleted(Node)
    /// Nothing happened up to this version.
    case bookmark(resourceVersion: String)
    /// The server ends the watch, and says why.
    case failed(APIError)

    /// Reads a line.
    package init(_ line: [UInt8]) throws(MalformedObject) {
        let node: Node
        do throws(Diagnostic) {
            node = try DocumentParser.json(line)
        } catch {
            throw MalformedObject("a line of a watch", "is no JSON: \(error.message)")
        }
        let fields = try ObjectFields(node, path: "")
        let type = try fields.text("type")
        guard let object = fields["object"] else { throw fields.fault("object", "is missing") }
        switch type {
        case "ADDED", "MODIFIED": self = .upserted(object)
        case "DELETED": self = .deleted(object)
        case "BOOKMARK":
            self = .bookmark(resourceVersion: try fields.part("object").part("metadata").text("resourceVersion"))
        case "ERROR":
            guard let status = StatusReply(object) else { throw fields.fault("object", "is no Status") }
            self = .failed(APIError(status))
        default: throw fields.fault("type", "is no event that this version knows")
        }
    }
}

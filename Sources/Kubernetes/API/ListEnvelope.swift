package import Documents

/// What stands around the items of a list.
package struct ListEnvelope: Hashable, Sendable {
    /// The version that the whole list shows.
    package var resourceVersion: String
    /// Fetches the next page; nil on the last one.
    package var continueToken: String?

    /// Reads the head of a list.
    package init(_ node: Node) throws(MalformedObject) {
        let metadata = try ObjectFields(node, path: "").part("metadata")
        resourceVersion = try metadata.text("resourceVersion")
        let token = try metadata.optionalText("continue")
        continueToken = token?.isEmpty == false ? token : nil
    }
}

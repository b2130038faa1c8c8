/// The two ways in which a document may be written.
package enum DocumentFormat: Hashable, Sendable {
    /// YAML 1.2 with the core schema, any number of documents a file.
    case yaml
    /// JSON as RFC 8259 has it, one document a file.
    case json

    /// The format that a file's name promises: `.json`, `.yaml` or `.yml` in any case; nil for every other name.
    package init?(fileName: String) {
        let name = fileName.lowercased()
        if name.hasSuffix(".json") {
            self = .json
        } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            self = .yaml
        } else {
            return nil
        }
    }
}

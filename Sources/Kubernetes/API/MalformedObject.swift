/// Something that an API server sent and that is not as it must be.
package struct MalformedObject: Error, Hashable, Sendable, CustomStringConvertible {
    /// The field and what is wrong with it; no values are quoted.
    package let description: String

    /// What is wrong with a field; `path` names it, such as `metadata.name`.
    package init(_ path: String, _ problem: String) { description = "\(path) \(problem)" }
}

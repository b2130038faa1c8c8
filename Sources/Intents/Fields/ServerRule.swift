/// A rule in the words of a Kubernetes API server, which refuses what breaks it before the operator sees it.
///
/// It may let pass what the rule beside it refuses, and never refuses what that one lets pass.
package enum ServerRule: Equatable, Sendable {
    /// An expression of CEL over the object (`self`) that must be true; `field` is the field that it blames.
    ///
    /// Fields without a default may be missing: `has(self.field)` asks.
    case holds(String, message: String, field: String)
    /// No two entries of a list of objects agree in all of these fields, each of which is required or has a default.
    case distinct(list: String, by: [String])
    /// No entry of a list of words stands there twice.
    case distinctWords(list: String)
}

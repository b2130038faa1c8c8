/// A container image's name: `registry/path:tag@digest`.
package struct ImageName: Hashable, Sendable {
    /// The name as written.
    package let text: String

    /// A name as an intent writes it.
    package init(_ text: String) { self.text = text }

    /// Whether it is a Jupyter environment, which FlexAI brings itself: a component of its path speaks of Jupyter.
    ///
    /// Neither the registry's host nor the tag counts.
    package var isJupyter: Bool {
        var components = text.lowercased().prefix { $0 != "@" }.split(separator: "/")
        if components.count > 1, components[0].contains(where: { $0 == "." || $0 == ":" }) { components.removeFirst() }
        return components.contains { $0.prefix { $0 != ":" }.contains("jupyter") }
    }
}

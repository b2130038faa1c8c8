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
        // Asked for every intent, and nearly never so: look for the word before taking the name apart.
        guard Self.speaksOfJupyter(text.utf8[...]) else { return false }
        var components = text.utf8.prefix { $0 != UInt8(ascii: "@") }.split(separator: UInt8(ascii: "/"))
        let hostMarks = [UInt8(ascii: "."), UInt8(ascii: ":")]
        if components.count > 1, components[0].contains(where: hostMarks.contains) { components.removeFirst() }
        return components.contains { Self.speaksOfJupyter($0.prefix { $0 != UInt8(ascii: ":") }) }
    }

    /// Whether the word is anywhere in the text, in whatever case.
    private static func speaksOfJupyter(_ text: Substring.UTF8View) -> Bool {
        let word = "jupyter".utf8
        var found = word.startIndex
        for byte in text {
            // The word's first letter comes once in it, so a failed try can only start again at this very byte.
            if byte | 0x20 != word[found] { found = word.startIndex }
            if byte | 0x20 == word[found] { word.formIndex(after: &found) }
            if found == word.endIndex { return true }
        }
        return false
    }
}

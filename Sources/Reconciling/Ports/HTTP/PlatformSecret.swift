/// A key or token for a platform, which shows itself to nobody who prints, logs or mirrors it.
package struct PlatformSecret: Hashable, Sendable {
    private let text: String

    /// A secret as it was handed over; white space around it, such as the line break that ends a file, is dropped.
    package init(_ text: String) {
        let isSpace: (Character) -> Bool = { $0.isWhitespace || $0.isNewline }
        self.text = String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }

    /// Whether there is nothing in it.
    package var isEmpty: Bool { text.isEmpty }

    /// Whether it can stand in a header: visible ASCII and nothing else.
    package var fitsHeader: Bool { text.utf8.allSatisfy { (0x21...0x7E).contains($0) } }

    /// The secret itself, for the one header or the one person that it is meant for.
    package func revealed() -> String { text }
}

extension PlatformSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { isEmpty ? "(no secret)" : "(secret)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Names of environment variables as Kubernetes allows them.
enum VariableName {
    /// Whether a text is letters, digits, `_`, `-` and `.`, not starting with a digit.
    static func isValid(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, !isDigit(first) else { return false }
        return text.utf8.allSatisfy { byte in
            isLetterOrDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        }
    }

    /// Whether a byte is an ASCII letter or digit.
    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// The name in front of the first `=` of an entry such as `KEY=value`; nil where there is no `=`.
    static func of(entry: String) -> Substring? {
        entry.firstIndex(of: "=").map { entry[..<$0] }
    }
}

/// Addresses of a platform's calls.
package enum PlatformURL {
    /// A base address without the slashes and blanks at its end.
    package static func base(_ text: String) -> String {
        var base = text.drop { $0.isWhitespace }
        while let last = base.last, last == "/" || last.isWhitespace { base.removeLast() }
        return String(base)
    }

    /// A text as one segment of a path: everything but letters, digits, `-`, `_` and `~` is percent-encoded, and a
    /// dot too where the segment would be a step in the path.
    package static func segment(_ text: String) -> String {
        let isStep = text == "." || text == ".."
        return text.utf8.reduce(into: "") { result, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: ".") where !isStep: result.append(".")
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
    }

    /// What is wrong with a base address, for the person who configured it; nil where nothing is.
    package static func problem(ofBase text: String) -> String? {
        let base = base(text)
        let lower = base.lowercased()
        guard lower.hasPrefix("https://") || lower.hasPrefix("http://") else {
            return "it must start with https:// or http://"
        }
        let rest = base.dropFirst(lower.hasPrefix("https://") ? 8 : 7)
        let authority = rest.prefix { $0 != "/" }
        if authority.isEmpty { return "it names no host" }
        if authority.contains("@") { return "it must not hold a user or password" }
        if rest.contains("?") || rest.contains("#") { return "it must not hold a query or a fragment" }
        if !base.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F }) {
            return "it must be plain ASCII without blanks"
        }
        return nil
    }
}

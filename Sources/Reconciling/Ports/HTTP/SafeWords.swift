/// Makes a platform's words fit to be shown: bounded, on one line, without our secrets.
package struct SafeWords: Sendable {
    /// What stands where a secret was.
    package static let mark = "[redacted]"
    /// The longest message, in characters.
    package static let longestMessage = 512
    /// The longest field of an observation, in characters.
    package static let longestField = 256
    /// How much of a text is looked at: bytes beyond are dropped before any work is done.
    static let longestInput = 64 * 1024
    /// The shortest beginning of a secret that is hidden where a text was cut off behind it.
    static let shortestBeginning = 4

    private let secrets: [String]

    /// Words without these secrets; empty ones are ignored.
    package init(secrets: [PlatformSecret]) {
        self.secrets = secrets.map { $0.revealed() }.filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
    }

    /// The text without control characters and secrets, cut to `limit` characters, an ellipsis where it was cut.
    ///
    /// Control characters go first, so that none of them can hide a secret that shows once they are gone. A text that
    /// ends with the beginning of a secret loses that beginning.
    package func clean(_ text: String, limit: Int = longestMessage) -> String {
        let input = text.utf8.count > Self.longestInput ? String(text.prefix(Self.longestInput)) : text
        var words = Self.visible(input)
        for secret in secrets { words = Self.replacing(secret, in: words) }
        for secret in secrets { words = Self.withoutBeginning(of: secret, at: words) }
        guard words.utf8.count > limit, words.count > limit else { return words }
        return String(words.prefix(limit - 1)) + "…"
    }

    /// Runs of white space and control characters become one space; invisible format characters go.
    private static func visible(_ text: String) -> String {
        guard !isPlain(text) else { return text }
        var scalars = String.UnicodeScalarView()
        var gap = false
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where scalar.value < 0x20 && scalar.properties.isWhitespace,
                .spaceSeparator, .lineSeparator, .paragraphSeparator:
                gap = true
            case .control, .format, .surrogate, .privateUse, .unassigned: break
            default:
                if gap, !scalars.isEmpty { scalars.append(" ") }
                gap = false
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// Whether a text is visible ASCII with single spaces between its words, as nearly every one is.
    private static func isPlain(_ text: String) -> Bool {
        var last: UInt8 = 0x20
        for byte in text.utf8 {
            guard (0x20..<0x7F).contains(byte), byte != 0x20 || last != 0x20 else { return false }
            last = byte
        }
        return last != 0x20
    }

    private static func replacing(_ secret: String, in text: String) -> String {
        guard text.utf8.count >= secret.utf8.count else { return text }
        let needle = Array(secret.utf8)
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == needle[0], bytes[index...].starts(with: needle) {
                result.append(contentsOf: mark.utf8)
                index += needle.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func withoutBeginning(of secret: String, at text: String) -> String {
        var length = min(secret.utf8.count - 1, text.utf8.count)
        guard length >= shortestBeginning else { return text }
        let bytes = Array(text.utf8)
        while length >= shortestBeginning {
            if bytes.suffix(length).elementsEqual(secret.utf8.prefix(length)) {
                return String(decoding: bytes.dropLast(length), as: UTF8.self) + mark
            }
            length -= 1
        }
        return text
    }
}

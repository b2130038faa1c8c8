/// Goes through a text once and copies it, with masks where something has the look of a credential.
struct SecretScanner {
    /// What has been written.
    private(set) var output: [UInt8] = []
    private let bytes: [UInt8]
    private var index = 0

    private static let mask = Array(Redactor.mask.utf8)
    private static let schemes = ["bearer", "basic"].map { Array($0.utf8) }
    private static let tokenPrefix = Array("flr_".utf8)
    private static let authorityMarker = Array("://".utf8)
    private static let secretNames = ["apikey", "token", "secret", "password", "passwd", "authorization"]
        .map { Array($0.utf8) }

    /// A scanner of a text.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Goes through the text.
    mutating func scan() {
        output.reserveCapacity(bytes.count)
        while index < bytes.count {
            guard !maskWhatBegins(with: bytes[index]) else { continue }
            output.append(bytes[index])
            index += 1
        }
    }

    /// Whether a credential can be told by a byte.
    static func canBegin(with byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: ":"), UInt8(ascii: "="): true
        default: false
        }
    }

    /// Masks a credential that can be told by this byte, where one stands here; most bytes tell of none.
    private mutating func maskWhatBegins(with byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "b"), UInt8(ascii: "B"): maskScheme()
        case UInt8(ascii: "f"), UInt8(ascii: "F"): maskToken()
        case UInt8(ascii: ":"): maskUserInformation() || maskNamedValue()
        case UInt8(ascii: "="): maskNamedValue()
        default: false
        }
    }

    /// Masks what follows `Bearer ` or `Basic `.
    private mutating func maskScheme() -> Bool {
        guard isWordStart else { return false }
        for scheme in Self.schemes where startsIgnoringCase(scheme, at: index) {
            var start = index + scheme.count
            guard start < bytes.count, bytes[start] == UInt8(ascii: " ") else { continue }
            while start < bytes.count, bytes[start] == UInt8(ascii: " ") { start += 1 }
            let end = credentialEnd(from: start)
            // "basic check" is ordinary language: only what can be nothing but a credential is taken for one.
            guard end > start, scheme == Self.schemes[0] || end - start >= 8 else { continue }
            output += bytes[index..<start]
            skip(to: end)
            return true
        }
        return false
    }

    /// Masks a FLARE token.
    private mutating func maskToken() -> Bool {
        guard startsIgnoringCase(Self.tokenPrefix, at: index) else { return false }
        let end = credentialEnd(from: index + Self.tokenPrefix.count)
        guard end > index + Self.tokenPrefix.count else { return false }
        skip(to: end)
        return true
    }

    /// Masks the user information of a URL: what stands between `://` and `@`.
    private mutating func maskUserInformation() -> Bool {
        guard startsIgnoringCase(Self.authorityMarker, at: index) else { return false }
        let start = index + Self.authorityMarker.count
        let end = bytes[start...].firstIndex { Self.endsAuthority($0) } ?? bytes.count
        guard let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")), at > start else { return false }
        output += bytes[index..<start]
        skip(to: at)
        return true
    }

    /// Masks the value in `…api_key=value`, `"token": "value"` and their likes; stands at the `=` or `:`.
    private mutating func maskNamedValue() -> Bool {
        guard bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: ":") else { return false }
        guard Self.namesSecret(nameBefore(index)) else { return false }
        var start = index + 1
        while start < bytes.count, bytes[start] == UInt8(ascii: " ") || bytes[start] == UInt8(ascii: "\\") {
            start += 1
        }
        guard start < bytes.count else { return false }
        let isQuoted = bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'")
        let end: Int
        if isQuoted {
            start += 1
            end = quotationEnd(from: start)
        } else {
            end = credentialEnd(from: start)
            guard isCredible(start..<end) else { return false }
        }
        guard end > start else { return false }
        output += bytes[index..<start]
        skip(to: end)
        return true
    }

    /// Where the text in quotation marks ends that starts at `start`; marks within it are escaped.
    private func quotationEnd(from start: Int) -> Int {
        let mark = bytes[start - 1]
        let isItselfEscaped = start >= 2 && bytes[start - 2] == UInt8(ascii: "\\")
        var end = start
        while end < bytes.count, bytes[end] != mark {
            if bytes[end] == UInt8(ascii: "\\") {
                guard !isItselfEscaped else { return end }
                end += 1
            }
            end += 1
        }
        return min(end, bytes.count)
    }

    /// Whether what follows a name without quotation marks is a credential, not a word of a sentence.
    ///
    /// The scheme of `Authorization: Bearer …` is left to `maskScheme`.
    private func isCredible(_ range: Range<Int>) -> Bool {
        let word = bytes[range].map(Self.lowered)
        guard !Self.schemes.contains(word) else { return false }
        if bytes[index] == UInt8(ascii: "=") { return true }
        return word.count >= 8 && word.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Writes the mask and goes on behind the secret.
    private mutating func skip(to end: Int) {
        output += Self.mask
        index = end
    }

    /// Whether no letter or digit stands right before.
    private var isWordStart: Bool { index == 0 || !Self.isWord(bytes[index - 1]) }

    /// Where a run of credential characters ends.
    private func credentialEnd(from start: Int) -> Int {
        guard start < bytes.count else { return bytes.count }
        return bytes[start...].firstIndex { !Self.isCredential($0) } ?? bytes.count
    }

    /// The name that ends before an `=` or `:`, without quotation marks and blanks around it.
    private func nameBefore(_ end: Int) -> ArraySlice<UInt8> {
        var last = end
        while last > 0, " \"'\\".utf8.contains(bytes[last - 1]) { last -= 1 }
        var first = last
        while first > 0, Self.isWord(bytes[first - 1]) || bytes[first - 1] == UInt8(ascii: "-") { first -= 1 }
        return bytes[first..<last]
    }

    /// Whether a name says that its value is a secret: it ends in `api_key`, `token` and the like.
    static func namesSecret(_ name: some Sequence<UInt8>) -> Bool {
        let letters = name.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }.map(lowered)
        return secretNames.contains { letters.suffix($0.count).elementsEqual($0) }
    }

    /// Whether the text goes on with a word, whatever its capitals.
    private func startsIgnoringCase(_ word: [UInt8], at start: Int) -> Bool {
        guard bytes.count - start >= word.count else { return false }
        return word.indices.allSatisfy { Self.lowered(bytes[start + $0]) == word[$0] }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Letters, digits and the signs of base64 and of tokens with points.
    private static func isCredential(_ byte: UInt8) -> Bool {
        isWord(byte) || "-.+/=~".utf8.contains(byte) || byte >= 0x80
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }
}

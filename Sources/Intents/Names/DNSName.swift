/// Names as Kubernetes and the domain name system allow them (RFC 1123).
enum DNSName {
    /// The longest label, in characters.
    static let longestLabel = 63
    /// The longest name of labels and dots, in characters.
    static let longestSubdomain = 253

    /// Whether a text is one label: lower-case letters, digits and `-`, a letter or digit at both ends.
    static func isLabel(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        guard (1...longestLabel).contains(bytes.count) else { return false }
        let dash = UInt8(ascii: "-")
        return bytes.allSatisfy { isAlphanumeric($0) || $0 == dash } && text.first != "-" && text.last != "-"
    }

    /// Whether a text is labels with dots between them, 253 characters at most.
    static func isSubdomain(_ text: String) -> Bool {
        guard text.utf8.count <= longestSubdomain else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(isLabel)
    }

    /// The label nearest to a text, for a suggestion; nil where nothing usable is left of it.
    static func label(from text: some StringProtocol) -> String? {
        var letters: [UInt8] = []
        for byte in text.lowercased().utf8 {
            if isAlphanumeric(byte) {
                letters.append(byte)
            } else if let last = letters.last, last != UInt8(ascii: "-") {
                letters.append(UInt8(ascii: "-"))
            }
            if letters.count == longestLabel { break }
        }
        while letters.last == UInt8(ascii: "-") { letters.removeLast() }
        return letters.isEmpty ? nil : String(decoding: letters, as: UTF8.self)
    }

    /// The name of labels nearest to a text, for a suggestion.
    static func subdomain(from text: String) -> String? {
        let labels = text.split(separator: ".").compactMap { label(from: $0) }
        let name = labels.joined(separator: ".")
        return name.isEmpty || !isSubdomain(name) ? nil : name
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

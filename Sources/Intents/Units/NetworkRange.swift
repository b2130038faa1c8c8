/// A network of IPv4 or IPv6 addresses in CIDR form: `10.0.0.0/8`, `2001:db8::/32`.
package struct NetworkRange: Hashable, Sendable {
    /// The address's bytes, 4 or 16.
    package let address: [UInt8]
    /// How many leading bits name the network.
    package let prefixLength: Int

    private static let grammar = UnitGrammar(noun: "a network", example: "10.0.0.0/8")

    /// Reads a network; an address with bits behind the prefix is refused, because one of the two is a mistake.
    package init(parsing text: String) throws(UnitError) {
        let parts = text.trimmed.split(separator: "/", omittingEmptySubsequences: false)
        guard let address = Self.address(parts.first ?? "") else { throw Self.grammar.error(text) }
        let width = address.count * 8
        guard parts.count == 2 else {
            let advice = parts.count == 1 ? "a single address ends in /\(width)" : ""
            throw Self.grammar.error(text, advice)
        }
        let figures = parts[1].utf8
        let length = (1...3).contains(figures.count) ? CalendarDay.number(ArraySlice(figures)) : nil
        guard let length, length <= width else {
            throw Self.grammar.error(text, "the prefix is a number from 0 to \(width)")
        }
        let network = Self.masked(address, length)
        guard network == address else {
            throw Self.grammar.error(text, "bits are set behind the prefix of \(length)")
        }
        (self.address, prefixLength) = (address, length)
    }

    /// The address with every bit behind the prefix cleared.
    private static func masked(_ address: [UInt8], _ length: Int) -> [UInt8] {
        address.enumerated().map { index, byte in
            let kept = min(8, max(0, length - index * 8))
            return kept == 0 ? 0 : byte & (0xFF << UInt8(8 - kept))
        }
    }

    /// The bytes of an address of either kind.
    private static func address(_ text: Substring) -> [UInt8]? { text.contains(":") ? sixteen(text) : four(text) }

    /// The bytes of `10.0.0.0`; numbers with leading zeros are refused, since some readers take them for octal.
    private static func four(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { part -> UInt8? in
            guard (1...3).contains(part.utf8.count), part == "0" || part.first != "0" else { return nil }
            return CalendarDay.number(ArraySlice(part.utf8)).flatMap(UInt8.init(exactly:))
        }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    /// The bytes of `2001:db8::`, with an IPv4 address at the end where there is one.
    private static func sixteen(_ text: Substring) -> [UInt8]? {
        guard text.utf8.count <= 45 else { return nil }
        let gap = text.indices.first { text[$0...].hasPrefix("::") }
        guard let gap else {
            let bytes = groups(text)
            return bytes?.count == 16 ? bytes : nil
        }
        let behind = text[text.index(gap, offsetBy: 2)...]
        guard let head = groups(text[..<gap]), let tail = groups(behind), head.count + tail.count <= 14 else {
            return nil
        }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// The bytes of groups of hexadecimal digits; none for an empty text.
    private static func groups(_ text: Substring) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if part.contains(".") {
                guard index == parts.count - 1, let last = four(part) else { return nil }
                bytes += last
                continue
            }
            guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }) else {
                return nil
            }
            guard let group = UInt16(part, radix: 16) else { return nil }
            bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
        }
        return bytes
    }
}

extension HTTPURL {
    /// An address taken apart; stricter than RFC 3986, so that libcurl and we never read it differently.
    struct Parts: Sendable {
        let scheme: Scheme
        let host: String
        let port: Int?
        /// Begins with a slash, or is empty.
        let path: String
        /// What follows the `?`, if there is one.
        let query: String?

        /// Host and port as they stand in the address.
        var authority: String { port.map { "\(host):\($0)" } ?? host }

        init(_ text: String) throws(HTTPURLError) {
            guard !text.isEmpty else { throw .empty }
            if let place = text.utf8.enumerated().first(where: { !(0x21...0x7E ~= $0.element) })?.offset {
                throw .character(at: place)
            }
            let start = text.prefix(8).lowercased()
            guard let scheme = Scheme.allCases.first(where: { start.hasPrefix("\($0.rawValue)://") }) else {
                throw .scheme
            }
            let rest = text.dropFirst(scheme.rawValue.count + 3)
            let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            guard !authority.contains("@") else { throw .userInformation }
            guard !rest.contains("#") else { throw .fragment }
            let target = rest.dropFirst(authority.count)
            let path = target.prefix { $0 != "?" }
            self.scheme = scheme
            (host, port) = try Self.split(authority)
            self.path = String(path)
            query = target.count == path.count ? nil : String(target.dropFirst(path.count + 1))
        }

        private static func split(_ authority: Substring) throws(HTTPURLError) -> (String, Int?) {
            let host: Substring
            if authority.first == "[" {
                guard let end = authority.firstIndex(of: "]") else { throw .host }
                host = authority[...end]
                let inside = host.dropFirst().dropLast()
                guard inside.contains(":"), inside.utf8.allSatisfy({ $0.isHexadecimal || $0 == 0x3A || $0 == 0x2E })
                else { throw .host }
            } else {
                host = authority.prefix { $0 != ":" }
                guard !host.isEmpty, host.utf8.allSatisfy(\.isHostCharacter) else { throw .host }
            }
            let tail = authority.dropFirst(host.count)
            guard !tail.isEmpty else { return (String(host), nil) }
            guard tail.first == ":" else { throw .host }
            let digits = tail.dropFirst()
            guard digits.utf8.allSatisfy(\.isDigit), let port = Int(digits), 1...65_535 ~= port else { throw .port }
            return (String(host), port)
        }
    }
}

extension UInt8 {
    /// Whether this byte may stand in a host's name; the underscore is there for names inside clusters.
    var isHostCharacter: Bool { isAlphanumeric || self == 0x2D || self == 0x2E || self == 0x5F }

    /// Whether this byte is a hexadecimal digit.
    var isHexadecimal: Bool { isDigit || 0x61...0x66 ~= asciiLowercased }
}

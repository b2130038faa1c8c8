/// A base address that requests are built on: scheme, host, port and a path without a trailing slash.
package struct HTTPURL: Sendable, Equatable, CustomStringConvertible {
    /// How the server is spoken to.
    package enum Scheme: String, Sendable, CaseIterable {
        case http
        case https

        /// The port where none is written.
        package var defaultPort: Int {
            switch self {
            case .http: 80
            case .https: 443
            }
        }
    }

    /// How the server is spoken to.
    package let scheme: Scheme
    /// The name or address, an IPv6 address in brackets.
    package let host: String
    /// The port, as written or the scheme's own.
    package let port: Int
    /// The whole address without a trailing slash; it holds no credentials.
    package let text: String

    /// Reads a base address and trims trailing slashes.
    package init(_ text: String) throws(HTTPURLError) {
        let parts = try Parts(text)
        guard parts.query == nil else { throw .query }
        var path = Substring(parts.path)
        while path.last == "/" { path.removeLast() }
        scheme = parts.scheme
        host = parts.host
        port = parts.port ?? parts.scheme.defaultPort
        self.text = "\(parts.scheme.rawValue)://\(parts.authority)\(path)"
    }

    /// The address of something below this one; segments, names and values are percent-encoded here.
    ///
    /// A segment of one or two dots would be taken for a step in the path, so its dots are encoded too.
    package func appending(_ segments: [String], query: [(name: String, value: String)] = []) -> String {
        let path = segments.map { "/" + Self.encode($0) }.joined()
        let pairs = query.map { "\(Self.encode($0.name))=\(Self.encode($0.value))" }.joined(separator: "&")
        return text + path + (pairs.isEmpty ? "" : "?" + pairs)
    }

    /// A text as one segment of a path, or one name or value of a query: all but unreserved characters encoded.
    package static func encode(_ text: String) -> String {
        if text == "." || text == ".." { return text.utf8.map { _ in "%2E" }.joined() }
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if byte.isAlphanumeric || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == 0x7E {
                encoded.append(byte)
            } else {
                encoded += [0x25, hexadecimal(byte >> 4), hexadecimal(byte & 15)]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The address, which holds no credentials.
    package var description: String { text }

    private static func hexadecimal(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? 0x30 + nibble : 0x41 + nibble - 10
    }
}

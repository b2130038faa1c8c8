/// A complete request, within the server's limits.
package struct HTTPServerRequest: Sendable {
    /// What is to be done.
    package let method: HTTPMethod
    /// The path as it was sent: begins with a slash, percent-encoded.
    package let path: String
    /// The path's segments, decoded; `/` has none, and a segment that is no UTF-8 stays encoded.
    package let segments: [String]
    /// Names and values of the query, decoded, in order; a `+` is a blank.
    package let query: [(name: String, value: String)]
    /// The request's fields.
    package let headers: HTTPHeaders
    /// The body.
    package let body: [UInt8]

    /// Takes a target in origin form apart, for the server and for tests of handlers.
    package init(_ method: HTTPMethod, target: String, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.method = method
        let path = target.prefix { $0 != "?" }
        self.path = String(path)
        segments = path.split(separator: "/", omittingEmptySubsequences: true).map(Self.decode)
        query = target.dropFirst(path.count + 1).split(separator: "&").map { pair in
            let name = pair.prefix { $0 != "=" }
            let value = pair.dropFirst(name.count + 1)
            return (Self.decode(name.replacingPlus), Self.decode(value.replacingPlus))
        }
        self.headers = headers
        self.body = body
    }

    /// The first value under `name` in the query, or nil.
    package func query(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    private static func decode(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 0x25, rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
                rest.prefix(2).allSatisfy(\.isHexadecimal)
            {
                bytes.append(value)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? String(text)
    }
}

extension Substring {
    /// The text with blanks for plus signs.
    fileprivate var replacingPlus: Substring { Substring(map { $0 == "+" ? " " : $0 }) }
}

/// One HTTP request as a simulated platform sees it, whatever carried it.
package struct SimulatedRequest: Sendable {
    /// GET, POST or DELETE.
    package var method: String
    /// The path without the query, as it came.
    package var path: String
    /// What follows the question mark; empty for nothing.
    package var query: String
    /// Headers in order; names in any case.
    package var headers: [(name: String, value: String)]
    /// The body; empty for none.
    package var body: [UInt8]

    /// A request for a target, which is a path with or without a query.
    package init(
        method: String,
        target: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) {
        self.method = method
        self.headers = headers
        self.body = body
        if let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = String(target[..<mark])
            query = String(target[target.index(after: mark)...])
        } else {
            path = target
            query = ""
        }
    }

    /// The first value of a header, whatever the case of its name; nil where there is none.
    package func header(_ name: String) -> String? {
        headers.first { Self.equal($0.name, name) }?.value
    }

    /// The token of `Authorization: Bearer …`; nil where the header is missing or of another scheme.
    var bearerToken: Substring? {
        guard let value = header("Authorization"), value.hasPrefix("Bearer ") else { return nil }
        let token = value.dropFirst("Bearer ".count)
        return token.isEmpty ? nil : token
    }

    /// The path's parts between slashes.
    var segments: [Substring] { path.split(separator: "/", omittingEmptySubsequences: true) }

    /// Whether two ASCII names are equal but for their case; called for every header, so nothing is allocated.
    private static func equal(_ left: String, _ right: String) -> Bool {
        let (left, right) = (left.utf8, right.utf8)
        return left.count == right.count && zip(left, right).allSatisfy { lower($0) == lower($1) }
    }

    private static func lower(_ letter: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) ? letter | 0x20 : letter
    }
}

/// What stands before a request's body.
struct RequestHead: Sendable {
    var method: String
    var target: String
    var version: String
    var headers: HTTPHeaders
    /// Bytes of the request's line and headers.
    var bytes: Int
}

/// Why a request is turned away before any handler sees it.
struct Refusal: Error, Equatable {
    let status: Int
    let message: String
    var allow: String?
}

/// Decides which requests come in: everything that two readers could read differently is turned away.
///
/// libmicrohttpd itself lets duplicate lengths, lengths beside an encoding and blanks before a colon pass
/// (RFC 9112, 3.2, 5.1, 6.3).
struct ServerDoor: Sendable {
    let limits: HTTPServer.Limits

    /// The method of a request that may come in.
    func admit(_ head: RequestHead) throws(Refusal) -> HTTPMethod {
        guard head.bytes <= limits.headerBytes, head.headers.fields.count <= limits.headerCount else {
            throw Refusal(status: 431, message: "the request's headers are too large or too many")
        }
        guard head.version == "HTTP/1.1" || head.version == "HTTP/1.0" else {
            throw Refusal(status: 505, message: "only HTTP/1.1 and HTTP/1.0 are spoken here")
        }
        let method = try method(head.method)
        guard head.target.first == "/", head.target.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x23 }) else {
            throw Refusal(status: 400, message: "the target must be a path that begins with /")
        }
        guard head.headers.firstInvalid == nil else {
            throw Refusal(status: 400, message: "a header's name or value has characters that HTTP does not allow")
        }
        try checkHost(head)
        try checkLength(head)
        return method
    }

    private func method(_ name: String) throws(Refusal) -> HTTPMethod {
        if let method = HTTPMethod(rawValue: name) { return method }
        guard name == "TRACE" || name == "CONNECT" else {
            throw Refusal(status: 501, message: "the method is not known here")
        }
        let allow = HTTPMethod.allCases.map(\.rawValue).joined(separator: ", ")
        throw Refusal(status: 405, message: "the method is not allowed here", allow: allow)
    }

    private func checkHost(_ head: RequestHead) throws(Refusal) {
        let hosts = head.headers.values("Host")
        guard hosts.count <= 1 else { throw Refusal(status: 400, message: "there is more than one Host header") }
        guard hosts.count == 1 || head.version == "HTTP/1.0" else {
            throw Refusal(status: 400, message: "the Host header is missing")
        }
    }

    private func checkLength(_ head: RequestHead) throws(Refusal) {
        let lengths = head.headers.values("Content-Length")
        let encodings = head.headers.values("Transfer-Encoding")
        guard lengths.count <= 1 else {
            throw Refusal(status: 400, message: "there is more than one Content-Length header")
        }
        guard lengths.isEmpty || encodings.isEmpty else {
            throw Refusal(status: 400, message: "Content-Length and Transfer-Encoding exclude each other")
        }
        if let length = lengths.first {
            guard !length.isEmpty, length.utf8.allSatisfy(\.isDigit) else {
                throw Refusal(status: 400, message: "Content-Length must be a number")
            }
            // A little too much is read and thrown away, so that the answer is not lost in a reset.
            guard let count = Int(length), count <= limits.bodyBytes * Self.discarded else {
                throw Refusal(status: 413, message: "the body is larger than \(limits.bodyBytes) bytes")
            }
        }
        if !encodings.isEmpty {
            guard head.version == "HTTP/1.1", encodings.count == 1, encodings[0].equalsIgnoringCase("chunked") else {
                throw Refusal(status: 501, message: "the only Transfer-Encoding spoken here is chunked, in HTTP/1.1")
            }
        }
    }

    /// How many times the body's limit is read and thrown away before the connection is closed without more ado.
    static let discarded = 8
}

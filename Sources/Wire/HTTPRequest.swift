/// One call to a server: what is asked, and how long and how much it may take.
///
/// Its description shows neither query nor body nor the values of secret headers.
package struct HTTPRequest: Sendable {
    /// Whether a second execution of the same request would do harm.
    package enum Repeatability: Sendable {
        /// Running twice equals running once; a kept connection is reused, and libcurl repeats on a dead one.
        case idempotent
        /// Every execution costs: a fresh connection, on which libcurl never repeats a request by itself.
        case paid
    }

    /// What is to be done.
    package var method: HTTPMethod
    /// The whole address, without user, password and fragment.
    package var url: String
    /// Fields to send; `Content-Length`, `Transfer-Encoding` and `Expect` are the client's own and refused here.
    package var headers: HTTPHeaders
    /// Bytes to send, or nil.
    package var body: [UInt8]?
    /// How long name resolution, connection, proxy and TLS may take together.
    package var connectTimeout: Duration = .seconds(5)
    /// How long the whole call may take, reply included; nil only for streams that are meant to live.
    package var deadline: Duration? = .seconds(30)
    /// How long no byte of the reply may come, from the start on; nil for as long as it likes, a waiting reader's time
    /// not counted.
    package var idleTimeout: Duration?
    /// How many bytes the reply's body may have once decompressed; `Int.max` for a stream without end.
    package var maximumReplyBytes = 8 << 20
    /// Whether a second execution would do harm.
    package var repeatability: Repeatability
    /// Asked when the connection stands and no byte of the request has left; false ends the call as not sent, with the
    /// reason `withheld`.
    ///
    /// Nil where nobody need be asked. It is called on the thread that serves every call, and must answer at once.
    package var mayLeave: (@Sendable () -> Bool)?

    /// Makes a request with the default limits.
    package init(
        _ method: HTTPMethod,
        _ url: String,
        headers: HTTPHeaders = [:],
        body: [UInt8]? = nil,
        repeatability: Repeatability = .idempotent
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.repeatability = repeatability
    }

    /// Method and address as they may be shown.
    var target: String { "\(method.rawValue) \(Redaction.url(url))" }

    /// The address taken apart; nil where it is none.
    var parts: HTTPURL.Parts? {
        do throws(HTTPURLError) { return try HTTPURL.Parts(url) } catch { return nil }
    }

    /// What keeps this request from being sent, or nil.
    var fault: (reason: HTTPFailure.Reason, detail: String)? {
        do throws(HTTPURLError) {
            _ = try HTTPURL.Parts(url)
        } catch {
            return (.invalidURL, error.description)
        }
        if let field = headers.firstInvalid {
            let name = field.name.utf8.allSatisfy(\.isTokenCharacter) ? "\"\(field.name)\"" : "a header's name"
            return (.invalidRequest, "\(name) has characters that HTTP does not allow")
        }
        if let field = headers.fields.first(where: { Self.ownFields.contains($0.name.lowercased()) }) {
            return (.invalidRequest, "the header \"\(field.name)\" is written by the client itself")
        }
        return nil
    }

    private static let ownFields: Set<String> = ["content-length", "transfer-encoding", "expect"]
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The request on one line, secrets hidden.
    package var description: String {
        let fields = headers.fields.isEmpty ? "" : " [\(headers)]"
        return target + fields + (body.map { " \($0.count) bytes" } ?? "")
    }

    /// The same as the description.
    package var debugDescription: String { description }

    /// A mirror without children, so that a dump shows no secret.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

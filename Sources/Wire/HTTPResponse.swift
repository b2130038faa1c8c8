/// A complete reply.
package struct HTTPResponse: Sendable {
    /// The status code, 200 to 599 from a well-behaved server.
    package var status: Int
    /// The reply's fields.
    package var headers: HTTPHeaders
    /// The body, decompressed.
    package var body: [UInt8]

    /// Makes a reply, for transports that are not the network.
    package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// A reply whose body arrives in pieces.
package struct HTTPStreamedResponse: Sendable {
    /// The status code.
    package let status: Int
    /// The reply's fields.
    package let headers: HTTPHeaders
    /// The body as it arrives; letting go of it ends the call.
    package let body: HTTPBody
}

/// What a reply says before its body.
struct HTTPResponseHead: Sendable {
    var status = 0
    var headers = HTTPHeaders()
}

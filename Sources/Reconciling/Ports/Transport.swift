/// Carries one HTTP call of a platform adapter; the composition root joins it to a real client or to a simulation.
///
/// Promises: a `.paid` request is executed at most once by whatever stands behind the transport (no repeat on a dead
/// connection, no redirect followed); a failure says honestly whether the request can have been seen; nothing is kept
/// of headers or bodies.
package protocol Transport: Sendable {
    /// Sends the request and waits for the whole reply, at most until its deadline.
    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply
}

/// One HTTP request of a platform adapter.
package struct TransportRequest: Sendable {
    /// What repeating the request would do.
    package enum Repeatability: Sendable {
        /// It may be sent again.
        case repeatable
        /// It spends money: it is sent on a fresh connection, once.
        case paid
    }

    /// GET, POST or DELETE.
    package var method: String
    /// The absolute URL, without credentials.
    package var url: String
    /// Headers in order; values can be secrets and are never logged.
    package var headers: [(name: String, value: String)]
    /// The body, nil for none.
    package var body: [UInt8]?
    /// What repeating it would do.
    package var repeatability: Repeatability
    /// How long the whole call may take.
    package var deadline: Duration
    /// The largest reply that is read, in bytes.
    package var maximumReplyBytes: Int
    /// Asked when the connection stands and no byte of the request has left; false ends the call as not sent.
    ///
    /// Nil where nobody need be asked. It is called on a thread of the transport's, and must answer at once.
    package var mayLeave: (@Sendable () -> Bool)?

    /// A request with the limits of the documentation: 30 s for a call, 60 s for a paid one, 8 MiB of reply.
    package init(
        method: String,
        url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil,
        repeatability: Repeatability = .repeatable,
        deadline: Duration? = nil,
        maximumReplyBytes: Int = 8 * 1024 * 1024
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.repeatability = repeatability
        self.deadline = deadline ?? (repeatability == .paid ? .seconds(60) : .seconds(30))
        self.maximumReplyBytes = maximumReplyBytes
    }
}

/// A whole HTTP reply.
package struct TransportReply: Sendable {
    /// The status code.
    package var status: Int
    /// Headers in order, names as they came.
    package var headers: [(name: String, value: String)]
    /// The body.
    package var body: [UInt8]

    /// A reply from its parts.
    package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header, whatever the case of its name.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// Why there is no reply, sorted by what the platform can have seen.
package enum TransportFailure: Error, Hashable, Sendable {
    /// Certainly not seen: name not resolved, connection refused, TLS failure, cancelled before it began.
    case notSent(String)
    /// Possibly executed: deadline passed, connection lost, reply cut short.
    case outcomeUnknown(String)
    /// Executed, but the reply is larger than allowed.
    case replyTooLarge(limit: Int)
}

/// Why a call has no complete reply, sorted by what is known about the server's side.
package enum HTTPClientError: Error, Sendable, Equatable {
    /// Certain: no byte of the request has left, so the server did nothing.
    case notSent(HTTPFailure)
    /// The request, or a part of it, has left: whether the server acted is not known.
    case outcomeUnknown(HTTPFailure)
    /// The server answered with more than the request allows; it has acted as its status says.
    case replyTooLarge(HTTPFailure)

    /// What happened, whichever it is.
    package var failure: HTTPFailure {
        switch self {
        case .notSent(let failure), .outcomeUnknown(let failure), .replyTooLarge(let failure): failure
        }
    }

    /// Whether it is certain that the server did nothing.
    package var isNotSent: Bool {
        switch self {
        case .notSent: true
        case .outcomeUnknown, .replyTooLarge: false
        }
    }
}

extension HTTPClientError: CustomStringConvertible {
    /// A sentence without credentials.
    package var description: String {
        switch self {
        case .notSent(let failure): "not sent: \(failure)"
        case .outcomeUnknown(let failure): "outcome unknown: \(failure)"
        case .replyTooLarge(let failure): "reply too large: \(failure)"
        }
    }
}

/// What went wrong in a call, without credentials.
package struct HTTPFailure: Sendable, Equatable, CustomStringConvertible {
    /// A bounded word for what went wrong, fit for a metric's label.
    package enum Reason: String, Sendable, CaseIterable {
        case invalidURL
        case invalidRequest
        case nameNotResolved
        case connectionFailed
        case connectTimeout
        case tlsFailed
        case proxyFailed
        case cancelled
        case withheld
        case clientShutDown
        case deadlineExceeded
        case idleTimeout
        case connectionLost
        case emptyReply
        case malformedReply
        case partialReply
        case replyTooLarge
        case other
    }

    /// What went wrong, as a word.
    package let reason: Reason
    /// Method and address, without query.
    package let target: String
    /// What is known beyond the word.
    package let detail: String
    /// The status, where the reply's head had arrived.
    package let status: Int?

    /// Makes a failure; `target` and `detail` must not hold credentials.
    package init(_ reason: Reason, target: String, detail: String, status: Int? = nil) {
        self.reason = reason
        self.target = target
        self.detail = detail
        self.status = status
    }

    /// The call and what befell it.
    package var description: String {
        "\(target): \(detail)" + (status.map { " (status \($0))" } ?? "")
    }
}

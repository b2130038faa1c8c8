package import Intents
package import Placement

/// Makes one platform's errors: sorted by what must happen next, in words that are fit to be shown.
package struct PlatformRefusals: Sendable {
    /// Which platform.
    package let platform: PlatformName
    /// How its words are made fit to be shown.
    package let words: SafeWords
    /// What follows from which refusal.
    package let sorting: CallSorting

    /// The errors of one platform.
    package init(platform: PlatformName, words: SafeWords, sorting: CallSorting) {
        self.platform = platform
        self.words = words
        self.sorting = sorting
    }

    /// The error for a reply that is no success.
    package func refusal(of operation: PlatformOperation, _ reply: TransportReply, now: Timestamp) -> PlatformError {
        let body = ErrorReply(reply, words: words)
        let wait = RetryAfter.wait(of: reply, now: now)
        return PlatformError(
            platform: platform,
            code: body.code?.rawValue ?? "HTTP_\(reply.status)",
            message: body.message.isEmpty ? "HTTP status \(reply.status) without a message" : body.message,
            consequence: sorting.consequence(of: operation, status: reply.status, code: body.code, wait: wait),
            httpStatus: reply.status,
            suggestions: body.suggestions
        )
    }

    /// The error for a call without a reply.
    package func failure(of operation: PlatformOperation, _ failure: TransportFailure) -> PlatformError {
        let (code, message) =
            switch failure {
            case .notSent(let why): ("UNREACHABLE", "not sent: \(why)")
            case .outcomeUnknown(let why): ("TIMEOUT", "no whole reply: \(why)")
            case .replyTooLarge(let limit): ("MALFORMED_REPLY", "the reply is larger than \(limit) bytes")
            }
        return PlatformError(
            platform: platform,
            code: code,
            message: words.clean(message),
            consequence: sorting.consequence(of: operation, failure: failure)
        )
    }

    /// The error for a success that cannot be believed; `problem` says why and is cleaned here.
    package func malformed(
        _ operation: PlatformOperation,
        _ problem: String,
        status: Int?
    ) -> PlatformError {
        PlatformError(
            platform: platform,
            code: "MALFORMED_REPLY",
            message: words.clean(problem),
            consequence: operation == .create ? .unknown : .retry(after: nil),
            httpStatus: status
        )
    }

    /// An error of our own making: a reason not to go on.
    package func objection(
        _ code: String,
        _ message: String,
        _ consequence: PlatformError.Consequence,
        status: Int? = nil
    ) -> PlatformError {
        PlatformError(
            platform: platform,
            code: code,
            message: words.clean(message),
            consequence: consequence,
            httpStatus: status
        )
    }
}

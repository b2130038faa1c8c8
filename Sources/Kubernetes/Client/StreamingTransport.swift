package import Reconciling

/// Carries the calls of an API client: whole replies, and replies that come by and by.
///
/// Promises: as `Transport`; a stream that is let go of ends its call.
package protocol StreamingTransport: Transport {
    /// Sends a request and returns once the reply's head is there.
    ///
    /// The request's deadline holds until then; `idle` says how long the body may be silent. The body may be endless.
    func open(_ request: TransportRequest, idle: Duration) async throws(TransportFailure) -> TransportStream
}

/// A reply whose body comes by and by.
package struct TransportStream: Sendable {
    /// The head, with an empty body.
    package let head: TransportReply
    /// The next piece of the body; nil at its proper end.
    ///
    /// For one reader at a time.
    package let next: @Sendable () async throws(TransportFailure) -> [UInt8]?

    /// A stream from its parts.
    package init(
        head: TransportReply,
        next: @escaping @Sendable () async throws(TransportFailure) -> [UInt8]?
    ) {
        self.head = head
        self.next = next
    }
}

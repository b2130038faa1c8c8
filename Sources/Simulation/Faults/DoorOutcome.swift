package import Reconciling

/// What a server or a transport is to do with a request that a simulated platform has dealt with.
package enum DoorOutcome: Sendable {
    /// Send the reply after a while.
    case reply(after: Duration, TransportReply)
    /// Send the head and so many bytes of the body after a while, then end the connection.
    case truncated(after: Duration, TransportReply, bytes: Int)
    /// End the connection without an answer; the caller cannot know what was done.
    case dropConnection
    /// Behave as if nobody listened: the caller knows that nothing was done.
    case refuseConnection
    /// Never answer; the caller's deadline ends it.
    case hang

    /// The reply that is sent whole, nil for every other outcome.
    package var wholeReply: TransportReply? {
        guard case .reply(_, let reply) = self else { return nil }
        return reply
    }
}

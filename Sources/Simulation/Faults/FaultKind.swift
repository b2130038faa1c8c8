/// The ways in which a platform, or the way to it, can go wrong.
package enum FaultKind: String, Hashable, Sendable, CaseIterable {
    // Somebody else answers; the first of all, since it stands before everything.
    /// A page with 404, whatever is asked, from a gateway that has lost its way to the platform; nothing is done.
    case misrouted

    // Not executed, and said so.
    /// 429 with `Retry-After`.
    case tooManyRequests
    /// 500 before anything was done.
    case internalError
    /// 503 before anything was done.
    case unavailable
    /// 401: our key has ended, and its successor is not here yet.
    case unauthorized
    /// 403: our key may not do this for a while.
    case forbidden
    /// Nobody listens.
    case connectionRefused

    // Not executed, and nobody can tell.
    /// The connection ends before the request was looked at.
    case droppedBefore
    /// No answer comes, and nothing was done.
    case hungBefore
    /// A proxy's HTML page with 502 instead of the platform.
    case foreignBefore

    // Executed, and nobody can tell.
    /// The connection ends after the request was executed.
    case droppedAfter
    /// No answer comes, and it was done.
    case hungAfter
    /// 500 after it was done.
    case errorAfter
    /// A proxy's HTML page with 502 after it was done.
    case foreignAfter
    /// The reply's body ends too early.
    case truncated

    // Executed, and answered in the end.
    /// The answer takes long.
    case late

    // Lies.
    /// 404 for something that lives; nothing is done.
    case wrongNotFound
    /// A listing of some time ago.
    case staleListing
    /// A part of a listing.
    case partialListing
    /// A listing that shows nothing.
    case emptyListing

    // Happenings in the platform.
    /// An allocation vanishes before the call, and its bill ends.
    case lost
    /// An allocation is stopped by the platform before the call, and billed on.
    case preempted
    /// What this call buys never finishes booting.
    case stuck
    /// What this call buys is shown by listings only after a while.
    case listedLate
    /// A deletion breaks off with 500; FLARE then denies for ever what lives on and is billed.
    case deleteBroken

    /// Whether the call takes effect in the platform.
    package var executes: Bool {
        switch self {
        case .tooManyRequests, .internalError, .unavailable, .unauthorized, .forbidden, .connectionRefused,
            .droppedBefore, .hungBefore, .foreignBefore, .misrouted, .wrongNotFound, .deleteBroken:
            false
        case .droppedAfter, .hungAfter, .errorAfter, .foreignAfter, .truncated, .late, .staleListing, .partialListing,
            .emptyListing, .lost, .preempted, .stuck, .listedLate:
            true
        }
    }

    /// Whether it can befall such a call.
    package func befalls(_ call: PlatformCall) -> Bool {
        switch self {
        case .wrongNotFound: call == .get || call == .stop || call == .delete
        case .staleListing, .partialListing, .emptyListing: call == .list
        case .stuck, .listedLate: call == .create
        case .deleteBroken: call == .delete
        default: true
        }
    }
}

/// Says what must happen after a call that did not succeed: the tables "What a failed create call means" and
/// "Consequences of error codes", once for both platforms.
///
/// Pure: the same operation, status and code give the same answer.
package struct CallSorting: Hashable, Sendable {
    /// What a create call has left behind.
    package enum Trace: Hashable, Sendable {
        /// Certainly nothing.
        case nothing
        /// Perhaps an allocation.
        case unknown
    }

    /// Statuses of a create call that mean the next offer where the reply has no documented code.
    ///
    /// FlexAI writes no codes: "no capacity" is a bare 409, a GPU type that has left the shelf a bare 404. FLARE's newer
    /// errors may be words alone, and a 409 is about the state of things there. None is the intent's fault.
    package var statusesOfMissingOffers: Set<Int>

    /// The tables as they are, but for these statuses.
    package init(statusesOfMissingOffers: Set<Int> = []) { self.statusesOfMissingOffers = statusesOfMissingOffers }

    /// Refusals of a create call after which nothing can exist.
    ///
    /// The documented ones, and those by which HTTP says that the request was not taken up. A 4xx that is not here can
    /// come from something between us and the platform that gave up waiting, and proves nothing.
    static let refusals: Set<Int> = [
        400, 401, 402, 403, 404, 405, 406, 409, 410, 411, 413, 414, 415, 417, 421, 422, 426, 428, 429, 431, 451,
    ]

    /// What a create call that was answered with this status (not 2xx) has left behind.
    package func trace(ofStatus status: Int) -> Trace { Self.refusals.contains(status) ? .nothing : .unknown }

    /// What must happen after a reply that is no success; a create that may have happened is `.unknown`.
    package func consequence(
        of operation: PlatformOperation,
        status: Int,
        code: DocumentedCode?,
        wait: Duration?
    ) -> PlatformError.Consequence {
        if operation == .create {
            if trace(ofStatus: status) == .unknown { return .unknown }
            return code.map { Self.consequence(ofCreate: $0, wait: wait) } ?? consequence(ofCreate: status, wait: wait)
        }
        switch code {
        case .invalidToken, .tokenExpired, .tokenRevoked, .authenticationFailed, .insufficientPermissions:
            return .pausePlatform
        case .quotaExceeded: return .wait(wait)
        default: break
        }
        switch status {
        case 401, 403: return .pausePlatform
        case 402, 429: return .wait(wait)
        case 404, 410: return operation.isAboutAllocation ? .gone : .pausePlatform
        case 408, 425: return .retry(after: wait)
        case 400..<500 where !operation.isAboutAllocation: return .pausePlatform
        default: return .retry(after: wait)
        }
    }

    private static func consequence(ofCreate code: DocumentedCode, wait: Duration?) -> PlatformError.Consequence {
        switch code {
        case .invalidFormat, .missingRequiredField: .stalled
        case .invalidToken, .tokenExpired, .tokenRevoked, .authenticationFailed, .insufficientPermissions:
            .pausePlatform
        case .quotaExceeded: .wait(wait)
        case .insufficientResources, .gpuModelUnavailable, .gpuMemoryInsufficient, .gpuCountInsufficient,
            .regionUnavailable, .costLimitExceeded:
            .nextOffer
        }
    }

    private func consequence(ofCreate status: Int, wait: Duration?) -> PlatformError.Consequence {
        switch status {
        case 401, 403: .pausePlatform
        case 402, 429: .wait(wait)
        case _ where statusesOfMissingOffers.contains(status): .nextOffer
        // That the call is not there is nobody's fault who has asked for something.
        case 404, 405, 410: .retry(after: nil)
        default: .stalled
        }
    }

    /// What must happen where there is no reply, or none that can be read.
    package func consequence(of operation: PlatformOperation, failure: TransportFailure) -> PlatformError.Consequence {
        switch failure {
        case .notSent: .retry(after: nil)
        case .outcomeUnknown, .replyTooLarge: operation == .create ? .unknown : .retry(after: nil)
        }
    }
}

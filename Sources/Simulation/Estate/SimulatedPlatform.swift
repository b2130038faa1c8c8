package import Intents
package import Placement
package import Reconciling

/// A platform's API as a pure state machine: a request and a moment in, a reply out.
package protocol SimulatedPlatform: Sendable {
    /// Which platform it plays.
    static var name: PlatformName { get }

    /// Its shelf and its books.
    var estate: SimulatedEstate { get set }

    /// How its listings deviate from the truth at the moment.
    var listing: ListingView { get set }

    /// What a request asks for, as far as faults care.
    static func call(of request: SimulatedRequest) -> PlatformCall

    /// Answers a request; whatever was due before it has happened.
    mutating func handle(
        _ request: SimulatedRequest,
        at now: Timestamp,
        dice: inout some RandomNumberGenerator
    ) -> TransportReply

    /// What a preempted allocation turns into.
    static var preemptedPhase: SimulatedPhase { get }

    /// Whether a deletion that broke off leaves something that the platform denies to have.
    static var deniesAfterBrokenDelete: Bool { get }
}

extension SimulatedPlatform {
    /// Lets everything happen that is due up to a moment.
    package mutating func advance(to now: Timestamp) { estate.advance(to: now) }
}

/// How a listing deviates from the truth.
package enum ListingView: Hashable, Sendable {
    /// It shows what lives.
    case whole
    /// It shows what lived that long ago.
    case stale(Duration)
    /// It shows the first of that many parts, and says nothing of the rest.
    case firstPart(of: Int)
    /// It shows nothing, as if all were well.
    case empty
}

extension SimulatedEstate {
    /// The serials that a listing shows.
    mutating func listed(_ view: ListingView) -> [Int] {
        switch view {
        case .whole: return listed(asOf: now)
        case .stale(let age):
            return listed(asOf: now - min(age, Self.listingMemory))
        case .firstPart(let parts):
            let all = listed(asOf: now)
            return Array(all.prefix(all.count / max(1, parts)))
        case .empty: return []
        }
    }
}

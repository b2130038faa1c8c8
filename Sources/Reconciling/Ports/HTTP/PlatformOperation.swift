/// What a call to a platform is for, as far as the sorting of its errors depends on it.
package enum PlatformOperation: Hashable, Sendable, CaseIterable {
    /// Asks what we may do.
    case verify
    /// Asks what is on sale.
    case offers
    /// Asks what lives.
    case list
    /// Asks after one allocation.
    case observe
    /// Buys.
    case create
    /// Stops an allocation.
    case stop
    /// Deletes an allocation.
    case delete
    /// Looks after keys and tokens.
    case tokens

    /// Whether the call is about one allocation, so that "not found" speaks of it.
    package var isAboutAllocation: Bool { self == .observe || self == .stop || self == .delete }
}

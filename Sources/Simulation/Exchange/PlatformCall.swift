/// What a request asks of a platform, as far as faults care.
package enum PlatformCall: String, Hashable, Sendable, CaseIterable {
    /// What is on sale.
    case offers
    /// Buy one more.
    case create
    /// Everything that lives.
    case list
    /// One allocation.
    case get
    /// Stop one allocation.
    case stop
    /// Delete one allocation.
    case delete
    /// Tokens: verify, create, list, revoke.
    case account
    /// Nothing that the platform knows.
    case other
}

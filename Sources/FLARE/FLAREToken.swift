package import Intents
package import Reconciling

/// A token for FLARE's API, as its token management shows it.
package struct FLAREToken: Hashable, Sendable {
    /// Its id, by which it is revoked; not secret.
    package var id: String
    /// The token itself, which only the reply that creates it holds.
    package var token: PlatformSecret?
    /// What a person called it.
    package var name: String?
    /// What it may do.
    package var permissions: [String]
    /// `active` and its likes, as the platform writes it.
    package var status: String?
    /// When it was made.
    package var createdAt: Timestamp?
    /// When it ends; nil where it does not or nobody says.
    package var expiresAt: Timestamp?
    /// When it was last used.
    package var lastUsed: Timestamp?
}

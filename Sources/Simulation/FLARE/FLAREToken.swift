package import Intents

/// A token of the simulated FLARE.
package struct FLAREToken: Sendable {
    /// Its id, such as `tok_1`.
    package let id: String
    /// The secret itself, such as `flr_1234567890abcdef`.
    package let secret: String
    /// What its owner calls it.
    package let name: String
    /// Whose it is.
    package let user: String
    /// What it may do.
    package let permissions: [String]
    /// When it was made.
    package let createdAt: Timestamp
    /// From when on it is refused.
    package let expiresAt: Timestamp
    /// When it was used last; nil for never.
    package internal(set) var lastUsed: Timestamp?
    /// When it was revoked; nil while it was not.
    package internal(set) var revokedAt: Timestamp?

    /// Whether it may do something.
    func allows(_ permission: String) -> Bool { permissions.contains("admin:*") || permissions.contains(permission) }

    /// Whether it sees the intents and tokens of others.
    var isAdministrator: Bool { permissions.contains("admin:*") }
}

/// What a FLARE token can be allowed, as the reference lists it.
enum FLAREPermission {
    static let readIntents = "intents:read"
    static let writeIntents = "intents:write"
    static let deleteIntents = "intents:delete"
    static let readResources = "resources:read"
    static let manageTokens = "tokens:manage"
    static let everything = "admin:*"

    static let all = [readIntents, writeIntents, deleteIntents, readResources, manageTokens, everything]
    /// What a token gets that asks for nothing.
    static let standard = [readIntents, writeIntents]
}

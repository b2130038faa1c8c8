/// The error codes that FLARE documents; nothing else that a platform writes becomes a code of ours.
package enum DocumentedCode: String, Hashable, Sendable, CaseIterable {
    /// The JSON is broken.
    case invalidFormat = "INVALID_FORMAT"
    /// A required field is missing.
    case missingRequiredField = "MISSING_REQUIRED_FIELD"
    /// Nothing on sale matches.
    case insufficientResources = "INSUFFICIENT_RESOURCES"
    /// The GPU model cannot be had.
    case gpuModelUnavailable = "GPU_MODEL_UNAVAILABLE"
    /// The GPUs on sale have less memory.
    case gpuMemoryInsufficient = "GPU_MEMORY_INSUFFICIENT"
    /// There are fewer GPUs on sale.
    case gpuCountInsufficient = "GPU_COUNT_INSUFFICIENT"
    /// The estimated cost passes the limit.
    case costLimitExceeded = "COST_LIMIT_EXCEEDED"
    /// The account's quota is used up.
    case quotaExceeded = "QUOTA_EXCEEDED"
    /// The token is missing or unknown.
    case invalidToken = "INVALID_TOKEN"
    /// The token may not do this.
    case insufficientPermissions = "INSUFFICIENT_PERMISSIONS"
    /// The token has expired.
    case tokenExpired = "TOKEN_EXPIRED"
    /// The token was revoked.
    case tokenRevoked = "TOKEN_REVOKED"
    /// Who we are could not be shown.
    case authenticationFailed = "AUTHENTICATION_FAILED"
    /// The region cannot be had.
    case regionUnavailable = "REGION_UNAVAILABLE"
}

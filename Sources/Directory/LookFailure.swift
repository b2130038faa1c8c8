/// Why a walk came to no end.
enum LookFailure: Error, Hashable, Sendable {
    /// Something cannot be read now; nothing may be concluded.
    case unavailable(String)
    /// Something went while it was looked at; a new walk may fare better.
    case inMotion
}

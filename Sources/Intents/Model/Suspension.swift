/// Keeps an intent without running allocations until a time or until a person resumes it (`suspend`).
package struct Suspension: Hashable, Sendable {
    /// What happens to the allocations.
    package enum Mode: String, Hashable, Sendable, CaseIterable {
        /// They are deleted, and nothing is billed.
        case release
        /// They are stopped and kept; resuming replaces them, since no platform can start one again.
        case stop
    }

    /// Why, in a person's words.
    package var reason = ""
    /// When it ends by itself; nil means when a person says so.
    package var until: Timestamp?
    /// What happens to the allocations.
    package var mode = Mode.release

    /// A suspension with every default.
    package init() {}
}

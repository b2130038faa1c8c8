/// Freezes an intent: observed, never changed (`paused`).
package struct Pause: Hashable, Sendable {
    /// Why, in a person's words.
    package var reason = ""
    /// When it ends by itself; nil means when a person says so.
    package var until: Timestamp?

    /// A pause without a reason and without an end.
    package init() {}
}

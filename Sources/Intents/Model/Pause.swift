/// Freezes an intent: observed, never changed (`paused`).
package struct Pause: Hashable, Sendable {
    /// Why, in a person's words.
    package var reason = ""

    /// A pause without a reason.
    package init() {}
}

/// What one wish left of the offers that all wishes before it had left.
package struct FunnelStep: Hashable, Sendable {
    /// The field's path under `spec`.
    package var rule: String
    /// What is wished for, in words.
    package var wish: String
    /// How many offers it left.
    package var left: Int
    /// How many it removed.
    package var removed: Int
    /// One of those removed, and why; nil where there is none.
    package var example: String?
}

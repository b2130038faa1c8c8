package import Intents

/// What is to be written into the books about a purchase.
package struct SimulatedSale: Sendable {
    /// Which ware, by its place on the shelf.
    package var ware: Int
    /// How many GPUs in all.
    package var gpuCount: Int
    /// What it costs in an hour.
    package var hourly: Money
    /// What the customer told of himself.
    package var reference: String
    /// The idempotency key that came with it; nil for none.
    package var idempotencyKey: String?
    /// Whether the platform forgets what the customer told of himself.
    package var isNameless = false
}

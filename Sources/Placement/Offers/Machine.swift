package import Intents

/// The machine that is sold as a whole; what nobody states is nil.
package struct Machine: Hashable, Sendable {
    /// How many GPUs it holds.
    package var gpus: Int
    /// What it costs in an hour; nil where the seller does not say.
    package var hourly: Money?
    /// Processor cores.
    package var cpu: Quantity?
    /// Main memory.
    package var memory: Quantity?
    /// Storage.
    package var storage: Quantity?
    /// The seller's name for its kind, such as `a2-highgpu-8g`.
    package var instanceType: String?

    /// A machine of which only the GPUs are known.
    package init(gpus: Int) { self.gpus = gpus }
}

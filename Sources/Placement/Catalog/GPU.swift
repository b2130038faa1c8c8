package import Intents

/// What is known of a GPU model, whoever sells it.
package struct GPU: Hashable, Sendable {
    /// A form in which the model is built.
    package struct Variant: Hashable, Sendable {
        /// The form: `SXM5`, `PCIe`, `NVL`.
        package var name: String
        /// Memory sizes that it is built with, the usual one first.
        package var memory: [Quantity]
        /// Throughput in TFLOPS of 32-bit floats, in thousandths.
        package var fp32Tflops: Quantity
        /// CUDA cores, or stream processors.
        package var cores: Int
        /// Clock in hertz.
        package var clockSpeed: Quantity
        /// How several of them talk to one another.
        package var interconnect: GPUWish.Interconnect
        /// Whether it can be split into instances (MIG).
        package var multiInstance: Bool
        /// What it draws at most, in watts; nil where the data sheet does not say.
        package var watts: Quantity?
    }

    /// The name that offers and intents are compared by, such as `nvidia-h100`.
    package var model: String
    /// Other names for it.
    package var aliases: [String]
    /// Its architecture; nil for those that the reference has no word for.
    package var architecture: GPUWish.Architecture?
    /// Its CUDA compute capability; nil for GPUs that are not NVIDIA's.
    package var computeCapability: ComputeCapability?
    /// Its tier.
    package var tier: GPUWish.Tier
    /// Its forms; the first is the one meant where nobody says.
    package var variants: [Variant]
}

package import Intents

/// What a platform sells now: GPUs of one model in one place at one price.
///
/// Attributes that nobody states are nil; the GPU's own facts come from the catalogue where its model is known.
package struct Offer: Hashable, Sendable {
    /// Names an offer for ever: the same thing sold again has the same name, whatever its price has become.
    package struct ID: Hashable, Comparable, Sendable {
        /// Who sells it.
        package var platform: PlatformName
        /// The platform's own name for it: FlexAI's GPU type, FLARE's `provider/location/model/memory`.
        package var name: String

        /// A name on a platform.
        package init(platform: PlatformName, name: String) {
            self.platform = platform
            self.name = name
        }

        package static func < (left: Self, right: Self) -> Bool {
            (left.platform, left.name) < (right.platform, right.name)
        }
    }

    /// Its name.
    package var id: ID
    /// The member of FLARE's federation that owns it; nil where the platform itself does.
    package var provider: String?
    /// The region, as the platform writes it.
    package var location: String?
    /// The zone within the region.
    package var zone: String?
    /// The GPU's model: the catalogue's name where it is known, else as the platform writes it.
    package var model: String
    /// Memory of each GPU.
    package var gpuMemory: Quantity?
    /// How many GPUs can be had now; nil where the platform does not say.
    package var available: Int?
    /// What one GPU costs in an hour; nil where the platform does not say (FLARE's "0 EUR").
    package var hourlyPerGPU: Money?
    /// Whether the platform may take it back.
    package var spot = false
    /// Network latency in milliseconds.
    package var latencyMs: Int?
    /// How long an allocation usually takes to run.
    package var startup: Duration?
    /// CUDA compute capability.
    package var computeCapability: ComputeCapability?
    /// GPU architecture.
    package var architecture: GPUWish.Architecture?
    /// GPU tier.
    package var tier: GPUWish.Tier?
    /// How several of its GPUs talk to one another.
    package var interconnect: GPUWish.Interconnect?
    /// Throughput of each GPU in TFLOPS of 32-bit floats, in thousandths.
    package var fp32Tflops: Quantity?

    /// The model's form, as the catalogue writes it: `SXM5`, `PCIe`, `NVL`.
    package var variant: String?
    /// CUDA cores, or stream processors, of each GPU.
    package var cores: Int?
    /// Clock of each GPU in hertz.
    package var clockSpeed: Quantity?
    /// Whether each GPU can be split into instances (MIG).
    package var multiInstance: Bool?
    /// Whether others may compute on the same GPUs.
    package var shared = false

    /// An offer of which only the essentials are known.
    package init(id: ID, model: String) {
        self.id = id
        self.model = model
    }

    /// Who sells it.
    package var platform: PlatformName { id.platform }
}

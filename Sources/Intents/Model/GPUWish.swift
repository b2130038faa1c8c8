/// What the GPUs should be like (`workload.resources.gpu`).
///
/// A word that is `any` in the file is nil here: it wishes nothing.
package struct GPUWish: Hashable, Sendable {
    /// A model's name as the file writes it, in lower case.
    package var model: String?
    /// How many GPUs each slot holds.
    package var count = 1
    /// Memory of each GPU, at least.
    package var memory: Quantity?
    /// CUDA cores of each GPU, at least.
    package var cores: Int?
    /// Clock in hertz, at least.
    package var clockSpeed: Quantity?
    /// CUDA compute capability, at least.
    package var computeCapability: ComputeCapability?
    /// Architecture, as the reference lists them.
    package var architecture: Architecture?
    /// Tier, as the reference lists them.
    package var tier: Tier?
    /// Whether sharing the GPU with other workloads is allowed.
    package var shared = false
    /// Interconnect, at least as good as this.
    package var interconnect: Interconnect?
    /// Whether allocations that the platform may take back are allowed.
    package var interruptible = false
    /// Whether multi-instance GPUs (MIG) are needed.
    package var multiInstance = false
    /// Whether the GPU must be dedicated.
    package var dedicated = false
    /// Throughput of each GPU in TFLOPS of 32-bit floats, in thousandths, at least.
    package var fp32Tflops: Quantity?
    /// How several GPUs are connected.
    package var topology: Topology?
    /// Multi-GPU efficiency between 0 and 1, in thousandths, at least.
    package var multiGPUEfficiency: Quantity?

    /// One GPU of any kind.
    package init() {}

    /// GPU architectures.
    package enum Architecture: String, Hashable, Sendable, CaseIterable {
        /// NVIDIA Blackwell, which the reference does not list yet.
        case blackwell
        /// NVIDIA Hopper.
        case hopper
        /// NVIDIA Ada Lovelace.
        case adaLovelace = "ada-lovelace"
        /// NVIDIA Ampere.
        case ampere
        /// NVIDIA Turing.
        case turing
        /// NVIDIA Volta.
        case volta
        /// AMD CDNA 3.
        case cdna3
        /// AMD RDNA 3.
        case rdna3
        /// AMD CDNA 2, which the reference does not list.
        case cdna2
        /// NVIDIA Pascal, which the reference does not list.
        case pascal
        /// NVIDIA Maxwell, which the reference does not list.
        case maxwell
        /// NVIDIA Kepler, which the reference does not list.
        case kepler
    }

    /// GPU tiers.
    package enum Tier: String, Hashable, Sendable, CaseIterable {
        /// High-end data centre GPUs.
        case premium
        /// Mid-range GPUs.
        case standard
        /// Gaming GPUs.
        case gaming
        /// GPUs made for inference.
        case inference
        /// The cheapest.
        case budget
    }

    /// How GPUs talk to one another, best last.
    package enum Interconnect: String, Hashable, Sendable, CaseIterable {
        /// PCI Express.
        case pcie
        /// InfiniBand.
        case infiniband
        /// NVLink.
        case nvlink
        /// NVSwitch.
        case nvswitch
    }

    /// How several GPUs are wired up.
    package enum Topology: String, Hashable, Sendable, CaseIterable {
        /// Every GPU reaches every other directly.
        case allToAll = "all-to-all"
        /// Through NVSwitch.
        case nvswitch
        /// In a ring.
        case ring
        /// In a mesh.
        case mesh
    }
}

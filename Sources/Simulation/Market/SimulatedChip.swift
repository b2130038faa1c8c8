/// A GPU model as the simulated platforms know it: the facts that FLARE's selection looks at.
package struct SimulatedChip: Hashable, Sendable {
    /// The reference's name, such as `nvidia-h100`.
    package let model: String
    /// The name for people, such as `NVIDIA H100`.
    package let title: String
    /// The reference's tier.
    package let tier: String
    /// The reference's architecture.
    package let architecture: String
    /// CUDA compute capability; empty where the chip has none.
    package let computeCapability: String
    /// How several of them talk to one another, best first.
    package let interconnects: [String]
    /// Throughput in tenths of a TFLOPS of 32-bit floats, to rank by performance.
    package let speed: Int

    /// A chip from its facts.
    package init(
        _ model: String,
        _ title: String,
        tier: String,
        architecture: String,
        capability: String,
        interconnects: [String] = ["pcie"],
        speed: Int
    ) {
        self.model = model
        self.title = title
        self.tier = tier
        self.architecture = architecture
        self.computeCapability = capability
        self.interconnects = interconnects
        self.speed = speed
    }
}

extension SimulatedChip {
    static let h100 = SimulatedChip(
        "nvidia-h100",
        "NVIDIA H100",
        tier: "premium",
        architecture: "hopper",
        capability: "9.0",
        interconnects: ["nvswitch", "nvlink", "infiniband", "pcie"],
        speed: 669
    )
    static let a100 = SimulatedChip(
        "nvidia-a100",
        "NVIDIA A100",
        tier: "premium",
        architecture: "ampere",
        capability: "8.0",
        interconnects: ["nvlink", "infiniband", "pcie"],
        speed: 195
    )
    static let mi300x = SimulatedChip(
        "amd-mi300x",
        "AMD MI300X",
        tier: "premium",
        architecture: "cdna3",
        capability: "",
        interconnects: ["infiniband", "pcie"],
        speed: 1634
    )
    static let rtx4090 = SimulatedChip(
        "nvidia-rtx-4090",
        "NVIDIA RTX 4090",
        tier: "gaming",
        architecture: "ada-lovelace",
        capability: "8.9",
        speed: 826
    )
    static let rtx4080 = SimulatedChip(
        "nvidia-rtx-4080",
        "NVIDIA RTX 4080",
        tier: "standard",
        architecture: "ada-lovelace",
        capability: "8.9",
        speed: 487
    )
    static let rtx3090 = SimulatedChip(
        "nvidia-rtx-3090",
        "NVIDIA RTX 3090",
        tier: "gaming",
        architecture: "ampere",
        capability: "8.6",
        speed: 356
    )
    static let rtx3080 = SimulatedChip(
        "nvidia-rtx-3080",
        "NVIDIA RTX 3080",
        tier: "standard",
        architecture: "ampere",
        capability: "8.6",
        speed: 298
    )
    static let rx7900xtx = SimulatedChip(
        "amd-rx-7900xtx",
        "AMD RX 7900XTX",
        tier: "gaming",
        architecture: "rdna3",
        capability: "",
        speed: 614
    )
    static let t4 = SimulatedChip(
        "nvidia-t4",
        "NVIDIA T4",
        tier: "inference",
        architecture: "turing",
        capability: "7.5",
        speed: 81
    )
    static let l4 = SimulatedChip(
        "nvidia-l4",
        "NVIDIA L4",
        tier: "inference",
        architecture: "ada-lovelace",
        capability: "8.9",
        speed: 303
    )
    static let v100 = SimulatedChip(
        "nvidia-v100",
        "NVIDIA V100",
        tier: "budget",
        architecture: "volta",
        capability: "7.0",
        interconnects: ["nvlink", "pcie"],
        speed: 157
    )
}

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
    /// What one GPU costs in an hour; nil where the platform does not say (FLARE's "0 EUR"), and for whole machines.
    package var hourlyPerGPU: Money?
    /// The machine, where the offer is one and is bought whole, and not GPU by GPU.
    package var machine: Machine?
    /// The currency of the prices; a market turns all into euros, or leaves the offer out.
    package var currency = "EUR"
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
    /// What each GPU draws at most, in watts.
    package var watts: Quantity?
    /// What is known of the seller at this place; a market fills it in from the configuration.
    package var facts: ProviderFacts {
        get { sharedFacts.value }
        set { sharedFacts = SharedFacts(newValue) }
    }
    private var sharedFacts = SharedFacts.none

    /// Tells facts apart without looking into them: two offers with one identity have the same facts.
    var factsIdentity: ObjectIdentifier { sharedFacts.identity }

    /// Takes another offer's facts, so that both share them.
    mutating func shareFacts(of other: borrowing Offer) { sharedFacts = other.sharedFacts }

    /// An offer of which only the essentials are known.
    package init(id: ID, model: String) {
        self.id = id
        self.model = model
    }

    /// Who sells it.
    package var platform: PlatformName { id.platform }

    /// What GPUs for one slot cost in an hour: that many GPUs, or one whole machine; nil where the seller does not say.
    package func hourly(slotOf count: Int) -> Money? {
        if let machine { return machine.hourly }
        return hourlyPerGPU.map { $0 * count }
    }

    /// Whether it states what it costs.
    package var isPriced: Bool { machine.map { $0.hourly != nil } ?? (hourlyPerGPU != nil) }
}

/// Facts that many offers have in common, so that handing an offer on costs one reference and not one for each of them.
private struct SharedFacts: Hashable, Sendable {
    /// Where the facts live; nobody changes them.
    private final class Storage: Sendable {
        let value: ProviderFacts

        init(_ value: ProviderFacts) { self.value = value }
    }

    /// Nothing is known.
    static let none = SharedFacts(ProviderFacts())

    private let storage: Storage

    init(_ value: ProviderFacts) { storage = Storage(value) }

    var value: ProviderFacts { storage.value }

    var identity: ObjectIdentifier { ObjectIdentifier(storage) }

    static func == (left: Self, right: Self) -> Bool { left.storage === right.storage || left.value == right.value }

    func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

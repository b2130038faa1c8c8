package import Intents

/// One thing that a simulated platform sells: GPUs of one kind in one place, with how many there are and are taken.
package struct SimulatedWare: Sendable {
    /// The platform's name for it: FlexAI's GPU type, FLARE's `provider/location/model/memory`.
    package let name: String
    /// Which chip.
    package let chip: SimulatedChip
    /// Memory of each GPU, in gibibytes.
    package let memory: Int
    /// The federation's member that owns it; empty on FlexAI.
    package let provider: String
    /// The region; empty on FlexAI.
    package let location: String
    /// What one GPU costs in an hour.
    package var price: Money
    /// How many GPUs there are.
    package var capacity: Int
    /// How many of them are in use; more than there are only where the capacity was cut later.
    package fileprivate(set) var taken = 0
    /// Whether the platform admits to having it (FlexAI's `available`, FLARE's row in the list).
    package var isOffered = true

    /// A GPU type of FlexAI.
    package init(flexai name: String, _ chip: SimulatedChip, memory: Int, euros: Double, capacity: Int) {
        self.init(name: name, chip: chip, memory: memory, provider: "", location: "", euros: euros, capacity: capacity)
    }

    /// A resource of a member of FLARE's federation.
    package init(
        _ provider: String,
        _ location: String,
        _ chip: SimulatedChip,
        memory: Int,
        euros: Double,
        capacity: Int
    ) {
        self.init(
            name: "\(provider)/\(location)/\(chip.model)/\(memory)Gi",
            chip: chip,
            memory: memory,
            provider: provider,
            location: location,
            euros: euros,
            capacity: capacity
        )
    }

    private init(
        name: String,
        chip: SimulatedChip,
        memory: Int,
        provider: String,
        location: String,
        euros: Double,
        capacity: Int
    ) {
        self.name = name
        self.chip = chip
        self.memory = memory
        self.provider = provider
        self.location = location
        self.price = Money(micros: Int64(euros * 1_000_000 + 0.5))
        self.capacity = capacity
    }

    /// How many GPUs can be had now.
    package var free: Int { max(0, capacity - taken) }

    /// Takes GPUs off the shelf.
    mutating func take(_ count: Int) {
        precondition(count <= free, "sold more of \(name) than there is")
        taken += count
    }

    /// Puts GPUs back.
    mutating func giveBack(_ count: Int) {
        precondition(count <= taken, "more of \(name) came back than was sold")
        taken -= count
    }
}

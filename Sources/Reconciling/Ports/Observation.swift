package import Intents

/// What a platform said of one allocation.
package struct Observation: Hashable, Sendable {
    /// The platform's name for it.
    package var id: AllocationID
    /// What it means.
    package var state: AllocationState
    /// The platform's own word for its state, as it came.
    package var rawState: String
    /// What we told the platform when buying (FlexAI's `user_id`, FLARE's name), where it is echoed.
    package var reference: String?
    /// Where it can be reached: an IP address or a host.
    package var address: String?
    /// Where the workload can be reached.
    package var url: String?
    /// When the platform says that it was created.
    package var createdAt: Timestamp?
    /// The GPU model or type, as the platform writes it.
    package var gpuType: String?
    /// How many GPUs it holds.
    package var gpuCount: Int?
    /// Its cores, where told.
    package var cpuCores: Int?
    /// Its memory in GB, where told.
    package var memoryGB: Int?
    /// The federation's member that runs it.
    package var provider: String?
    /// Where it runs.
    package var location: String?
    /// What it costs in an hour, as the platform says.
    package var hourlyCost: Money?
    /// What it has cost so far, as the platform says.
    package var totalCost: Money?
    /// When it is expected to run.
    package var estimatedStart: Timestamp?
    /// The platform's message for people.
    package var message: String?
    /// Other facts worth showing, such as `latency_p99: 120ms`, in a stable order.
    package var details: [Detail] = []

    /// An observation of which only the essentials are known.
    package init(id: AllocationID, state: AllocationState, rawState: String) {
        self.id = id
        self.state = state
        self.rawState = rawState
    }

    /// Everything that is worth showing and has no place of its own, in a line; nil where there is nothing.
    package var words: String? {
        var words = [message].compactMap(\.self)
        if let estimatedStart { words.append("estimated start \(estimatedStart.text)") }
        words += details.map { "\($0.name) \($0.value)" }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    /// A named fact.
    package struct Detail: Hashable, Sendable {
        /// Its name, as the platform writes it.
        package var name: String
        /// Its value, as the platform writes it.
        package var value: String

        /// A named fact.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}

/// What an allocation's state means for us.
package enum AllocationState: String, Hashable, Sendable, CaseIterable {
    /// Being made ready, and billed or soon to be.
    case provisioning = "Provisioning"
    /// Doing its work.
    case running = "Running"
    /// On its way to being stopped.
    case stopping = "Stopping"
    /// Stopped, which is final for us except for deleting.
    case stopped = "Stopped"
    /// Its work ended well.
    case completed = "Completed"
    /// Its work or its making failed.
    case failed = "Failed"
    /// A word that we do not know; treated as alive.
    case unknown = "Unknown"
}

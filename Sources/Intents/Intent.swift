/// The desired state that a person wrote: FLARE's intent with a name.
package struct Intent: Hashable, Sendable {
    /// The name under which the operator keeps it: `metadata.name`, else `workload.name`.
    package var name: String
    /// Where it lives in Kubernetes; nil for files.
    package var namespace: String?
    /// Labels of the Kubernetes form, for selectors.
    package var labels: [String: String]
    /// Annotations of the Kubernetes form.
    package var annotations: [String: String]
    /// What is wished for.
    package var spec: IntentSpec

    /// An intent from its parts.
    package init(
        name: String,
        namespace: String? = nil,
        labels: [String: String] = [:],
        annotations: [String: String] = [:],
        spec: IntentSpec
    ) {
        self.name = name
        self.namespace = namespace
        self.labels = labels
        self.annotations = annotations
        self.spec = spec
    }
}

/// The wish itself, the same in FLARE's JSON and in the Kubernetes form.
package struct IntentSpec: Hashable, Sendable {
    /// What the choice of an offer optimises.
    package var objective = Objective.balanced
    /// What runs, and on what.
    package var workload = Workload()
    /// Limits of money, place, time and law.
    package var constraints = Constraints()
    /// What the person needs of availability.
    package var sla = ServiceLevel()
    /// Present while the intent is to hold nothing, or only stopped allocations.
    package var suspend: Suspension?
    /// Present while the operator is to look but change nothing.
    package var paused: Pause?

    /// A spec with every default.
    package init() {}
}

/// What the choice of an offer optimises (`objective`).
package enum Objective: String, Hashable, Sendable, CaseIterable {
    /// The lowest hourly cost.
    case cost = "Cost_Minimization"
    /// The fastest GPUs.
    case performance = "Performance_Maximization"
    /// The lowest network latency, then the fastest start.
    case latency = "Latency_Minimization"
    /// The most throughput for the money, discounted by latency.
    case balanced = "Balanced_Optimization"
}

/// Keeps an intent without running allocations until a time or until a person resumes it (`suspend`).
package struct Suspension: Hashable, Sendable {
    /// What happens to the allocations.
    package enum Mode: String, Hashable, Sendable, CaseIterable {
        /// They are deleted, and nothing is billed.
        case release
        /// They are stopped and kept; resuming replaces them, since no platform can start one again.
        case stop
    }

    /// Why, in a person's words.
    package var reason = ""
    /// When it ends by itself; nil means when a person says so.
    package var until: Timestamp?
    /// What happens to the allocations.
    package var mode = Mode.release

    /// A suspension with every default.
    package init() {}
}

/// Freezes an intent: observed, never changed (`paused`).
package struct Pause: Hashable, Sendable {
    /// Why, in a person's words.
    package var reason = ""

    /// A pause without a reason.
    package init() {}
}

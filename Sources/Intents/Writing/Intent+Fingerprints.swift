/// What one allocation stands for.
package enum AllocationScope: Hashable, Sendable, CaseIterable {
    /// One slot of an intent: an instance of FlexAI.
    case instance
    /// All of an intent: an intent of FLARE, which scales by itself.
    case wholeIntent
}

/// The fingerprints of an intent, 32 hexadecimal digits each; not cryptographic.
package struct IntentFingerprints: Hashable, Sendable {
    private let instance: String
    private let wholeIntent: String

    fileprivate init(_ spec: IntentSpec) {
        instance = Fingerprint.text(of: IntentEncoder.spec(spec.shape(for: .instance)))
        wholeIntent = Fingerprint.text(of: IntentEncoder.spec(spec.shape(for: .wholeIntent)))
    }

    /// What an allocation is made from: another one means that the allocation must be replaced.
    package func shape(for scope: AllocationScope) -> String {
        switch scope {
        case .instance: instance
        case .wholeIntent: wholeIntent
        }
    }
}

extension Intent {
    /// The fingerprints of the spec; name, labels and annotations change none of them.
    package var fingerprints: IntentFingerprints { IntentFingerprints(spec) }
}

extension IntentSpec {
    /// The spec with everything at its default that does not force the replacement of an allocation.
    ///
    /// - For an instance stays what it runs and on what. Its type, its name, `scaling` and `job` go: they say how many
    ///   there are and when they end, which is the operator's work. Of the constraints only the place and the providers
    ///   stay: who moves an intent to another region wants its allocations there.
    /// - For a whole intent `scaling`, `job` and the type stay, since the platform acts on them and cannot be told of a
    ///   change, and so do the constraints that are forwarded (place, providers, deadline, latency, availability, energy,
    ///   law, network, security).
    /// - The caps (`max_hourly_cost`, `max_total_cost`) never count: they act on a living allocation in place. Neither
    ///   do the objective, `negotiation` and `sla`, which matter while choosing, nor `suspend` and `paused`.
    fileprivate func shape(for scope: AllocationScope) -> IntentSpec {
        var shape = IntentSpec()
        shape.workload = workload
        shape.workload.name = ""
        switch scope {
        case .instance:
            shape.workload.kind = .service
            shape.workload.scaling = nil
            shape.workload.job = nil
            shape.constraints.location = constraints.location
            shape.constraints.availabilityZone = constraints.availabilityZone
            shape.constraints.providers = constraints.providers
        case .wholeIntent:
            shape.constraints = constraints
            shape.constraints.maxHourlyCost = nil
            shape.constraints.maxTotalCost = nil
            shape.constraints.negotiation = nil
        }
        return shape
    }
}

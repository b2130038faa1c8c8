import Documents
package import Intents
package import Placement

/// What is remembered of the negotiation for an intent whose wish nothing grants.
///
/// It binds to a generation of the spec: another spec negotiates anew, unless what was agreed is still taken unasked.
package struct NegotiationMemory: Hashable, Sendable {
    /// The generation of the spec that is negotiated for.
    package var generation: Int
    /// When it began.
    package var beganAt: Timestamp
    /// What was agreed; nil while nothing is.
    package var agreed: Agreement?
    /// What people were asked last.
    package var proposed: Deviation?
    /// When its time was over without an agreement; nil before.
    package var endedAt: Timestamp?

    /// A negotiation that begins.
    package init(generation: Int, beganAt: Timestamp) {
        self.generation = generation
        self.beganAt = beganAt
    }
}

extension AccountMemory {
    /// What was agreed for a generation of the spec.
    package func agreement(for generation: Int) -> Agreement? {
        negotiation.flatMap { $0.generation == generation ? $0.agreed : nil }
    }

    /// The spec of a wish as platforms are told of it: what was agreed, and nothing left to negotiate.
    func ordered(_ wish: Wish) -> IntentSpec {
        guard let agreed = agreement(for: wish.generation) else { return wish.intent.spec }
        var spec = wish.intent.spec.settled(by: agreed)
        spec.constraints.negotiation = nil
        return spec
    }
}

extension NegotiationMemory {
    /// As ledgers keep it.
    var node: Node {
        .mapping(droppingNil: [
            "generation": .integer(generation),
            "beganAt": .string(beganAt.text),
            "agreed": agreed.map { .string($0.deviation.text) },
            "fallback": (agreed?.fallback).map { .string($0.rawValue) },
            "tier": (agreed?.tier).map { .string($0.rawValue) },
            "proposed": proposed.map { .string($0.text) },
            "endedAt": endedAt.map { .string($0.text) },
        ])
    }

    /// Reads what `node` has written; a deviation that cannot be read is none, so that it is negotiated anew.
    init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(generation: try fields.integer("generation"), beganAt: try fields.moment("beganAt"))
        if let deviation = try fields.optionalText("agreed").flatMap(Deviation.init(text:)) {
            agreed = Agreement(
                deviation,
                fallback: try fields.optionalText("fallback").flatMap(Negotiation.Fallback.init(rawValue:)),
                tier: try fields.optionalText("tier").flatMap(GPUWish.Tier.init(rawValue:))
            )
        }
        proposed = try fields.optionalText("proposed").flatMap(Deviation.init(text:))
        endedAt = try fields.optionalMoment("endedAt")
    }
}

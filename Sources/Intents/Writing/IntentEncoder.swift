package import Documents

/// Writes intents down: fields in a fixed order, values in one spelling, so that equal intents give equal nodes.
package enum IntentEncoder {
    /// The spec, as it stands in the Kubernetes form.
    package static func spec(_ spec: IntentSpec, _ completeness: Completeness = .brief) -> Node {
        IntentSpec.description.encode(spec, completeness)
    }

    /// FLARE's `{"intent": {…}}`, without the fields that are the operator's own (``IntentSpec/own``).
    ///
    /// `complete` writes every value of each object that is written at all, since platforms differ in their defaults.
    package static func flare(_ spec: IntentSpec, _ completeness: Completeness = .brief) -> Node {
        guard case .mapping(let members) = Self.spec(spec, completeness).value else { return Node(.mapping([])) }
        let sent = members.filter { !IntentSpec.own.contains($0.key) }
        return Node(.mapping([Node.Member("intent", Node(.mapping(sent)))]))
    }

    /// The whole intent in its Kubernetes form, without a status.
    package static func document(_ intent: Intent) -> Node {
        var form = KubernetesForm()
        form.metadata.name = intent.name
        form.metadata.namespace = intent.namespace
        form.metadata.labels = intent.labels
        form.metadata.annotations = intent.annotations
        form.spec = intent.spec
        return KubernetesForm.description.encode(form, .brief)
    }
}

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

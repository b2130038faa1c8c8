import Documents

/// The head of an object in its Kubernetes form (`metadata`).
struct Metadata: Described {
    /// The object's name.
    var name: String?
    /// The namespace it lives in.
    var namespace: String?
    /// Labels, for selectors.
    var labels: [String: String] = [:]
    /// Annotations, for tools.
    var annotations: [String: String] = [:]

    /// No name at all.
    init() {}

    static let description = ObjectDescription<Metadata>(
        "metadata",
        "The object's name, and what Kubernetes keeps of it",
        fields: [
            .optional(
                "name",
                \.name,
                .subdomain("a name", example: "my-intent"),
                "The name under which the intent is kept; workload.name where it is missing"
            ),
            .optional("namespace", \.namespace, .label("a namespace", example: "default"), "The namespace it lives in"),
            .standard("labels", \.labels, .texts, "Labels, for selectors"),
            .standard("annotations", \.annotations, .texts, "Annotations, for tools"),
        ]
            + [
                "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "finalizers", "generateName",
                "generation", "managedFields", "ownerReferences", "resourceVersion", "selfLink", "uid",
            ].map { .tolerated($0, "Written by Kubernetes") },
        rules: rules
    )
}

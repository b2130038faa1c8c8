import Documents

/// An intent in its Kubernetes form.
struct KubernetesForm: Described {
    /// The words of an object's first two fields.
    static let apiVersion = "intent-operator.dev/v1alpha1"
    /// The kind of an intent.
    static let kind = "Intent"

    /// The version of the form.
    var apiVersion = apiVersion
    /// The kind of object.
    var kind = kind
    /// The head.
    var metadata = Metadata()
    /// The wish.
    var spec = IntentSpec()

    /// A form with every default.
    init() {}

    static let description = ObjectDescription<KubernetesForm>(
        "kubernetes_form",
        "An intent in its Kubernetes form",
        fields: [
            .required("apiVersion", \.apiVersion, .fixed(apiVersion), "The version of the form"),
            .required("kind", \.kind, .fixed(kind), "The kind of object"),
            .standard("metadata", \.metadata, .object(), "The object's name, and what Kubernetes keeps of it"),
            .required("spec", \.spec, .object(), "What is wished for"),
            .tolerated("status", "Written by the operator"),
        ]
    )
}

extension Form<String> {
    /// One word only.
    static func fixed(_ word: String) -> Form {
        Form(
            schema: .words([word]),
            decode: { node, findings in
                if node.string == word { return word }
                findings.error(at: node.position, "\(node.scalarText?.excerpt ?? node.kind) should be \(word)")
                return nil
            },
            encode: { word, _ in Node(.string(word)) }
        )
    }
}

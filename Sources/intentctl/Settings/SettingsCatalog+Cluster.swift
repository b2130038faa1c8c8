import Kubernetes

/// The cluster whose objects are the intents, the ledger and the lock.
struct ClusterSettings: Hashable, Sendable {
    /// Whether a cluster is used at all (`--kubernetes`).
    var isUsed = false
    /// The only kubeconfig file to read; nil for what `KUBECONFIG`, the pod or the home directory offer.
    var kubeconfig: String?
    /// The context in it; nil for the current one.
    var context: String?
    /// The namespace whose intents are meant; nil for the context's.
    var namespace: String?
    /// Whether the intents of every namespace are meant.
    var allNamespaces = false
    /// The namespace of the operator's Lease; nil for the pod's own, else for where a Lease is.
    var operatorNamespace: String?
    /// A label selector that intents must match.
    var labelSelector: String?
    /// Whether to stand by while another operator holds the lock, instead of refusing.
    var leaderElect = false
    /// The part of the fleet that is this operator's.
    var shard = Shard.whole
}

extension SettingsCatalog {
    /// The cluster.
    static let cluster: [SettingDescription] = [
        .init(
            "kubernetes.enabled",
            \.cluster.isUsed,
            .truth,
            "Keep intents, ledger and lock in a Kubernetes cluster",
            environment: "INTENTCTL_KUBERNETES",
            flag: "kubernetes"
        ),
        .init(
            "kubernetes.kubeconfig",
            \.cluster.kubeconfig,
            .text("FILE"),
            "The kubeconfig file; otherwise KUBECONFIG, the pod's own account or ~/.kube/config",
            environment: "INTENTCTL_KUBECONFIG",
            flag: "kubeconfig"
        ),
        .init(
            "kubernetes.context",
            \.cluster.context,
            .text("NAME"),
            "The context of the kubeconfig",
            environment: "INTENTCTL_CONTEXT",
            flag: "context"
        ),
        .init(
            "kubernetes.namespace",
            \.cluster.namespace,
            .text("NAME"),
            "The namespace whose intents are meant; otherwise the context's",
            environment: "INTENTCTL_NAMESPACE",
            flag: "namespace"
        ),
        .init(
            "kubernetes.allNamespaces",
            \.cluster.allNamespaces,
            .truth,
            "Mean the intents of every namespace",
            environment: "INTENTCTL_ALL_NAMESPACES",
            flag: "all-namespaces"
        ),
        .init(
            "kubernetes.operatorNamespace",
            \.cluster.operatorNamespace,
            .text("NAME"),
            "The namespace of the operator's Lease; otherwise the pod's own or the context's, and for commands intent-operator",
            environment: "INTENTCTL_OPERATOR_NAMESPACE",
            flag: "operator-namespace"
        ),
        .init(
            "kubernetes.watchLabelSelector",
            \.cluster.labelSelector,
            .text("SELECTOR"),
            "Only intents whose labels match",
            environment: "INTENTCTL_WATCH_LABEL_SELECTOR",
            flag: "watch-label-selector"
        ),
        .init(
            "kubernetes.leaderElect",
            \.cluster.leaderElect,
            .truth,
            "Stand by while another operator holds the lock, instead of refusing to start",
            environment: "INTENTCTL_LEADER_ELECT",
            flag: "leader-elect"
        ),
        .init(
            "kubernetes.shard",
            \.cluster.shard,
            .shard,
            "The part of the fleet that is this operator's, I of N counted from 0; one lock each",
            environment: "INTENTCTL_SHARD",
            flag: "shard"
        ),
    ]
}

extension SettingType<Shard> {
    /// `i/n`.
    static let shard = Self(placeholder: "I/N") { input throws(SettingFault) in
        guard let shard = Shard(try input.scalar()) else {
            throw SettingFault("must be I/N with I from 0 to N - 1 and N at most 1000, such as 0/3")
        }
        return shard
    } show: {
        $0.description
    }
}

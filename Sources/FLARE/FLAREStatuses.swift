import Reconciling

/// FLARE's words for states, those of the newer dialect's conditions among them.
enum FLAREStatuses {
    /// What each word means; `cancelled` is what a deleted intent is called.
    static let table = StatusTable.common.adding([
        .alive(.provisioning): [
            "SolverNotReady", "NamespaceOffloadingNotReady", "DeployNotReady", "received", "processing", "deploying",
        ],
        .alive(.running): ["deployed"],
        .gone: ["cancelled", "canceled"],
    ])

    /// Words by which a reply says that the call went well; they speak of no intent.
    static let ofCalls: Set<String> = ["success", "ok"]
}

/// What the operator's configuration says about choosing.
package struct PlacementPolicy: Hashable, Sendable {
    /// Whether workloads that FlexAI cannot start by itself may be put on its bare instances.
    package var bareInstancesAllowed = false

    /// The defaults.
    package init() {}
}

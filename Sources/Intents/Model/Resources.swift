/// What a workload needs to run on (`workload.resources`).
package struct Resources: Hashable, Sendable {
    /// CPU cores.
    package var cpu: Quantity?
    /// Main memory.
    package var memory: Quantity?
    /// GPUs; nil where the intent says nothing of them, which means one of any kind.
    package var gpu: GPUWish?

    /// No wish at all.
    package init() {}
}

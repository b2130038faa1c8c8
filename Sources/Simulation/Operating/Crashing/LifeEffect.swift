/// What a process does that outlasts it.
package enum LifeEffect: Hashable, Sendable {
    /// A write to the ledger.
    case write
    /// A call that changes something on a platform.
    case call
}

/// How far an allocation of a simulated platform has come; each platform has its own words for it.
package enum SimulatedPhase: String, Hashable, Sendable, CaseIterable {
    /// Being made ready.
    case booting
    /// At work.
    case running
    /// Asked to stop, not yet stopped.
    case stopping
    /// Stopped, and billed all the same.
    case stopped
    /// Its work ended well.
    case completed
    /// Its work failed, or it was taken away.
    case failed
}

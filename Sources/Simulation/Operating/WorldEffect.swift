import Intents

/// One line of a run's trace: something that changed the world, the disk, or what is wished for.
package struct WorldEffect: Sendable, CustomStringConvertible {
    /// When, since the start.
    package let at: Duration
    /// What.
    let what: String
    /// To what, or with what.
    let about: String

    package var description: String {
        let milliseconds = at.milliseconds
        let fraction = String(milliseconds % 1000)
        let padded = String(repeating: "0", count: 3 - fraction.count) + fraction
        return "\(milliseconds / 1000).\(padded) \(what) \(about)"
    }
}

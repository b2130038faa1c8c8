/// What happens when an allocation is not what was bought (`driftPolicy`).
package enum DriftPolicy: String, Hashable, Sendable, CaseIterable {
    /// It is replaced by what was ordered.
    case correct = "Correct"
    /// It is shown, and left as it is.
    case report = "Report"
}

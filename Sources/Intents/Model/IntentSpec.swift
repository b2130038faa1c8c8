/// The wish itself, the same in FLARE's JSON and in the Kubernetes form.
package struct IntentSpec: Hashable, Sendable {
    /// What the choice of an offer optimises.
    package var objective = Objective.balanced
    /// What runs, and on what.
    package var workload = Workload()
    /// Limits of money, place, time and law.
    package var constraints = Constraints()
    /// What the person needs of availability.
    package var sla = ServiceLevel()
    /// Present while the intent is to hold nothing, or only stopped allocations.
    package var suspend: Suspension?
    /// Present while the operator is to look but change nothing.
    package var paused: Pause?

    /// A spec with every default.
    package init() {}
}

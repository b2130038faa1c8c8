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
    /// Names of intents, in the same namespace, that must be ready before this one is started and that outlive it.
    package var dependsOn: [String] = []
    /// What happens when an allocation is not what was bought.
    package var driftPolicy = DriftPolicy.correct
    /// Present where a service that does nothing is to be suspended.
    package var idle: IdlePolicy?
    /// How long the record of a finished job is kept; nil where the file says nothing.
    package var ttlAfterFinished: Duration?

    /// A spec with every default.
    package init() {}

    /// What is to be done, without the operator's own fields, which say how it is kept.
    package var work: IntentSpec {
        var work = self
        work.suspend = nil
        work.paused = nil
        work.dependsOn = []
        work.driftPolicy = .correct
        work.idle = nil
        work.ttlAfterFinished = nil
        return work
    }
}

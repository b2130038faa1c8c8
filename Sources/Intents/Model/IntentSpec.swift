/// The wish itself, the same in FLARE's JSON and in the Kubernetes form.
///
/// It has well over a hundred fields and is asked at every turn: its copies share them until one is changed.
///
/// What is read of it is not lent (`_read`): of a large value that is lent, Swift 6.3 copies an optional part, as for
/// `!= nil` and `??`, when it has been given back and its memory is free.
package struct IntentSpec: Hashable, Sendable {
    /// What the choice of an offer optimises.
    package var objective: Objective {
        get { page.content.objective }
        _modify { yield &content.objective }
    }
    /// What runs, and on what.
    package var workload: Workload {
        get { page.content.workload }
        _modify { yield &content.workload }
    }
    /// Limits of money, place, time and law.
    package var constraints: Constraints {
        get { page.content.constraints }
        _modify { yield &content.constraints }
    }
    /// What the person needs of availability.
    package var sla: ServiceLevel {
        get { page.content.sla }
        _modify { yield &content.sla }
    }
    /// Present while the intent is to hold nothing, or only stopped allocations.
    package var suspend: Suspension? {
        get { page.content.suspend }
        _modify { yield &content.suspend }
    }
    /// Present while the operator is to look but change nothing.
    package var paused: Pause? {
        get { page.content.paused }
        _modify { yield &content.paused }
    }
    /// Names of intents, in the same namespace, that must be ready before this one is started and that outlive it.
    package var dependsOn: [String] {
        get { page.content.dependsOn }
        _modify { yield &content.dependsOn }
    }
    /// What happens when an allocation is not what was bought.
    package var driftPolicy: DriftPolicy {
        get { page.content.driftPolicy }
        _modify { yield &content.driftPolicy }
    }
    /// Present where a service that does nothing is to be suspended.
    package var idle: IdlePolicy? {
        get { page.content.idle }
        _modify { yield &content.idle }
    }
    /// How long the record of a finished job is kept; nil where the file says nothing.
    package var ttlAfterFinished: Duration? {
        get { page.content.ttlAfterFinished }
        _modify { yield &content.ttlAfterFinished }
    }

    /// All that a spec says.
    private struct Content: Hashable, Sendable {
        var objective = Objective.balanced
        var workload = Workload()
        var constraints = Constraints()
        var sla = ServiceLevel()
        var suspend: Suspension?
        var paused: Pause?
        var dependsOn: [String] = []
        var driftPolicy = DriftPolicy.correct
        var idle: IdlePolicy?
        var ttlAfterFinished: Duration?
    }

    /// Where it stands; nobody changes it.
    private final class Page: Sendable {
        let content: Content

        init(_ content: Content) { self.content = content }
    }

    private static let blank = Page(Content())
    private var page = Self.blank

    private var content: Content {
        get { page.content }
        _modify {
            var content = page.content
            defer { page = Page(content) }
            yield &content
        }
    }

    /// A spec with every default.
    package init() {}

    package static func == (left: Self, right: Self) -> Bool {
        left.page === right.page || left.page.content == right.page.content
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(page.content) }

    /// What is to be done, without the operator's own fields, which say how it is kept.
    package var work: IntentSpec {
        var work = page.content
        work.suspend = nil
        work.paused = nil
        work.dependsOn = []
        work.driftPolicy = .correct
        work.idle = nil
        work.ttlAfterFinished = nil
        var spec = self
        spec.page = Page(work)
        return spec
    }
}

import Intents

/// Begins an intent only when all that it depends on is ready, and ends one only when nothing depends on it any more.
///
/// What has begun goes on when something that it depends on falters: its order is that of starting and of ending.
func keepTheOrder(_ deliberation: inout Deliberation) {
    if deliberation.situation.wish != nil, !deliberation.account.memory.dependsOn.isEmpty {
        // It has come back before all of it was gone.
        deliberation.account.memory.dependsOn = []
    }
    switch deliberation.holdBuying {
    #if MUTANTS
    case .withdrawn where Mutant.dependentsIgnored.isActive: break
    case nil where Mutant.orderIgnored.isActive: break
    #endif
    case .withdrawn: awaitDependents(&deliberation)
    case nil: awaitDependencies(&deliberation)
    default: break
    }
}

private func awaitDependencies(_ deliberation: inout Deliberation) {
    let surroundings = deliberation.situation.surroundings
    guard surroundings.circle.isEmpty else {
        let circle = surroundings.circle.map(\.rawValue).joined(separator: " → ")
        deliberation.stall = ErrorStatus(
            code: "DEPENDENCY_CIRCLE",
            message: "it waits for itself: \(circle); take one name out of one dependsOn",
            at: deliberation.now
        )
        return deliberation.waitLong("the circle of dependencies")
    }
    guard deliberation.sums.counted == 0 else { return }
    let waiting = surroundings.dependencies.filter { $0.state != .ready }
    guard let first = waiting.first(where: { $0.state != .coming }) ?? waiting.first else { return }
    let names = waiting.map(\.words).joined(separator: ", ")
    let status = ErrorStatus(code: "DependencyNotReady", message: "waiting for \(names)", at: deliberation.now)
    if first.state == .coming { deliberation.notYet = status } else { deliberation.stall = status }
    deliberation.waitLong(status.message)
}

private func awaitDependents(_ deliberation: inout Deliberation) {
    let dependents = deliberation.situation.surroundings.dependents
    guard !dependents.isEmpty, deliberation.sums.counted > 0 else { return }
    let names = dependents.map(\.key.rawValue).joined(separator: ", ")
    let depends = dependents.count == 1 ? "depends" : "depend"
    let status = ErrorStatus(
        code: "DependentsLive",
        message: "it was withdrawn, and stays until \(names) is gone, which \(depends) on it",
        at: deliberation.now
    )
    deliberation.notYet = status
    if !dependents.allSatisfy(\.isLeaving) { deliberation.stall = status }
    deliberation.waitLong(status.message)
}

extension Dependency {
    /// What is waited for, in a few words.
    fileprivate var words: String {
        switch state {
        case .missing: "\(key.rawValue) (no such intent)"
        case .coming: "\(key.rawValue) (on its way)"
        case .stuck: "\(key.rawValue) (held back or stalled)"
        case .ready: key.rawValue
        }
    }
}

extension Deliberation {
    /// Waits for something that wakes this intent by itself; the wait only has an end in case that is missed.
    mutating func waitLong(_ why: String) { wake(at: now + policy.longestWait, why) }

    /// Whether a withdrawn intent is kept because others depend on it.
    var isKeptForDependents: Bool { holdBuying == .withdrawn && notYet != nil }
}

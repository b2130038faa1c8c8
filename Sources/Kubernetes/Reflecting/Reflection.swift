package import Reconciling

/// Keeps a copy of a selection true: lists, watches from there, and lists again where that is not enough.
///
/// A pure state machine: told what happened, it says what to do next. Known of each object are its name and uid, so
/// that deletions are noticed which only a later list shows.
package struct Reflection: Sendable {
    /// What to do next.
    package enum Order: Hashable, Sendable {
        /// Wait, then ask again.
        case wait(Duration)
        /// List everything.
        case list
        /// Watch from a version on, for so long.
        case watch(from: String, timeout: Duration)
    }

    /// Names an object and its incarnation.
    package struct Identity: Hashable, Sendable {
        /// Its name.
        package var name: ObjectName
        /// Tells it from earlier and later ones of the same name.
        package var uid: String

        /// An object by its head.
        package init(_ metadata: ObjectMetadata) {
            name = metadata.name
            uid = metadata.uid
        }

        /// An object by its parts.
        package init(name: ObjectName, uid: String) {
            self.name = name
            self.uid = uid
        }
    }

    /// Where it stands.
    private enum Stage: Hashable, Sendable {
        case toList
        case toWatch(from: String)
        case watching(from: String, since: Duration, heardSomething: Bool)
    }

    /// The shortest and longest time that the server is given for a watch; spread, so that watches do not end together.
    static let watchSeconds: ClosedRange<Int64> = 240...300
    /// A watch that ends sooner, with nothing said, counts as a failure.
    static let shortestWatch = Duration.seconds(1)
    /// The longest wait before a list that many would make at the same moment.
    static let listJitter: Int64 = 1000
    /// Failures in a row after which the copy is said not to be kept.
    static let failuresUntilTrouble = 3
    /// How soon what only a person can mend is asked again, at the least.
    static let slowRetry = Duration.seconds(5)

    private var stage = Stage.toList
    private var notBefore: Duration?
    private var failures = 0
    private var hasListed = false
    private var known: [ObjectName: String] = [:]
    private let backoff: Backoff
    /// Why the copy is not kept now; nil while it is.
    package private(set) var trouble: APIError?

    /// A reflection of nothing yet.
    package init() {
        var backoff = Backoff()
        backoff.limit = .seconds(30)
        self.backoff = backoff
    }

    /// Whether everything has been seen once.
    package var isSynchronized: Bool { hasListed }

    /// The names of everything that is there.
    package var names: Set<ObjectName> { Set(known.keys) }

    /// What to do now.
    package func order(at uptime: Duration, dice: SharedDice) -> Order {
        if let notBefore, uptime < notBefore { return .wait(notBefore - uptime) }
        switch stage {
        case .toList: return .list
        case .toWatch(let version), .watching(let version, _, _):
            return .watch(from: version, timeout: .seconds(dice.throwOne(in: Self.watchSeconds)))
        }
    }

    /// A whole list has come; gives what is gone since, a name that lives on under another uid included.
    package mutating func listed(_ objects: [Identity], resourceVersion: String) -> [Identity] {
        var present: [ObjectName: String] = [:]
        for object in objects { present[object.name] = object.uid }
        let gone = known.filter { present[$0.key] != $0.value }
        known = present
        hasListed = true
        stage = .toWatch(from: resourceVersion)
        succeeded()
        return gone.map { Identity(name: $0.key, uid: $0.value) }.sorted { $0.name < $1.name }
    }

    /// A watch has begun.
    package mutating func opened(at uptime: Duration) {
        guard case .toWatch(let version) = stage else { return }
        stage = .watching(from: version, since: uptime, heardSomething: false)
    }

    /// An object is there, in this version.
    package mutating func upserted(_ object: Identity, resourceVersion: String) {
        known[object.name] = object.uid
        heard(resourceVersion)
    }

    /// An object is gone; whether it was known.
    package mutating func deleted(_ object: Identity, resourceVersion: String) -> Bool {
        heard(resourceVersion)
        guard known[object.name] == object.uid else { return false }
        known[object.name] = nil
        return true
    }

    /// Nothing has happened up to this version.
    package mutating func bookmarked(resourceVersion: String) { heard(resourceVersion) }

    /// The server has ended the watch.
    package mutating func ended(at uptime: Duration, dice: SharedDice) {
        guard case .watching(let version, let since, let heardSomething) = stage else { return }
        stage = .toWatch(from: version)
        if heardSomething { return }
        guard uptime - since >= Self.shortestWatch else {
            return failed(.malformed("a watch ended as soon as it began"), at: uptime, dice: dice)
        }
        // Not even a bookmark: the version may lie in the server's future, where a watch hears nothing for ever.
        stage = .toList
        notBefore = uptime + .milliseconds(dice.throwOne(in: 0...Self.listJitter))
    }

    /// A list, a watch or its beginning has failed.
    package mutating func failed(_ error: APIError, at uptime: Duration, dice: SharedDice) {
        var floor: Duration?
        if case .watching(let version, _, _) = stage { stage = .toWatch(from: version) }
        switch error.consequence {
        case .listAgain:
            stage = .toList
            guard failures == 0 else { break }
            // No failure of anybody, and not to be waited for long; but every watcher of the server hears it at once.
            failures = 1
            notBefore = uptime + .milliseconds(dice.throwOne(in: 0...Self.listJitter))
            return
        case .retry(let after): floor = after
        case .unknown, .readAgain, .authenticateAgain: break
        case .gone, .kindMissing, .namespaceGone, .forbidden, .invalid, .refused, .alreadyExists:
            floor = Self.slowRetry
            stage = .toList
            trouble = error
        }
        failures += 1
        if failures >= Self.failuresUntilTrouble { trouble = error }
        notBefore = uptime + backoff.wait(failures: failures, atLeast: floor, dice: dice)
    }

    private mutating func heard(_ resourceVersion: String) {
        guard case .watching(let version, let since, _) = stage else { return }
        stage = .watching(
            from: resourceVersion.isEmpty ? version : resourceVersion,
            since: since,
            heardSomething: true
        )
        succeeded()
    }

    /// What has worked makes up for what failed before.
    private mutating func succeeded() {
        failures = 0
        notBefore = nil
        trouble = nil
    }
}

/// Says when to look, in time since the start.
struct LookSchedule: Sendable {
    /// How long nothing must have happened before a look.
    static let quiet = Duration.milliseconds(50)
    /// How long a look waits at most for things to stop happening.
    static let patience = Duration.milliseconds(100)
    /// How long files that are being written hold a look up at most.
    static let settling = Duration.seconds(1)
    /// How long after a look that failed, or left files out, the next one is.
    static let retry = Duration.seconds(1)

    /// How far apart looks are when nothing happens.
    private let interval: Duration
    /// When the next look is due.
    private(set) var due = Duration.zero
    private var firstEvent: Duration?
    private var unsettledSince: Duration?

    /// A schedule whose first look is due at once.
    init(interval: Duration) { self.interval = interval }

    /// Something happened.
    mutating func noticed(at now: Duration) {
        let first = firstEvent ?? now
        firstEvent = first
        due = min(periodic, min(now + Self.quiet, first + Self.patience))
    }

    private var periodic = Duration.zero

    /// Whether a look has been held up for long enough.
    func isOutOfPatience(at now: Duration) -> Bool {
        guard let unsettledSince else { return false }
        return now - unsettledSince >= Self.settling
    }

    /// A look found things in motion and was not reported.
    mutating func wasUnsettled(at now: Duration) {
        unsettledSince = unsettledSince ?? now
        plan(now + Self.quiet)
    }

    /// A look was reported, or failed, or left files out.
    mutating func looked(at now: Duration, _ result: Result) {
        unsettledSince = nil
        plan(now + (result == .complete ? interval : min(interval, Self.retry)))
    }

    /// How a look went.
    enum Result {
        /// Everything was read.
        case complete
        /// Something has to be looked at again soon.
        case partial
    }

    private mutating func plan(_ moment: Duration) {
        firstEvent = nil
        periodic = moment
        due = moment
    }
}

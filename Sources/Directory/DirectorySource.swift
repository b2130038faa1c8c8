import Glibc
package import Reconciling

/// Intents in files: directories, walked with everything below them, and single files.
///
/// `.json`, `.yaml` and `.yml` are read; hidden names are passed over; links are followed inside their directory only,
/// which covers mounted ConfigMaps. A file that is written or moved into place is reported at once, a complete look
/// follows, and looks come again from time to time. Only complete looks tell what is gone. A path that is missing or
/// cannot be read, in any part, is reported as unavailable, and so is an empty directory that is not the one that it
/// was; an empty directory at a start without `lastKnown` is a complete look at nothing.
package struct DirectorySource: IntentSource {
    /// How far apart looks are when nothing happens.
    package static let interval = Duration.seconds(60)

    private let roots: [String]
    private let started: @Sendable () -> Stopwatch
    private let interval: Duration
    private let lastKnown: [String: DirectoryIdentity]
    private let reader: IntentFileReader
    private let observer: DirectoryObserver

    /// A source over paths, which files are named after: `intents` holds `intents/a.yaml`.
    ///
    /// `lastKnown` are the identities that the observer was told of in an earlier process.
    package init<C: Clock>(
        paths: [String],
        clock: C = ContinuousClock(),
        interval: Duration = Self.interval,
        lastKnown: [String: DirectoryIdentity] = [:],
        reader: IntentFileReader = .standard,
        observer: DirectoryObserver = DirectoryObserver()
    ) where C.Duration == Duration {
        var roots: [String] = []
        for path in paths.map(IntentFileName.tidied) where !roots.contains(path) { roots.append(path) }
        self.roots = roots
        started = { Stopwatch(clock) }
        self.interval = interval
        self.lastKnown = lastKnown
        self.reader = reader
        self.observer = observer
    }

    /// Reports until it is cancelled, and throws `CancellationError` then.
    package func run(reporting report: @escaping @Sendable (SourceReport) async -> Void) async throws {
        let desk = try DirectoryDesk(roots: roots, lastKnown: lastKnown, reader: reader, notice: observer.notice)
        await desk.open()
        var reporter = DirectoryReporter(desk: desk, observer: observer, report: report)
        var schedule = LookSchedule(interval: interval)
        let watch = started()
        while true {
            try Task.checkCancellation()
            let now = watch.elapsed()
            if now >= schedule.due {
                let patience: DirectoryDesk.Patience = schedule.isOutOfPatience(at: now) ? .exhausted : .patient
                let result = await reporter.look(patience)
                let then = watch.elapsed()
                if let result { schedule.looked(at: then, result) } else { schedule.wasUnsettled(at: then) }
                continue
            }
            let turn = try await next(at: desk, on: watch, within: schedule.due - now)
            await reporter.read(turn.touched)
            if turn.wantsLook { schedule.noticed(at: watch.elapsed()) }
        }
    }

    /// What happens first: events, or the next look's time.
    private func next(
        at desk: DirectoryDesk,
        on watch: Stopwatch,
        within span: Duration
    ) async throws -> Turn {
        try await withThrowingTaskGroup(of: Turn.self) { group in
            group.addTask { await desk.wait() }
            group.addTask {
                do { try await watch.sleep(span) } catch is CancellationError {}
                return Turn()
            }
            var turn = Turn()
            while let part = try await group.next() {
                turn.join(part)
                group.cancelAll()
            }
            return turn
        }
    }
}

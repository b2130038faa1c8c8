import Intents
import Reconciling
import Reporting

/// Shows how a run stands: a live table on a terminal, progress lines for `--once`.
struct RunDisplay {
    let worker: Operator
    let console: Console
    let time: SystemTimekeeper

    /// How often a terminal is drawn.
    static let frameEvery = Duration.milliseconds(250)

    /// Shows until cancelled, and once more in the end.
    func run(_ settings: Settings) async {
        var live = LiveTable()
        var last = ""
        let draws = console.output.isTerminal && settings.log.format == .automatic
        repeat {
            let views = views()
            if draws, let size = console.size() {
                console.write(live.frame(lines(views, size.width), width: size.width, height: size.height))
            } else if settings.run.once, !views.isEmpty {
                let line = ProgressLine.text(views.map(\.status))
                if line != last { console.line(line) }
                last = line
            } else if !settings.run.once {
                return
            }
        } while await pause()
        if draws, let size = console.size() {
            console.write(live.frame(lines(views(), size.width), width: size.width, height: size.height))
            console.write(live.finish())
        } else {
            let line = ProgressLine.text(views().map(\.status))
            if line != last { console.line(line) }
        }
    }

    private func pause() async -> Bool {
        guard !Task.isCancelled else { return false }
        return (try? await time.sleep(until: time.uptime + Self.frameEvery)) != nil
    }

    private func views() -> [IntentView] {
        let books = worker.books
        let wished = worker.desires.read { state in state.entries.values.map(\.stored) }
        let ending = books.keysWithRecords().subtracting(wished.map(\.key)).filter(books.holdsSomething)
        let views = wished.map { stored in
            let wanted = stored.intent.spec.workload.wantedSlots
            return IntentView(
                stored: stored,
                status: books.status(of: stored.key) ?? IntentStatus(observedGeneration: 0, wantedSlots: wanted)
            )
        }
        let last = ending.map { key in
            let since = books.records(of: key).filter { $0.phase != .tombstone }.map(\.openedAt).min()
            return IntentView(ending: key, since: since ?? time.now, status: books.status(of: key) ?? .terminating)
        }
        return (views + last).sorted { $0.key < $1.key }
    }

    private func lines(_ views: [IntentView], _ width: Int) -> [String] {
        StatusTable.table(views, now: time.now).lines(width: width, colour: console.output.colour)
    }
}

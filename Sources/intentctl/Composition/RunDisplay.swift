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
        worker.desires.read { state in state.entries.values.map(\.stored) }.sorted { $0.key < $1.key }.map { stored in
            let status = worker.books.status(of: stored.key)
            let wanted = stored.intent.spec.workload.wantedSlots
            return IntentView(
                stored: stored,
                status: status ?? IntentStatus(observedGeneration: 0, wantedSlots: wanted)
            )
        }
    }

    private func lines(_ views: [IntentView], _ width: Int) -> [String] {
        StatusTable.table(views, now: time.now).lines(width: width, colour: console.output.colour)
    }
}

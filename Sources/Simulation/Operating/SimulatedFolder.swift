import Documents
package import Intents
package import Reconciling

/// The files that people edit; they outlive every process.
package final class SimulatedFolder: Sendable {
    /// One file.
    struct File: Sendable {
        var intents: [Intent]
        var isValid = true
        /// Counts its changes.
        var version: Int
    }

    private struct State {
        var files: [String: File] = [:]
        var edits = 0
        var isReadable = true
    }

    private let state = Locked(State())

    /// An empty folder.
    package init() {}

    /// Whether it can be read now.
    package var isReadable: Bool { state.withLock { $0.isReadable } }

    /// Can be read, or cannot.
    package func setReadable(_ isReadable: Bool) { state.withLock { $0.isReadable = isReadable } }

    /// Writes a file; without intents it is removed.
    package func write(_ name: String, _ intents: [Intent]) {
        state.withLock { state in
            state.edits += 1
            state.files[name] = intents.isEmpty ? nil : File(intents: intents, version: state.edits)
        }
    }

    /// Breaks a file, or mends it.
    package func setValid(_ isValid: Bool, _ name: String) {
        state.withLock { state in
            guard state.files[name] != nil, state.files[name]?.isValid != isValid else { return }
            state.edits += 1
            state.files[name]?.isValid = isValid
            state.files[name]?.version = state.edits
        }
    }

    /// Every intent that is written there, sorted by name.
    package var intents: [Intent] {
        state.withLock { state in state.files.values.flatMap(\.intents) }.sorted { $0.name < $1.name }
    }

    /// The names of files, sorted.
    package var names: [String] { state.withLock { $0.files.keys.sorted() } }

    /// The intents of a file.
    package func intents(in name: String) -> [Intent] { state.withLock { $0.files[name]?.intents ?? [] } }

    func read() -> [String: File] { state.withLock { $0.files } }
}

/// A source that reads a simulated folder, for one process; what it reports may be some time old.
package struct SimulatedSource: IntentSource {
    private let folder: SimulatedFolder
    private let time: any Timekeeper
    private let life: ProcessLife
    private let dice: SharedDice
    /// The longest time between reading and reporting.
    private let lag: Duration

    /// A source over a folder.
    package init(_ folder: SimulatedFolder, time: any Timekeeper, life: ProcessLife, seed: UInt64, lag: Duration) {
        self.folder = folder
        self.time = time
        self.life = life
        dice = SharedDice(seed: seed)
        self.lag = lag
    }

    package func run(reporting report: @escaping @Sendable (SourceReport) async -> Void) async throws {
        var known: [String: Int] = [:]
        var hasReported = false
        while true {
            await life.mustLive()
            if folder.isReadable {
                let files = folder.read()
                let changed = files.keys.sorted().filter { files[$0]?.version != known[$0] }
                if !hasReported || !changed.isEmpty || files.count != known.count {
                    try await pause(upTo: lag)
                    await tell(files, changed, vanished: files.count != known.count || !hasReported, report)
                    known = files.mapValues(\.version)
                    hasReported = true
                }
            } else {
                await report(.unavailable(reason: "the simulated folder cannot be read"))
            }
            try await pause(upTo: .seconds(2))
        }
    }

    /// Reports a complete look, or file by file where nothing has come or gone.
    private func tell(
        _ files: [String: SimulatedFolder.File],
        _ changed: [String],
        vanished: Bool,
        _ report: @Sendable (SourceReport) async -> Void
    ) async {
        let news = changed.compactMap { name in files[name].map { Self.sourceFile(name, $0) } }
        if !vanished, dice.throwOne(in: 0...1) == 0 {
            for file in news { await report(.file(file)) }
        } else {
            await report(.look(changed: news, present: Set(files.keys)))
        }
    }

    private func pause(upTo longest: Duration) async throws {
        let span = Duration.milliseconds(dice.throwOne(in: 1...max(1, longest.milliseconds)))
        try await time.sleep(until: time.uptime + span)
    }

    private static func sourceFile(_ name: String, _ file: SimulatedFolder.File) -> SourceFile {
        guard file.isValid else {
            let trouble = Diagnostic(file: name, position: .start, message: "it does not parse", severity: .error)
            return SourceFile(name: name, intents: [], diagnostics: [trouble])
        }
        let intents = file.intents.map { SourcedIntent(intent: $0, position: .start) }
        return SourceFile(name: name, intents: intents, diagnostics: [])
    }
}

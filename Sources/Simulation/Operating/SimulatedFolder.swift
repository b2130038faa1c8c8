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

    /// What the folder shows instead of what it holds.
    package enum Lie: Hashable, Sendable {
        /// What it held some edits ago.
        case older(edits: Int)
        /// Only the first intent of each file, as of files that are still being written.
        case halfWritten
        /// Nothing.
        case nothing

        /// What it shows, in a word.
        var word: String {
            switch self {
            case .older: "old files"
            case .halfWritten: "half files"
            case .nothing: "nothing"
            }
        }
    }

    private struct State {
        var files: [String: File] = [:] {
            didSet { intents = Self.first(of: files) }
        }
        /// Every intent as the first file in path order has it, by name.
        private(set) var intents: [Intent] = []
        var edits = 0
        var isReadable = true
        var lie: Lie?
        /// What it held after each of the last edits.
        var past: [[String: File]] = []

        mutating func remember() {
            past.append(files)
            if past.count > SimulatedFolder.remembered { past.removeFirst() }
        }

        private static func first(of files: [String: File]) -> [Intent] {
            var first: [String: Intent] = [:]
            for (_, file) in files.sorted(by: { $0.key < $1.key }) {
                for intent in file.intents where first[intent.name] == nil { first[intent.name] = intent }
            }
            return first.values.sorted { $0.name < $1.name }
        }
    }

    /// How many edits are remembered.
    private static let remembered = 12

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
            let file = File(intents: intents, version: state.edits)
            state.files[name] = intents.isEmpty ? nil : file
            state.remember()
        }
    }

    /// Breaks a file, or mends it.
    package func setValid(_ isValid: Bool, _ name: String) {
        state.withLock { state in
            guard state.files[name] != nil, state.files[name]?.isValid != isValid else { return }
            state.edits += 1
            let version = state.edits
            state.files[name]?.isValid = isValid
            state.files[name]?.version = version
        }
    }

    /// Every intent that is written there, as the first file in path order has it, sorted by name.
    package var intents: [Intent] { state.withLock { $0.intents } }

    /// The names of files, sorted.
    package var names: [String] { state.withLock { $0.files.keys.sorted() } }

    /// The intents of a file.
    package func intents(in name: String) -> [Intent] { state.withLock { $0.files[name]?.intents ?? [] } }

    /// Shows something else than it holds; nil ends that.
    package func setLie(_ lie: Lie?) { state.withLock { $0.lie = lie } }

    /// What it shows.
    func read() -> [String: File] {
        state.withLock { state in
            switch state.lie {
            case nil: return state.files
            case .nothing: return [:]
            case .older(let edits): return state.past.dropLast(edits).last ?? [:]
            case .halfWritten:
                return state.files.mapValues { file in
                    guard file.intents.count > 1 else { return file }
                    var half = file
                    half.intents = Array(file.intents.prefix(1))
                    half.version = -file.version
                    return half
                }
            }
        }
    }
}

/// A source that reads a simulated folder, for one process; what it reports may be some time old.
package struct SimulatedSource: IntentSource {
    /// The longest time between two looks.
    private static let longestPause = Duration.seconds(4)

    private let folder: SimulatedFolder
    private let time: any Timekeeper
    private let life: ProcessLife
    private let dice: SharedDice
    /// The longest time between reading and reporting.
    private let lag: Duration
    private let shows: @Sendable (Shown) -> Void

    /// What the source has told the operator.
    package enum Shown: Sendable {
        /// These intents stand in a file, which is good.
        case file(String, [String])
        /// Only these files are there.
        case present(Set<String>)
        /// Nothing can be read.
        case nothing
    }

    /// A source over a folder.
    package init(
        _ folder: SimulatedFolder,
        time: any Timekeeper,
        life: ProcessLife,
        seed: UInt64,
        lag: Duration,
        shows: @escaping @Sendable (Shown) -> Void = { _ in }
    ) {
        self.shows = shows
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
                let isMissing = !hasReported || known.keys.contains { files[$0] == nil }
                if isMissing || !changed.isEmpty {
                    try await pause(upTo: lag)
                    await tell(files, changed, vanished: isMissing, report)
                    known = files.mapValues(\.version)
                    hasReported = true
                }
            } else {
                // The next look that succeeds is told whatever it sees, as a directory's is.
                hasReported = false
                shows(.nothing)
                await report(.unavailable(reason: "the simulated folder cannot be read"))
            }
            try await pause(upTo: Self.longestPause)
        }
    }

    /// Reports a complete look, or only what is new where nothing has come or gone.
    private func tell(
        _ files: [String: SimulatedFolder.File],
        _ changed: [String],
        vanished: Bool,
        _ report: @Sendable (SourceReport) async -> Void
    ) async {
        let news = changed.compactMap { name in files[name].map { Self.sourceFile(name, $0) } }
        for name in changed {
            guard let file = files[name], file.isValid else { continue }
            shows(.file(name, file.intents.map(\.name)))
        }
        if !vanished, dice.throwOne(in: 0...1) == 0 {
            await report(.files(news))
        } else {
            shows(.present(Set(files.keys)))
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
            let text = file.intents.map(\.name).joined(separator: " ")
            return SourceFile(name: name, intents: [], diagnostics: [trouble], text: Array(text.utf8))
        }
        let intents = file.intents.map { SourcedIntent(intent: $0, position: .start) }
        return SourceFile(name: name, intents: intents, diagnostics: [])
    }
}

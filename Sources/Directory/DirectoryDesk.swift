import Dispatch
import Documents
import Reconciling

/// Looks at directories, reads files and waits for events: everything that blocks, on a thread of its own.
actor DirectoryDesk {
    /// How a look went.
    enum Outcome: Sendable {
        /// It was complete; `isPartial` where files that are being written were left out.
        case complete(changed: [SourceFile], present: Set<String>, isPartial: Bool)
        /// Things were in motion; nothing was taken.
        case inMotion
        /// Something cannot be read.
        case unavailable(String)
    }

    /// Whether a look may leave out what does not come to rest.
    enum Patience: Sendable {
        /// It waits for everything to be at rest.
        case patient
        /// It takes what is at rest.
        case exhausted
    }

    private let executor = QueueExecutor(label: "directory")
    private let roots: [String]
    private let reader: IntentFileReader
    private let notice: @Sendable (DirectoryNotice) -> Void
    private let bell: Bell
    private var watcher: Watcher?
    private var known = KnownFiles()
    private var lastGood: LastGoodLook
    private var writing: Set<String> = []
    private var early = Turn()
    private var noticed: Set<DirectoryNotice> = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// A desk over tidy paths that has not looked yet.
    init(
        roots: [String],
        lastKnown: [String: DirectoryIdentity],
        reader: IntentFileReader,
        notice: @escaping @Sendable (DirectoryNotice) -> Void
    ) throws(SystemError) {
        self.roots = roots
        self.reader = reader
        self.notice = notice
        lastGood = LastGoodLook(lastKnown: lastKnown)
        bell = try Bell()
    }

    /// The given directories as the last complete look found them.
    var identities: [String: DirectoryIdentity] { lastGood.roots }

    /// Begins to watch, where the system lets it.
    func open() {
        do throws(SystemError) {
            watcher = try Watcher()
        } catch {
            for root in roots { say(.notWatched(directory: root, reason: error.words)) }
        }
    }

    /// Waits for events; returns early, with nothing, when the task is cancelled.
    nonisolated func wait() async -> Turn {
        await withTaskCancellationHandler {
            await events()
        } onCancel: {
            bell.ring()
        }
    }

    private func events() -> Turn {
        if early == Turn() {
            if let watcher { watcher.wait(for: bell) } else { Watcher.waitOnly(for: bell) }
        }
        bell.hush()
        drain()
        defer { early = Turn() }
        return early
    }

    /// Takes the events that are there and says what they tell.
    @discardableResult
    private func drain() -> Turn {
        var turn = Turn()
        for event in watcher?.events() ?? [] { turn.take(event) }
        if turn.hasLost { writing = [] }
        writing.subtract(turn.ended)
        writing.formUnion(turn.begun)
        early.join(turn)
        return turn
    }

    private func say(_ finding: DirectoryNotice) {
        if noticed.insert(finding).inserted { notice(finding) }
    }
}

extension DirectoryDesk {
    /// Walks everything and reads what has changed.
    func look(_ patience: Patience) -> Outcome {
        let walk: TreeWalk
        do throws(LookFailure) {
            walk = try TreeWalk.over(roots, watcher: watcher)
        } catch {
            switch error {
            case .inMotion where patience == .patient: return .inMotion
            case .inMotion: return .unavailable("the directories do not come to rest")
            case .unavailable(let reason): return .unavailable(reason)
            }
        }
        for finding in walk.notices { say(finding) }
        if drain().wantsLook, patience == .patient { return .inMotion }
        if let doubt = lastGood.doubt(walk.listing) { return .unavailable(doubt) }
        let plan = known.plan(for: walk.listing, writing: writing, now: FileFacts.now())
        if !plan.unsettled.isEmpty, patience == .patient { return .inMotion }
        let (changed, isWhole) = read(plan.read)
        lastGood.remember(walk.listing, roots: roots)
        writing.formIntersection(walk.listing.files.keys)
        return .complete(
            changed: changed,
            present: Set(walk.listing.files.keys),
            isPartial: !isWhole || !plan.unsettled.isEmpty
        )
    }

    private func read(_ names: [String]) -> (changed: [SourceFile], isWhole: Bool) {
        var changed: [SourceFile] = []
        var isWhole = true
        var rest = names[...]
        while !rest.isEmpty {
            var fetched: [Fetched] = []
            for name in rest.prefix(Self.filesAtATime) {
                switch fetch(name) {
                case .new(let new): fetched.append(new)
                case .same: break
                case .inMotion: isWhole = false
                }
            }
            rest = rest.dropFirst(Self.filesAtATime)
            changed += Self.parsed(fetched, by: reader)
        }
        return (changed, isWhole)
    }

    /// How many files a look holds in memory at a time, as they are on the disk.
    private static let filesAtATime = 256

    /// The files' intents, made on every processor at once: in a large directory nothing takes longer.
    private static func parsed(_ fetched: [Fetched], by reader: IntentFileReader) -> [SourceFile] {
        let files = Locked<[SourceFile?]>(Array(repeating: nil, count: fetched.count))
        DispatchQueue.concurrentPerform(iterations: fetched.count) { place in
            let file = fetched[place].parsed(by: reader)
            files.withLock { $0[place] = file }
        }
        return files.withLock { $0.compactMap(\.self) }
    }

    /// Reads one file that something happened to; nil where it holds nothing new, or cannot be told yet.
    func read(_ name: String) -> SourceFile? {
        if writing.contains(name) { return nil }
        guard case .new(let fetched) = fetch(name) else { return nil }
        return fetched.parsed(by: reader)
    }

    /// A file whose content is not known yet.
    private struct Fetched: Sendable {
        /// Its name.
        var name: String
        /// What it holds, or why nobody can tell.
        var content: Result<[UInt8], Unreadable>

        /// Why a file cannot be taken, for people.
        struct Unreadable: Error {
            /// In a sentence.
            var message: String
        }

        /// Its intents.
        func parsed(by reader: IntentFileReader) -> SourceFile {
            switch content {
            case .success(let bytes): return reader.read(bytes, name)
            case .failure(let error):
                let diagnostic = Diagnostic(file: name, position: .start, message: error.message)
                return SourceFile(name: name, intents: [], diagnostics: [diagnostic])
            }
        }
    }

    /// What one reading brought.
    private enum Taken {
        /// Content that was not known.
        case new(Fetched)
        /// The content that was known.
        case same
        /// Nothing that can be used.
        case inMotion
    }

    private func fetch(_ name: String) -> Taken {
        let now = FileFacts.now()
        switch FileContent(of: name) {
        case .read(let bytes, let signature):
            guard known.took(name, signature, digest: bytes.hashValue, now: now) else { return .same }
            return .new(Fetched(name: name, content: .success(bytes)))
        case .tooLarge(let signature):
            guard known.took(name, signature, digest: Int(signature.size), now: now) else { return .same }
            return .new(refused(name, "it has \(signature.size) bytes, and at most \(FileContent.limit) are read"))
        case .unreadable(let error):
            known.forget(name)
            return .new(refused(name, "it cannot be read: \(error.words)"))
        case .inMotion:
            known.forget(name)
            return .inMotion
        }
    }

    private func refused(_ name: String, _ message: String) -> Fetched {
        Fetched(name: name, content: .failure(Fetched.Unreadable(message: message)))
    }
}

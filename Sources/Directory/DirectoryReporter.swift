import Reconciling

/// Hands on what the desk finds, in the order that the port promises.
struct DirectoryReporter {
    private let desk: DirectoryDesk
    private let observer: DirectoryObserver
    private let report: @Sendable (SourceReport) async -> Void
    private var hasLooked = false
    private var trouble: String?
    private var identities: [String: DirectoryIdentity] = [:]

    /// A reporter that has nothing reported yet.
    init(
        desk: DirectoryDesk,
        observer: DirectoryObserver,
        report: @escaping @Sendable (SourceReport) async -> Void
    ) {
        self.desk = desk
        self.observer = observer
        self.report = report
    }

    /// Looks and reports; nil where things were in motion and nothing was reported.
    ///
    /// The same trouble is reported once, until it ends.
    mutating func look(_ patience: DirectoryDesk.Patience) async -> LookSchedule.Result? {
        switch await desk.look(patience) {
        case .inMotion: return nil
        case .unavailable(let reason):
            if trouble != reason { await report(.unavailable(reason: reason)) }
            trouble = reason
            return .partial
        case .complete(let changed, let present, let isPartial):
            trouble = nil
            hasLooked = true
            await report(.look(changed: changed, present: present))
            await tellIdentities()
            return isPartial ? .partial : .complete
        }
    }

    /// Reads files that something happened to and reports them, once the first look has been reported.
    mutating func read(_ names: [String]) async {
        guard hasLooked else { return }
        var files: [SourceFile] = []
        for name in names {
            if let file = await desk.read(name) { files.append(file) }
        }
        if !files.isEmpty { await report(.files(files)) }
    }

    private mutating func tellIdentities() async {
        let present = await desk.identities
        if present != identities { await observer.identities(present) }
        identities = present
    }
}

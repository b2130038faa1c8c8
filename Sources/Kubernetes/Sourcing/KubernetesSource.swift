import Documents
package import Reconciling

/// Intents as objects of a cluster; each object is one file to those who read them.
///
/// An object that is being deleted wishes for nothing any more; its finalizer keeps it until what it holds is gone.
package struct KubernetesSource: IntentSource {
    private let client: APIClient
    private let selection: Selection
    private let shard: Shard
    private let catalog: IntentCatalog
    private let events: EventRecorder?
    private let time: any Timekeeper
    private let dice: SharedDice

    /// A source of a selection; what it sees of the objects' heads goes into the catalog.
    ///
    /// What is wrong with an object that the server took is told as an event of that object.
    package init(
        client: APIClient,
        selection: Selection,
        shard: Shard = .whole,
        catalog: IntentCatalog,
        events: EventRecorder? = nil,
        time: any Timekeeper,
        dice: SharedDice
    ) {
        self.client = client
        self.selection = selection
        self.shard = shard
        self.catalog = catalog
        self.events = events
        self.time = time
        self.dice = dice
    }

    package func run(reporting report: @escaping @Sendable (SourceReport) async -> Void) async throws {
        let sights = Locked(IntentSights())
        let reflector = Reflector(
            .intents,
            selection,
            client: client,
            time: time,
            dice: dice,
            read: { node throws(MalformedObject) in
                var object = try IntentObject(head: node)
                // What says the same as before is not read again: most events are our own writes.
                if sights.withLock({ !$0.knows(object.metadata) }) { object.read(node) }
                return object
            },
            metadata: { $0.metadata }
        )
        try await reflector.run { reflected in
            guard let news = self.news(reflected, sights) else { return }
            await report(news)
        }
    }

    /// What to report; nil where nothing is new.
    private func news(_ reflected: Reflected<IntentObject>, _ sights: borrowing Locked<IntentSights>) -> SourceReport? {
        switch reflected {
        case .snapshot(let objects, let gone):
            for identity in gone { catalog.drop(identity.name, uid: identity.uid) }
            let ours = objects.filter { shard.holds($0.key) }
            for object in ours { catalog.note(object) }
            let changed = sights.withLock { sights in
                sights.keep(only: ours.map(\.metadata))
                return ours.filter { sights.see($0.metadata) }
            }
            return .look(changed: changed.map(file), present: Set(ours.map(\.metadata.name.description)))
        case .upserted(let object):
            guard shard.holds(object.key) else { return nil }
            catalog.note(object)
            return sights.withLock { $0.see(object.metadata) } ? .files([file(object)]) : nil
        case .deleted(let identity):
            guard shard.holds(identity.name.key) else { return nil }
            catalog.drop(identity.name, uid: identity.uid)
            sights.withLock { $0.forget(identity) }
            return .files([SourceFile(name: identity.name.description, intents: [], diagnostics: [])])
        case .unavailable(let error): return .unavailable(reason: error.description)
        case .available: return .look(changed: [], present: sights.withLock { $0.names })
        }
    }

    private func file(_ object: IntentObject) -> SourceFile {
        var file = SourceFile(name: object.metadata.name.description, intents: [], diagnostics: [])
        guard !object.metadata.isDeleting else { return file }
        file.diagnostics = object.diagnostics
        catalog.noteRefusal(refusal(of: object), of: object.key)
        if let problem = object.diagnostics.first(where: { $0.severity == .error }) {
            events?.put(
                Event(
                    at: time.now,
                    key: object.key,
                    severity: .warning,
                    reason: "Invalid",
                    message: Self.words(problem)
                )
            )
        }
        if let intent = object.intent { file.intents = [SourcedIntent(intent: intent, position: .start)] }
        return file
    }

    /// Why an object cannot be used and never could be; one that once could goes on as it was.
    private func refusal(of object: IntentObject) -> String? {
        guard object.intent == nil, object.metadata.annotations[OwnAnnotation.lastGood] == nil else { return nil }
        return object.diagnostics.first { $0.severity == .error }.map(Self.words)
    }

    private static func words(_ problem: Diagnostic) -> String {
        problem.field.isEmpty ? problem.message : "\(problem.field): \(problem.message)"
    }
}

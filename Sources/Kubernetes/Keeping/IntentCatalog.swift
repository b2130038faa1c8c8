package import Reconciling

/// What is known of every Intent's object: its incarnation, its version, and what people ask with annotations.
///
/// The source and the ledger share it: whoever hears of a newer state notes it here.
package final class IntentCatalog: Sendable {
    /// What is known of one Intent's object.
    package struct Entry: Hashable, Sendable {
        /// Tells it from others of the same name.
        package var uid: String
        /// Its state, for writing into it.
        package var resourceVersion: String
        /// Counts the changes of its spec, as the server counts.
        package var generation: Int
        /// Who has still to agree to its end.
        package var finalizers: [String]
        /// Whether somebody has asked for its end.
        package var isDeleting: Bool
        /// What people ask with annotations, by annotation.
        package var asked: [String: String]
        /// The last `reconcile-at` that was answered.
        package var reconciledAt: String?
        /// The generation that its status speaks of, as the server counts; nil where it has none.
        package var shownGeneration: Int?
        /// Counts the changes of its work, as the operator counts; nil before the operator has counted.
        package var work: Int?
        /// The server's count when the present work was first seen.
        package var generationOfWork: Int
        /// The server's count just before that.
        package var generationBefore: Int
        /// The work that its status speaks of.
        package var shownWork: Int?

        /// Its labels.
        package var labels: [String: String] = [:]
        /// Why it cannot be used and never could be; nil where it can, or where its last good form is known.
        package var refusal: String?
        /// The refusal that its status tells.
        package var shownRefusal: String?

        /// Whether our finalizer is on it.
        package var isHeld: Bool { finalizers.contains(OwnAnnotation.intentFinalizer) }

        /// The server's count for a status that speaks of some work.
        package func generation(ofWork shown: Int) -> Int {
            shown == work || work == nil ? generation : generationBefore
        }
    }

    private let entries = Locked<[IntentKey: Entry]>([:])
    private let asking = Locked<Set<IntentKey>>([])

    /// An empty catalog.
    package init() {}

    /// What is known of an Intent; nil where none is there.
    package subscript(key: IntentKey) -> Entry? { entries.withLock { $0[key] } }

    /// Notes an Intent's present state.
    package func note(_ object: IntentObject) {
        let metadata = object.metadata
        let asked = metadata.annotations.filter { OwnAnnotation.requests.contains($0.key) }
        let isAsking = entries.withLock { entries in
            var entry =
                entries[object.key].flatMap { $0.uid == metadata.uid ? $0 : nil }
                ?? Entry(
                    uid: metadata.uid,
                    resourceVersion: "",
                    generation: metadata.generation,
                    finalizers: [],
                    isDeleting: false,
                    asked: [:],
                    generationOfWork: metadata.generation,
                    generationBefore: metadata.generation
                )
            entry.resourceVersion = metadata.resourceVersion
            entry.generation = metadata.generation
            entry.finalizers = metadata.finalizers
            entry.isDeleting = metadata.isDeleting
            entry.asked = asked
            entry.labels = metadata.labels
            entry.reconciledAt = object.reconciledAt
            entry.shownGeneration = object.observedGeneration
            entries[object.key] = entry
            return entry.isAsking
        }
        asking.withLock { asking in
            if isAsking { asking.insert(object.key) } else { asking.remove(object.key) }
        }
    }

    /// Notes that the operator counts another work of an Intent, first seen in its present generation.
    func noteWork(_ work: Int, of key: IntentKey) {
        entries.withLock { entries in
            guard var entry = entries[key], entry.work != work else { return }
            if entry.work != nil { entry.generationBefore = max(entry.generationOfWork, entry.generation - 1) }
            // Before the first count of this process the status alone tells of when the work was seen.
            entry.generationOfWork = entry.work == nil ? entry.shownGeneration ?? entry.generation : entry.generation
            entry.work = work
            entries[key] = entry
        }
    }

    /// Notes that a status was shown which speaks of some work.
    func noteShown(work: Int, generation: Int, of key: IntentKey) {
        entries.withLock { entries in
            entries[key]?.shownWork = work
            entries[key]?.shownGeneration = generation
        }
    }

    /// Notes why an Intent cannot be used, or that it can.
    func noteRefusal(_ refusal: String?, of key: IntentKey) {
        entries.withLock { entries in
            entries[key]?.refusal = refusal
            if refusal == nil { entries[key]?.shownRefusal = nil }
        }
    }

    /// Notes that a status was shown which says why an Intent cannot be used.
    func noteShown(refusal: String, generation: Int, of key: IntentKey) {
        entries.withLock { entries in
            entries[key]?.shownRefusal = refusal
            entries[key]?.shownGeneration = generation
        }
    }

    /// Notes that an object is gone, unless another one of the same name is there.
    package func drop(_ name: ObjectName, uid: String) {
        let isGone = entries.withLock { entries in
            guard entries[name.key]?.uid == uid else { return false }
            entries[name.key] = nil
            return true
        }
        if isGone { asking.withLock { _ = $0.remove(name.key) } }
    }

    /// The Intents of which people ask something that has not been answered, sorted.
    func unanswered() -> [(key: IntentKey, entry: Entry)] {
        asking.withLock { $0 }.sorted().compactMap { key in self[key].map { (key, $0) } }
    }

    /// Intents that are being deleted and that our finalizer still keeps, sorted.
    func ending() -> [(key: IntentKey, entry: Entry)] {
        entries.withLock { entries in entries.filter { $0.value.isDeleting && $0.value.isHeld } }
            .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Intents that cannot be used and whose status does not say why, sorted.
    func refused() -> [(key: IntentKey, entry: Entry)] {
        entries.withLock { entries in
            entries.filter { !$0.value.isDeleting && $0.value.refusal != $0.value.shownRefusal }
        }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Intents whose status speaks of an older generation although their work is the same, sorted.
    func outdated() -> [(key: IntentKey, entry: Entry)] {
        entries.withLock { entries in
            entries.filter { _, entry in
                guard let shown = entry.shownGeneration, shown < entry.generation else { return false }
                return entry.shownWork != nil && entry.shownWork == entry.work
            }
        }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension IntentCatalog.Entry {
    /// Whether something is asked that has not been answered.
    fileprivate var isAsking: Bool {
        asked.contains { name, value in name != OwnAnnotation.reconcileAt || value != reconciledAt }
    }
}

extension OwnAnnotation {
    /// What people ask of an Intent, to be answered once.
    static let requests: Set<String> = [reconcileAt, resolve, approve, permit, complete, wake]
}

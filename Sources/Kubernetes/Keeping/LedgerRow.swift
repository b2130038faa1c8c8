import Documents
import Reconciling

/// What is kept of a row's object, for writing into it.
struct LedgerRow: Hashable, Sendable {
    /// Its name.
    var name: ObjectName
    /// Its incarnation.
    var uid: String
    /// Its state.
    var resourceVersion: String
    /// Who has still to agree to its end.
    var finalizers: [String]
    /// Whether its end was asked for.
    var isDeleting: Bool
    /// For which intent.
    var key: IntentKey
    /// The how-many-eth try.
    var ordinal: Int
    /// Where it stands.
    var phase: AllocationRecord.Phase
    /// The standing as it lies there, as text, for telling whether somebody else wrote it.
    var standing: Int
    /// What it has cost, where it has its tombstone.
    var charge: Charge?
    /// The labels that its intent had at the purchase, as JSON; nil where it had none.
    var labels: String?
    /// Standings that we have written, or not: no reply came.
    var unsure: Set<Int> = []
    /// Whether it was given up, or may have been: nobody would take it for a row after that.
    var isForgotten: Bool

    /// The row of an object.
    init(_ object: AllocationObject) {
        name = object.metadata.name
        uid = object.metadata.uid
        resourceVersion = object.metadata.resourceVersion
        finalizers = object.metadata.finalizers
        isDeleting = object.metadata.isDeleting
        key = object.record.key
        ordinal = object.record.ordinal
        phase = object.record.phase
        standing = object.record.standingMark
        charge = Charge(buried: object.record)
        labels = object.metadata.annotations[OwnAnnotation.intentLabels]
        isForgotten = object.metadata.annotations[OwnAnnotation.forgotten] != nil
    }
}

extension AllocationRecord {
    /// Tells one standing from another, within this process.
    var standingMark: Int { DocumentPrinter.json(standingNode).hashValue }
}

/// The rows, by attempt and by intent.
struct LedgerRows: Sendable {
    private var rows: [AttemptID: LedgerRow] = [:]
    private var attempts: [IntentKey: Set<AttemptID>] = [:]

    /// The row of an attempt; nil where there is none.
    subscript(attempt: AttemptID) -> LedgerRow? {
        get { rows[attempt] }
        set {
            if let old = rows.removeValue(forKey: attempt) {
                attempts[old.key]?.remove(attempt)
                if attempts[old.key]?.isEmpty == true { attempts[old.key] = nil }
            }
            guard let newValue else { return }
            rows[attempt] = newValue
            attempts[newValue.key, default: []].insert(attempt)
        }
    }

    /// The rows of an intent, in the order of their attempts.
    func rows(of key: IntentKey) -> [LedgerRow] {
        (attempts[key] ?? []).compactMap { rows[$0] }.sorted { $0.ordinal < $1.ordinal }
    }
}

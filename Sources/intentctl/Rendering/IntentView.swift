import Documents
import Intents
import Kubernetes
import Reconciling

/// An intent as it is shown: what is wished for, and how it stands.
struct IntentView: Hashable, Sendable {
    /// Its key.
    var key: IntentKey
    /// The intent as it was last good; nil where it was withdrawn and only its allocations are still to go.
    var stored: StoredIntent?
    /// When it was first seen; of one that was withdrawn, when the oldest thing that it still holds was bought.
    var createdAt: Timestamp
    /// How it stands.
    var status: IntentStatus

    /// An intent that is wished for.
    init(stored: StoredIntent, status: IntentStatus) {
        key = stored.key
        self.stored = stored
        createdAt = stored.createdAt
        self.status = status
    }

    /// An intent that was withdrawn and still holds something.
    init(ending key: IntentKey, since moment: Timestamp, status: IntentStatus) {
        self.key = key
        createdAt = moment
        self.status = status
    }

    /// Its name.
    var name: String { key.rawValue }

    /// Whether a person may mean this intent by a name: its own, or that without its namespace.
    func isNamed(_ name: String) -> Bool { self.name == name || self.name.hasSuffix("/\(name)") }

    /// What it has cost until now, with what has been billed since the status was written.
    func total(at now: Timestamp) -> Money {
        guard let asOf = status.cost.asOf, asOf < now else { return status.cost.total }
        return status.cost.total + status.cost.hourly.over(now - asOf)
    }

    /// The intent in the Kubernetes form, with its status.
    func node(at now: Timestamp) -> Node {
        var status = status
        status.cost.total = total(at: now)
        if status.cost.asOf != nil { status.cost.asOf = max(now, status.cost.asOf ?? now) }
        return .mapping(written.filter { $0.0 != "status" } + [("status", status.node)])
    }

    /// What its file says, with what only we know added to the metadata; of one that was withdrawn, its name alone.
    private var written: [(String, Node)] {
        guard let stored else {
            let parts = name.split(separator: "/", maxSplits: 1)
            var metadata: [(String, Node)] = [("name", .string(parts.last.map(String.init) ?? name))]
            if parts.count == 2 { metadata.append(("namespace", .string(String(parts[0])))) }
            metadata.append(("creationTimestamp", .string(createdAt.text)))
            return [
                ("apiVersion", .string(APIResource.intents.apiVersion)), ("kind", .string(APIResource.intents.kind)),
                ("metadata", .mapping(metadata)),
            ]
        }
        let document = IntentEncoder.document(stored.intent)
        return (document.mapping ?? []).map { member -> (String, Node) in
            guard member.key == "metadata" else { return (member.key, member.node) }
            let added: [(String, Node)] = [
                ("generation", .integer(stored.generation)), ("creationTimestamp", .string(stored.createdAt.text)),
            ]
            let given = (member.node.mapping ?? []).map { ($0.key, $0.node) }
            return (member.key, .mapping(given.filter { pair in !added.contains { $0.0 == pair.0 } } + added))
        }
    }

    /// All of them as one Kubernetes list.
    static func list(_ views: [IntentView], at now: Timestamp) -> Node {
        .mapping(["apiVersion": "v1", "kind": "List", "items": .list(views.map { $0.node(at: now) })])
    }
}

extension IntentStatus {
    /// That of an intent which was withdrawn and of which no more is known than that something is left.
    static var terminating: IntentStatus {
        var status = IntentStatus(observedGeneration: 0, wantedSlots: 0)
        status.phase = .terminating
        return status
    }

    /// The one sentence that matters most now; empty where everything is as it should be.
    var headline: String {
        func message(_ type: String, _ wanted: Condition.Status) -> String? {
            conditions.first { $0.type == type && $0.status == wanted && !$0.message.isEmpty }?.message
        }
        if let stalled = message("Stalled", .yes) { return stalled }
        if let lastError { return "\(lastError.code): \(lastError.message)" }
        if phase == .running || phase == .completed {
            let usual: Set<String> = ["Ready", "Reconciling", "Stalled"]
            return conditions.first { !usual.contains($0.type) && $0.status == .yes }?.message ?? ""
        }
        return message("Ready", .no) ?? message("Reconciling", .yes) ?? message("Ready", .unknown) ?? ""
    }
}

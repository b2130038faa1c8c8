import Documents
import Intents
import Reconciling

/// An intent as it is shown: what is wished for, and how it stands.
struct IntentView: Hashable, Sendable {
    /// The intent as it was last good.
    var stored: StoredIntent
    /// How it stands.
    var status: IntentStatus

    /// Its name.
    var name: String { stored.key.rawValue }

    /// Whether a person may mean this intent by a name: its own, or that without its namespace.
    func isNamed(_ name: String) -> Bool { self.name == name || self.name.hasSuffix("/\(name)") }

    /// What it has cost until now, with what has been billed since the status was written.
    func total(at now: Timestamp) -> Money {
        guard let asOf = status.cost.asOf, asOf < now else { return status.cost.total }
        return status.cost.total + status.cost.hourly.over(now - asOf)
    }

    /// The intent in the Kubernetes form, with its status.
    func node(at now: Timestamp) -> Node {
        let document = IntentEncoder.document(stored.intent)
        var status = status
        status.cost.total = total(at: now)
        if status.cost.asOf != nil { status.cost.asOf = max(now, status.cost.asOf ?? now) }
        let members = (document.mapping ?? []).map { member -> (String, Node) in
            guard member.key == "metadata" else { return (member.key, member.node) }
            let added: [(String, Node)] = [
                ("generation", .integer(stored.generation)), ("creationTimestamp", .string(stored.createdAt.text)),
            ]
            let given = (member.node.mapping ?? []).map { ($0.key, $0.node) }
            return (member.key, .mapping(given.filter { pair in !added.contains { $0.0 == pair.0 } } + added))
        }
        return .mapping(members.filter { $0.0 != "status" } + [("status", status.node)])
    }

    /// All of them as one Kubernetes list.
    static func list(_ views: [IntentView], at now: Timestamp) -> Node {
        .mapping(["apiVersion": "v1", "kind": "List", "items": .list(views.map { $0.node(at: now) })])
    }
}

extension IntentStatus {
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

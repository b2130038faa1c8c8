import Documents
import Intents
package import Reconciling

/// What people ask of an operator in a cluster, and what they look at, beside the operator that runs there.
///
/// Nothing here takes the lock, and nothing is written but the annotations with which people ask.
package struct ClusterDesk: Sendable {
    /// What became of a request.
    package enum Outcome: Hashable, Sendable {
        /// It stands there; nobody has answered in time.
        case recorded
        /// It was carried out, or stands as a wish of its own.
        case carriedOut(String)
        /// It was refused.
        case refused(String)
    }

    /// How often an answer is looked for.
    static let pace = Duration.milliseconds(200)

    private let client: APIClient
    private let lease: ObjectName
    private let selection: Selection
    private let time: any Timekeeper

    /// A desk over a cluster; `lease` is the operator's lock.
    package init(client: APIClient, lease: ObjectName, selection: Selection, time: any Timekeeper) {
        self.client = client
        self.lease = lease
        self.selection = selection
        self.time = time
    }

    /// Asks, and waits so long for an answer.
    package func ask(
        _ verb: OperatorRequest.Verb,
        patience: Duration
    ) async throws(APIError) -> Outcome {
        switch verb {
        case .suspend(let key, let suspension):
            let node = try await annotate(key, [(OwnAnnotation.suspend, .string(suspension.annotation))])
            if let refusal = Self.refusal(node, key) { return refusal }
            return .carriedOut("\(key.rawValue) is suspended by an annotation; resume removes it")
        case .pause(let key, let pause):
            let node = try await annotate(key, [(OwnAnnotation.pause, .string(pause.annotation))])
            if let refusal = Self.refusal(node, key) { return refusal }
            return .carriedOut("\(key.rawValue) is paused by an annotation; resume removes it")
        case .resume(let key):
            let node = try await annotate(key, [(OwnAnnotation.suspend, .null), (OwnAnnotation.pause, .null)])
            if let refusal = Self.refusal(node, key) { return refusal }
            let rest = ["suspend", "paused"].filter { node["spec"]?[$0] != nil }
            guard rest.isEmpty else {
                let fields = rest.map { "spec.\($0)" }.joined(separator: " and ")
                return .refused("the annotations are gone, but \(fields) of \(key.rawValue) says the same: edit it")
            }
            // What rests because it did nothing is held back by the operator itself, and not by an annotation.
            let memory = node["status"]?["account"]?["memory"]?.string ?? ""
            guard memory.contains("\"rest\"") else { return .carriedOut("\(key.rawValue) is resumed") }
            return try await place(key, OwnAnnotation.wake, time.now.microText, patience)
        case .reconcile(let key): return try await reconcile(key, patience)
        case .adopt(let key, let slot, let id):
            return try await place(key, OwnAnnotation.resolve, "\(slot) adopt \(id.rawValue)", patience)
        case .abandon(let key, let slot):
            return try await place(key, OwnAnnotation.resolve, "\(slot) abandon", patience)
        case .approve(let token, let key): return try await place(key, OwnAnnotation.approve, token, patience)
        case .permit(let key, let permission):
            return try await place(key, OwnAnnotation.permit, permission.text, patience)
        case .complete(let key, let slot, let outcome):
            return try await place(key, OwnAnnotation.complete, "\(slot) \(outcome.rawValue)", patience)
        }
    }

    /// Says no where an object is on its way out, which nobody can take back in a cluster.
    private static func refusal(_ node: Node, _ key: IntentKey) -> Outcome? {
        guard node["metadata"]?["deletionTimestamp"] != nil else { return nil }
        return .refused("\(key.rawValue) is being deleted, with what it holds; apply it again when it is gone")
    }

    private func reconcile(_ key: IntentKey?, _ patience: Duration) async throws(APIError) -> Outcome {
        let moment = time.now.microText
        guard let key else {
            let all = try await client.list(.intents, selection) { node throws(MalformedObject) in
                try IntentObject(head: node).key
            }
            for key in all.items { try await annotate(key, [(OwnAnnotation.reconcileAt, .string(moment))]) }
            return .recorded
        }
        try await annotate(key, [(OwnAnnotation.reconcileAt, .string(moment))])
        let isDone = try await waits(patience) { () async throws(APIError) in
            try await read(key)["status"]?["reconciledAt"]?.string == moment ? true : nil
        }
        return isDone == nil ? .recorded : .carriedOut("\(key.rawValue) is looked at now")
    }

    /// Writes a request where the operator answers it by taking it away.
    private func place(
        _ key: IntentKey?,
        _ annotation: String,
        _ value: String,
        _ patience: Duration
    ) async throws(APIError) -> Outcome {
        if let key {
            try await annotate(key, [(annotation, .string(value))])
        } else {
            _ = try await client.merge(.leases, lease, Self.head([(annotation, .string(value))]))
        }
        let answer = try await waits(patience) { () async throws(APIError) -> Outcome? in
            let node = if let key { try await read(key) } else { try await client.get(.leases, lease) }
            let annotations = node["metadata"]?["annotations"]
            guard annotations?[annotation] == nil else { return nil }
            return Self.answer(annotations?[OwnAnnotation.answer]?.string)
        }
        return answer ?? .recorded
    }

    private static func answer(_ text: String?) -> Outcome {
        guard let text, let node = try? DocumentParser.json(Array(text.utf8)) else { return .carriedOut("") }
        let words = node["text"]?.string ?? ""
        return node["refused"]?.bool == true ? .refused(words) : .carriedOut(words)
    }

    /// Looks again and again until there is something, or patience ends.
    private func waits<Value>(
        _ patience: Duration,
        _ look: () async throws(APIError) -> Value?
    ) async throws(APIError) -> Value? {
        let end = time.uptime + patience
        while true {
            if let value = try await look() { return value }
            guard time.uptime < end else { return nil }
            do { try await time.sleep(until: time.uptime + Self.pace) } catch { return nil }
        }
    }

    @discardableResult
    private func annotate(_ key: IntentKey, _ annotations: [(String, Node)]) async throws(APIError) -> Node {
        try await client.merge(.intents, try name(of: key), Self.head(annotations))
    }

    private func read(_ key: IntentKey) async throws(APIError) -> Node {
        try await client.get(.intents, try name(of: key))
    }

    private func name(of key: IntentKey) throws(APIError) -> ObjectName {
        if let name = ObjectName(key) { return name }
        throw APIError(.refused, code: "NO_NAMESPACE", message: "\(key.rawValue) names no namespace")
    }

    private static func head(_ annotations: [(String, Node)]) -> Node {
        .mapping(["metadata": .mapping(["annotations": .mapping(annotations)])])
    }
}

extension ClusterDesk {
    /// What operators have told of intents here, newest first: of one, or of all and of themselves.
    package func events(of key: IntentKey?, limit: Int) async throws(APIError) -> [Event] {
        let namespace = key.flatMap { ObjectName($0)?.namespace } ?? selection.namespace
        let ours = "\(APIResource.ownGroup)/operator"
        let listed = try await client.list(.events, Selection(namespace: namespace)) { node -> Event? in
            guard node["reportingController"]?.string == ours else { return nil }
            return Self.event(node)
        }
        return Array(
            listed.items.compactMap(\.self).filter { key == nil || $0.key == key }
                .sorted { $0.at > $1.at }.prefix(limit)
        )
    }

    private static func event(_ node: Node) -> Event? {
        let last = node["series"]?["lastObservedTime"]?.string ?? node["eventTime"]?.string
        guard let last, let moment = try? Timestamp(parsing: last), let reason = node["reason"]?.string else {
            return nil
        }
        let subject = node["regarding"]
        var key: IntentKey?
        if subject?["kind"]?.string == APIResource.intents.kind, let namespace = subject?["namespace"]?.string,
            let name = subject?["name"]?.string
        {
            key = ObjectName(namespace: namespace, name: name).key
        }
        let count = node["series"]?["count"]?.integer.map { " (\($0) times)" } ?? ""
        return Event(
            at: moment,
            key: key,
            severity: node["type"]?.string == "Warning" ? .warning : .normal,
            reason: reason,
            message: (node["note"]?.string ?? "") + count
        )
    }
}

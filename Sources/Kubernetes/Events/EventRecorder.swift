import Documents
import Intents
package import Reconciling

/// Tells people in a cluster what happened: bounded, at a bounded rate, and what happens again as a series.
package final class EventRecorder: Sendable {
    /// The most that wait to be told.
    package static let capacity = 1000
    /// The most that are told in one round.
    package static let perRound = 10

    private let state: Locked<EventBook>
    private let waiting = Locked<[Event]>([])
    private let time: any Timekeeper
    private let dice: SharedDice
    private let catalog: IntentCatalog
    private let lease: ObjectName
    private let instance: String

    /// A recorder; what is about no Intent is told of the Lease.
    ///
    /// `instance` names this process.
    package init(catalog: IntentCatalog, lease: ObjectName, instance: String, time: any Timekeeper, dice: SharedDice) {
        state = Locked(EventBook())
        self.catalog = catalog
        self.lease = lease
        self.instance = String(instance.prefix(128))
        self.time = time
        self.dice = dice
    }

    /// Keeps an event until it can be told; the oldest goes when there are too many.
    package func put(_ event: Event) {
        waiting.withLock { waiting in
            if waiting.count >= Self.capacity { waiting.removeFirst() }
            waiting.append(event)
        }
    }

    /// Tells some of what waits; what cannot be told now is dropped, since events are no record.
    package func flush(with client: APIClient) async {
        let events = waiting.withLock { waiting in
            let events = Array(waiting.prefix(Self.perRound))
            waiting.removeFirst(events.count)
            return events
        }
        for event in events {
            let uptime = time.uptime
            let number = UInt64(bitPattern: dice.throwOne(in: .min ... .max))
            guard let act = state.withLock({ $0.take(event, suffix: number, at: uptime) }) else { continue }
            await tell(act, client)
        }
    }

    private func tell(_ act: EventBook.Act, _ client: APIClient) async {
        do throws(APIError) {
            switch act {
            case .create(let name, let event):
                guard let regarding = regarding(event.key) else { return }
                let node = node(event, name: name, regarding: regarding)
                _ = try await client.create(.events, in: regarding.name.namespace, node)
            case .series(let name, let count, let event):
                guard let regarding = regarding(event.key) else { return }
                let series = Node.mapping([
                    "count": .integer(count), "lastObservedTime": .string(event.at.microText),
                ])
                let object = ObjectName(
                    namespace: regarding.name.namespace,
                    name: Self.name(name, of: regarding.name)
                )
                _ = try await client.merge(.events, object, .mapping(["series": series]))
            }
        } catch {
            // An event that is lost is no harm; one that has gone from the server begins anew.
            if case .gone = error.consequence, case .series(_, _, let event) = act {
                state.withLock { $0.forget(event) }
            }
        }
    }

    private func regarding(_ key: IntentKey?) -> (name: ObjectName, resource: APIResource, uid: String?)? {
        guard let key else { return (lease, .leases, nil) }
        return ObjectName(key).map { ($0, .intents, catalog[key]?.uid) }
    }

    private func node(
        _ event: Event,
        name: String,
        regarding: (name: ObjectName, resource: APIResource, uid: String?)
    ) -> Node {
        .mapping([
            "apiVersion": .string(APIResource.events.apiVersion),
            "kind": .string(APIResource.events.kind),
            "metadata": .mapping([
                "name": .string(Self.name(name, of: regarding.name)),
                "namespace": .string(regarding.name.namespace),
            ]),
            "eventTime": .string(event.at.microText),
            "reportingController": .string("\(APIResource.ownGroup)/operator"),
            "reportingInstance": .string(instance),
            "action": "Reconcile",
            "reason": .string(String(event.reason.prefix(128))),
            "type": .string(event.severity.rawValue),
            "note": .string(Self.cut(event.message)),
            "regarding": .mapping(droppingNil: [
                "apiVersion": .string(regarding.resource.apiVersion),
                "kind": .string(regarding.resource.kind),
                "namespace": .string(regarding.name.namespace),
                "name": .string(regarding.name.name),
                "uid": regarding.uid.map { .string($0) },
            ]),
        ])
    }

    private static func name(_ suffix: String, of object: ObjectName) -> String {
        "\(object.name.prefix(200)).\(suffix)"
    }

    /// A note has at most 1024 bytes.
    static func cut(_ text: String) -> String {
        guard text.utf8.count > 1024 else { return text }
        var cut = text
        while cut.utf8.count > 1021 { cut.removeLast() }
        return cut + "…"
    }
}

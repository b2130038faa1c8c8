package import Documents
package import Kubernetes
import Reconciling

extension StandInCluster {
    /// An object as it is now; nil where there is none.
    package func object(_ resource: APIResource, _ name: ObjectName) -> Node? {
        state.withLock { $0.store.objects[resource]?[name]?.node }
    }

    /// Every object of a kind, by name.
    package func objects(_ resource: APIResource) -> [Node] {
        state.withLock { state in
            (state.store.objects[resource] ?? [:]).sorted { $0.key < $1.key }.map(\.value.node)
        }
    }

    /// The present version.
    package var version: Int { state.withLock { $0.store.version } }

    /// How many calls have changed something, by method and kind, such as `PATCH intents/status`.
    package var writes: [String: Int] { state.withLock { $0.store.writes } }

    /// How many calls have come, by method and path.
    package var calls: [String: Int] { state.withLock { $0.calls } }

    /// Forgets the past: older versions can be watched and listed no more.
    package func compact() {
        state.withLock { state in
            state.store.forgottenUpTo = state.store.version
            state.store.history = []
        }
    }

    /// Breaks every watch off, as a server that dies does.
    package func cutWatches() {
        state.withLock { $0.cuts += 1 }
        wakeAll()
    }

    /// Lets watches hear nothing of what happens, or hear all of it again.
    package func setDeaf(_ isDeaf: Bool) {
        state.withLock { $0.isDeaf = isDeaf }
        if !isDeaf { wakeAll() }
    }

    /// Takes a kind away, with all of its objects, or brings it back.
    package func setServed(_ kind: StandInKind, _ isServed: Bool) {
        state.withLock { state in
            state.store.kinds.removeAll { $0.resource == kind.resource }
            if isServed { state.store.kinds.append(kind) } else { state.store.objects[kind.resource] = nil }
        }
        cutWatches()
    }

    /// Begins or ends a namespace's end.
    package func setTerminating(_ namespace: String) {
        state.withLock { _ = $0.store.terminating.insert(namespace) }
    }

    /// Lets versions pass as if other kinds had been written.
    package func age(to version: Int) {
        state.withLock { $0.store.version = max($0.store.version, version) }
    }

    /// Gives objects other uids, by name.
    package func setUIDs(_ uids: [String: String]) {
        state.withLock { state in
            for (resource, objects) in state.store.objects {
                for (name, object) in objects {
                    guard let uid = uids[name.name], uid != object.uid else { continue }
                    state.store.objects[resource]?[name]?.node = object.node.withMetadata("uid", .string(uid))
                }
            }
        }
    }
}

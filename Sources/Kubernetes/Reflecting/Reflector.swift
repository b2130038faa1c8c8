package import Documents
package import Reconciling

/// What a reflector tells of its selection.
package enum Reflected<Item: Sendable>: Sendable {
    /// Everything that is there, and what has gone since it was last told.
    case snapshot([Item], gone: [Reflection.Identity])
    /// An object is there, new or in a new state.
    case upserted(Item)
    /// An object is gone.
    case deleted(Reflection.Identity)
    /// The copy is not kept now; what was told stays as it was.
    case unavailable(APIError)
    /// The copy is kept again, and nothing was missed.
    case available
}

/// Runs a ``Reflection``: makes its calls, and tells what they show.
package struct Reflector<Item: Sendable>: Sendable {
    private let client: APIClient
    private let resource: APIResource
    private let selection: Selection
    private let time: any Timekeeper
    private let dice: SharedDice
    private let read: @Sendable (Node) throws(MalformedObject) -> Item
    private let metadata: @Sendable (Item) -> ObjectMetadata

    /// A reflector of a selection; `read` keeps of each object what is needed, its head among it.
    package init(
        _ resource: APIResource,
        _ selection: Selection,
        client: APIClient,
        time: any Timekeeper,
        dice: SharedDice,
        read: @escaping @Sendable (Node) throws(MalformedObject) -> Item,
        metadata: @escaping @Sendable (Item) -> ObjectMetadata
    ) {
        self.client = client
        self.resource = resource
        self.selection = selection
        self.time = time
        self.dice = dice
        self.read = read
        self.metadata = metadata
    }

    /// Reflects until it is cancelled; each thing told is taken before the next is read.
    package func run(telling tell: @Sendable (Reflected<Item>) async -> Void) async throws {
        var reflection = Reflection()
        var isTroubled = false
        while true {
            try Task.checkCancellation()
            switch reflection.order(at: time.uptime, dice: dice) {
            case .wait(let wait): try await time.sleep(until: time.uptime + wait)
            case .list: await list(&reflection, tell)
            case .watch(let version, let timeout): await watch(&reflection, version, timeout, &isTroubled, tell)
            }
            await report(reflection, &isTroubled, tell)
        }
    }

    private func report(
        _ reflection: Reflection,
        _ isTroubled: inout Bool,
        _ tell: @Sendable (Reflected<Item>) async -> Void
    ) async {
        if let trouble = reflection.trouble {
            if !isTroubled { await tell(.unavailable(trouble)) }
            isTroubled = true
        } else if isTroubled {
            isTroubled = false
            if reflection.isSynchronized { await tell(.available) }
        }
    }

    private func list(_ reflection: inout Reflection, _ tell: @Sendable (Reflected<Item>) async -> Void) async {
        do throws(APIError) {
            var refused: MalformedObject?
            let list = try await client.list(resource, selection, read: read) { refused = $0 }
            // Left out, such an object would look deleted.
            if let refused { throw APIError.malformed("\(resource.fullName): \(refused.description)") }
            let gone = reflection.listed(
                list.items.map { Reflection.Identity(metadata($0)) },
                resourceVersion: list.resourceVersion
            )
            await tell(.snapshot(list.items, gone: gone))
        } catch {
            reflection.failed(error, at: time.uptime, dice: dice)
        }
    }

    private func watch(
        _ reflection: inout Reflection,
        _ version: String,
        _ timeout: Duration,
        _ isTroubled: inout Bool,
        _ tell: @Sendable (Reflected<Item>) async -> Void
    ) async {
        do throws(APIError) {
            let stream = try await client.watch(resource, selection, from: version, timeout: timeout)
            reflection.opened(at: time.uptime)
            while !Task.isCancelled {
                switch await stream.next() {
                case .event(let event):
                    guard try await take(event, &reflection, tell) else { return }
                    await report(reflection, &isTroubled, tell)
                case .end(.served): return reflection.ended(at: time.uptime, dice: dice)
                case .end(.cut(let error)): throw error
                }
            }
        } catch {
            reflection.failed(error, at: time.uptime, dice: dice)
        }
    }

    /// Takes one event; false where the watch is over with it.
    private func take(
        _ event: WatchEvent,
        _ reflection: inout Reflection,
        _ tell: @Sendable (Reflected<Item>) async -> Void
    ) async throws(APIError) -> Bool {
        do throws(MalformedObject) {
            switch event {
            case .upserted(let node):
                let item = try read(node)
                let metadata = metadata(item)
                reflection.upserted(Reflection.Identity(metadata), resourceVersion: metadata.resourceVersion)
                await tell(.upserted(item))
            case .deleted(let node):
                let metadata = try ObjectMetadata(ObjectFields(node, path: ""))
                let identity = Reflection.Identity(metadata)
                if reflection.deleted(identity, resourceVersion: metadata.resourceVersion) {
                    await tell(.deleted(identity))
                }
            case .bookmark(let version): reflection.bookmarked(resourceVersion: version)
            case .failed(let error):
                reflection.failed(error, at: time.uptime, dice: dice)
                return false
            }
            return true
        } catch {
            // Passed over, it would never be seen; a list shows it again, or says that it is as it is.
            reflection.failed(.malformed("\(resource.fullName): \(error.description)"), at: time.uptime, dice: dice)
            return false
        }
    }
}

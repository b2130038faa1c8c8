import Intents
package import Kubernetes
package import Reconciling
import Wire

/// An API server for tests: what the recorded exchanges show of a real one, in memory, with faults on command.
///
/// It is a transport by itself, without any HTTP; ``StandInServer`` serves it over HTTP.
package final class StandInCluster: StreamingTransport {
    /// What can go wrong with calls.
    package enum Fault: Sendable {
        /// The call is refused, and nothing is done.
        case refused(StandInRefusal)
        /// The call never arrives.
        case unreachable
        /// The call is executed, and its reply lost.
        case replyLost
        /// The connection breaks before the call is executed, which the caller cannot know.
        case connectionLost
    }

    /// A fault that waits for calls.
    struct Trap {
        var fault: Fault
        var left: Int
        var catches: @Sendable (String, String) -> Bool
    }

    /// Somebody who waits for the next change.
    typealias Waiter = CheckedContinuation<Void, Never>

    struct State {
        var store: StandInStore
        var traps: [Trap] = []
        var waiters: [Int: Waiter] = [:]
        var lastWaiter = 0
        /// Counts the cuts: a watch ends when it has changed.
        var cuts = 0
        /// Whether watches show what happens.
        var isDeaf = false
        var calls: [String: Int] = [:]
    }

    let state: Locked<State>
    let time: any Timekeeper

    /// A cluster with the namespaces and kinds that a test needs.
    package init(
        time: any Timekeeper,
        kinds: [StandInKind] = StandInKind.own,
        namespaces: Set<String> = ["default"],
        version: Int = 100
    ) {
        self.time = time
        state = Locked(State(store: StandInStore(kinds: kinds, namespaces: namespaces, version: version)))
    }

    package func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        let call: StandInStore.Call
        do throws(StandInRefusal) {
            call = try take(request)
        } catch {
            return error.reply(nil, name: nil)
        }
        let fault = fault(for: request)
        switch fault {
        case .unreachable: throw .notSent("connection refused")
        case .connectionLost: throw .outcomeUnknown("the connection was lost")
        case .refused(let refusal): return refusal.reply(call.kind.resource, name: call.name)
        case .replyLost, nil: break
        }
        let (reply, waiters) = state.withLock { state in
            let before = state.store.version
            let reply = state.store.answer(call)
            guard state.store.version != before else { return (reply, [Waiter]()) }
            defer { state.waiters = [:] }
            return (reply, state.waiters.values.map(\.self))
        }
        for waiter in waiters { waiter.resume() }
        if case .replyLost = fault { throw .outcomeUnknown("the reply was lost") }
        return reply
    }

    package func open(_ request: TransportRequest, idle: Duration) async throws(TransportFailure) -> TransportStream {
        guard request.url.contains("watch=true") else { return Self.stream(try await send(request)) }
        let fault = fault(for: request)
        switch fault {
        case .unreachable: throw .notSent("connection refused")
        case .connectionLost, .replyLost: throw .outcomeUnknown("the connection was lost")
        case .refused, nil: break
        }
        do throws(StandInRefusal) {
            let call = try take(request)
            if case .refused(let refusal) = fault { throw refusal }
            return try watch(call)
        } catch {
            return Self.stream(error.reply(nil, name: nil))
        }
    }

    private static func stream(_ reply: TransportReply) -> TransportStream {
        let rest = Locked<[UInt8]?>(reply.body)
        return TransportStream(head: TransportReply(status: reply.status, headers: reply.headers)) {
            rest.withLock { rest in
                defer { rest = nil }
                return rest
            }
        }
    }

    /// Takes a request apart.
    private func take(_ request: TransportRequest) throws(StandInRefusal) -> StandInStore.Call {
        let target = request.url.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }
        let parsed = HTTPServerRequest(.get, target: String(target))
        let key = "\(request.method) \(parsed.path)"
        let kinds = state.withLock { state in
            state.calls[key, default: 0] += 1
            return state.store.kinds
        }
        var segments = parsed.segments[...]
        let isCore = segments.popFirst() == "api"
        let group = isCore ? "" : segments.popFirst() ?? ""
        let version = segments.popFirst() ?? ""
        var namespace: String?
        if segments.first == "namespaces", segments.count > 2 {
            segments = segments.dropFirst()
            namespace = segments.popFirst()
        }
        let plural = segments.popFirst() ?? ""
        guard
            let kind = kinds.first(where: {
                $0.resource.group == group && $0.resource.version == version && $0.resource.plural == plural
            })
        else { throw .noSuchPath }
        let type = request.headers.first { $0.name.lowercased() == "content-type" }?.value ?? ""
        return StandInStore.Call(
            method: request.method,
            kind: kind,
            namespace: namespace,
            name: segments.popFirst(),
            part: segments.popFirst(),
            query: Dictionary(parsed.query.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }),
            contentType: type,
            body: request.body ?? [],
            now: Timestamp(milliseconds: time.now.milliseconds / 1000 * 1000).text
        )
    }

    private func fault(for request: TransportRequest) -> Fault? {
        state.withLock { state in
            guard let index = state.traps.firstIndex(where: { $0.catches(request.method, request.url) }) else {
                return nil
            }
            let fault = state.traps[index].fault
            state.traps[index].left -= 1
            if state.traps[index].left <= 0 { state.traps.remove(at: index) }
            return fault
        }
    }

    private func watch(_ call: StandInStore.Call) throws(StandInRefusal) -> TransportStream {
        let from = call.query["resourceVersion"] ?? ""
        guard from.isEmpty || Int(from) != nil else {
            throw .internalError("resourceVersion: Invalid value: \"\(from)\"")
        }
        let seconds = call.query["timeoutSeconds"].flatMap { Int($0) } ?? 300
        let cuts = state.withLock { $0.cuts }
        let watch = StandInWatch(
            cluster: self,
            call: call,
            from: Int(from) ?? 0,
            until: time.uptime + .seconds(seconds),
            cuts: cuts
        )
        let head = TransportReply(status: 200, headers: [(name: "Content-Type", value: "application/json")])
        return TransportStream(head: head) { () async throws(TransportFailure) -> [UInt8]? in try await watch.next() }
    }

    /// Waits for a change, at most until a moment.
    func waitForChange(after version: Int, until end: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [time] in
                // Ended early by cancellation alone.
                _ = try? await time.sleep(until: end)
            }
            group.addTask { await self.wait(after: version) }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait(after version: Int) async {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let isOver = state.withLock { state in
                    if state.store.version > version && !state.isDeaf || Task.isCancelled { return true }
                    state.waiters[number] = waiter
                    return false
                }
                if isOver { waiter.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
        }
    }

    /// Wakes everybody who waits.
    func wakeAll() {
        let waiters = state.withLock { state in
            defer { state.waiters = [:] }
            return state.waiters.values.map(\.self)
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Sets a trap for the next calls whose method and URL it catches.
    package func trap(
        _ fault: Fault,
        times: Int = 1,
        where catches: @escaping @Sendable (_ method: String, _ url: String) -> Bool
    ) {
        state.withLock { $0.traps.append(Trap(fault: fault, left: times, catches: catches)) }
    }

    /// Takes all traps away.
    package func untrap() { state.withLock { $0.traps = [] } }
}

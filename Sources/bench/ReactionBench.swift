import Glibc
import Intents
import Placement
import Reconciling
import Simulation
import Wire

/// Measures how soon an operator calls the platform after an intent has changed; part of `hack/bench`, and not shipped.
///
/// It is the platform itself, so that the change and the call that follows are timed by one clock. It prints the
/// variables that point an operator to it, waits until that operator has bought a slot for each intent and is idle, and
/// then lets one intent after another ask for a second slot.
struct ReactionBench: Sendable {
    /// How many intents there are, each with `min_replicas: 1`.
    let intents: Int
    /// What makes each of some of them ask for a second slot.
    let changes: [Change]

    /// What makes an intent ask for a second slot.
    struct Change: Sendable {
        /// The intent, for a complaint.
        var name: String
        /// What is done before the clock starts.
        var prepare: @Sendable () throws -> Void = {}
        /// What the operator is to notice.
        var make: @Sendable () async throws -> Void
    }

    /// How long nothing must have been called before the first change, and before each further one.
    static let idle = (first: Duration.seconds(2), next: Duration.milliseconds(200))
    /// How long it waits for a call.
    static let patience = Duration.seconds(60)

    /// Something that makes the figures worthless.
    struct Failure: Error {
        /// What and where.
        let text: String
    }

    /// How long a call took after a change.
    private struct Reaction: Sendable {
        /// From when the change was begun.
        var sinceBegun: Duration
        /// From when it had been made; zero where the call came before that was known.
        var sinceMade: Duration
    }

    /// Prints the middle, the 99th of a hundred and the largest of the times, in microseconds: from when the changes were
    /// begun, and then from when they had been made.
    @concurrent
    func report() async throws {
        let reactions = try await run()
        let columns = [\Reaction.sinceBegun, \.sinceMade].flatMap { member in
            let times = reactions.map { $0[keyPath: member] }.sorted()
            return [times.count / 2, min(times.count - 1, times.count * 99 / 100), times.count - 1].map { times[$0] }
        }
        Report.tell(columns.map { String(Int64($0 / .microseconds(1))) }.joined(separator: " "))
    }

    private func run() async throws -> [Reaction] {
        let arrivals = Arrivals()
        var settings = FlexAISettings()
        settings.bootTime = .zero
        let world = SimulatedWorld(
            seed: 1,
            flexai: settings,
            market: .standard.capacity(times: 100)
        )
        let start = ContinuousClock.now
        let server = try HTTPServer.bind(ListenAddress("127.0.0.1:0")) { request in
            arrivals.note()
            let simulated = SimulatedRequest(
                method: request.method.rawValue,
                target: request.path,
                headers: request.headers.fields.map { (name: $0.name, value: $0.value) },
                body: request.body
            )
            let now = Timestamp(
                milliseconds: Self.epoch + Int64((ContinuousClock.now - start) / .milliseconds(1))
            )
            guard case .reply(_, let reply) = world.handle(simulated, to: .flexai, at: now) else {
                return .dropConnection
            }
            let headers = reply.headers.map { (name: $0.name, value: $0.value) }
            return HTTPServerResponse(status: reply.status, headers: HTTPHeaders(headers), body: reply.body)
        }
        Report.tell(
            """
            export FLEXAI_API_URL=http://127.0.0.1:\(server.port)
            export FLEXAI_API_KEY=simulated-key
            export FLEXAI_ORG_ID=simulated-organization
            export FLEXAI_LOCATION=eu-central-1
            export FLEXAI_LISTING_DELAY_BOUND=0s
            """
        )
        return try await withThrowingTaskGroup(of: [Reaction].self) { group in
            group.addTask {
                await server.run()
                return []
            }
            defer { group.cancelAll() }
            return try await change(arrivals)
        }
    }

    /// Any moment: only that time goes on matters to the simulated platform.
    private static let epoch: Int64 = 1_790_000_000_000

    private func change(_ arrivals: Arrivals) async throws -> [Reaction] {
        try await until("the operator has bought for \(intents) intents and is idle") {
            guard arrivals.count > intents, let last = arrivals.last else { return false }
            return ContinuousClock.now - last >= Self.idle.first
        }
        var reactions: [Reaction] = []
        for change in changes {
            try change.prepare()
            arrivals.forget()
            let begun = ContinuousClock.now
            try await change.make()
            let made = ContinuousClock.now
            try await until("a call after \(change.name) has changed") { arrivals.first != nil }
            guard let first = arrivals.first else { continue }
            reactions.append(Reaction(sinceBegun: first - begun, sinceMade: max(.zero, first - made)))
            try await until("the operator is idle again") {
                guard let last = arrivals.last else { return false }
                return ContinuousClock.now - last >= Self.idle.next
            }
        }
        return reactions
    }

    private func until(_ what: String, _ holds: () -> Bool) async throws {
        let end = ContinuousClock.now + Self.patience
        while !holds() {
            guard ContinuousClock.now < end else { throw Failure(text: "waited in vain until \(what)") }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

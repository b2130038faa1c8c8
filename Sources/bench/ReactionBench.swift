import Glibc
import Intents
import Placement
import Reconciling
import Simulation
import Wire

/// Measures how soon an operator calls the platform after a file has changed; part of `hack/bench`, and not shipped.
///
/// It is the platform itself, so that the change and the call that follows are timed by one clock. It prints the
/// variables that point an operator to it, waits until that operator has bought a slot for each file of a directory and
/// is idle, and then lets one file after another ask for a second slot, by a rename.
struct ReactionBench {
    /// The directory of the intents, one a file, each with `min_replicas: 1`.
    let directory: String
    /// How many files there are.
    let files: Int
    /// How many of them are changed.
    let changes: Int

    /// How long nothing must have been called before the first change, and before each further one.
    static let idle = (first: Duration.seconds(2), next: Duration.milliseconds(200))
    /// How long it waits for a call.
    static let patience = Duration.seconds(60)

    /// Something that makes the figures worthless.
    struct Failure: Error {
        /// What and where.
        let text: String
    }

    /// Runs with what stands on the command line: `DIRECTORY FILES CHANGES`; returns the exit status.
    ///
    /// Prints the middle, the 99th of a hundred and the largest of the times, in microseconds.
    @concurrent
    static func start(_ arguments: ArraySlice<String>) async -> Int32 {
        let words = Array(arguments)
        guard words.count == 3, let files = Int(words[1]), let changes = Int(words[2]), (1...files).contains(changes)
        else {
            complain("usage: bench DIRECTORY FILES CHANGES")
            return 1
        }
        do {
            let times = try await ReactionBench(directory: words[0], files: files, changes: changes).run().sorted()
            func microseconds(_ place: Int) -> Int64 { Int64(times[place] / .microseconds(1)) }
            let (middle, late) = (times.count / 2, min(times.count - 1, times.count * 99 / 100))
            tell("\(microseconds(middle)) \(microseconds(late)) \(microseconds(times.count - 1))")
            return 0
        } catch {
            complain("bench: \((error as? Failure)?.text ?? String(describing: error))")
            return 1
        }
    }

    private func run() async throws -> [Duration] {
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
        Self.tell(
            """
            export FLEXAI_API_URL=http://127.0.0.1:\(server.port)
            export FLEXAI_API_KEY=simulated-key
            export FLEXAI_ORG_ID=simulated-organization
            export FLEXAI_LOCATION=eu-central-1
            export FLEXAI_LISTING_DELAY_BOUND=0s
            """
        )
        return try await withThrowingTaskGroup(of: [Duration].self) { group in
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

    private func change(_ arrivals: Arrivals) async throws -> [Duration] {
        try await until("the operator has bought for \(files) files and is idle") {
            guard arrivals.count > files, let last = arrivals.last else { return false }
            return ContinuousClock.now - last >= Self.idle.first
        }
        var times: [Duration] = []
        for name in try names().prefix(changes) {
            let (next, place) = ("\(directory)/.next", "\(directory)/\(name)")
            try scale(place, into: next)
            arrivals.forget()
            let moment = ContinuousClock.now
            guard unsafe rename(next, place) == 0 else { throw Failure(text: "\(place) cannot be replaced") }
            try await until("a call after \(name) has changed") { arrivals.first != nil }
            guard let first = arrivals.first else { continue }
            times.append(first - moment)
            try await until("the operator is idle again") {
                guard let last = arrivals.last else { return false }
                return ContinuousClock.now - last >= Self.idle.next
            }
        }
        return times
    }

    private func until(_ what: String, _ holds: () -> Bool) async throws {
        let end = ContinuousClock.now + Self.patience
        while !holds() {
            guard ContinuousClock.now < end else { throw Failure(text: "waited in vain until \(what)") }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

extension ReactionBench {
    /// The files' names, in order.
    private func names() throws(Failure) -> [String] {
        guard let stream = unsafe opendir(directory) else { throw Failure(text: "\(directory) cannot be read") }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name.hasSuffix(".yaml") { names.append(name) }
        }
        return names.sorted()
    }

    /// Writes a file with one slot more beside itself.
    private func scale(_ place: String, into next: String) throws(Failure) {
        guard let source = unsafe fopen(place, "r") else { throw Failure(text: "\(place) cannot be read") }
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        let count = unsafe fread(&bytes, 1, bytes.count, source)
        unsafe fclose(source)
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        let changed = Array(text.replacing("min_replicas: 1", with: "min_replicas: 2").utf8)
        guard let target = unsafe fopen(next, "w") else { throw Failure(text: "\(next) cannot be written") }
        unsafe fwrite(changed, 1, changed.count, target)
        guard unsafe fclose(target) == 0 else { throw Failure(text: "\(next) cannot be written") }
    }

    private static func tell(_ line: String) { say(line, to: STDOUT_FILENO) }

    private static func complain(_ line: String) { say(line, to: STDERR_FILENO) }

    private static func say(_ line: String, to descriptor: Int32) {
        let bytes = Array((line + "\n").utf8)
        _ = unsafe write(descriptor, bytes, bytes.count)
    }
}

import Documents
import Glibc
import Wire

/// Both simulated platforms in a process of their own, whose books outlast it.
final class PlatformsProcess {
    private let binary: String
    private let folder: String
    private let settings: [String]
    private let client: HTTPClient
    private var process: ChildProgram?
    private var address = ""
    private var starts = 0
    /// What an operator's environment needs to reach them.
    private(set) var exports: [String: String] = [:]

    /// Platforms that are not started yet.
    init(_ binary: String, folder: String, settings: [String], client: HTTPClient) {
        self.binary = binary
        self.folder = folder
        self.settings = settings
        self.client = client
    }

    /// Starts them on a pair of free ports, with their books in the folder.
    ///
    /// The ports are below those that systems give to whoever does not care, so that they are free after a restart.
    func begin(_ numbers: [Int]) async throws {
        for number in numbers {
            address = "127.0.0.1:\(10_000 + 2 * number)"
            process = try start()
            if try await isReady() { return }
        }
        throw CrashFailure("the platforms do not start: see \(folder)/platforms-\(starts).err")
    }

    /// Kills them at once.
    func kill() { process?.kill() }

    /// Starts them again where they were, with what their books say.
    func restart() async throws {
        for _ in 0..<100 {
            process = try start()
            if try await isReady() { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw CrashFailure("the platforms do not start again: see \(folder)/platforms-\(starts).err")
    }

    /// Every purchase that a platform has ever booked.
    func history(_ platform: String) async throws -> [BookedPurchase] {
        let node = try await call(.get, "/_simulation/history/\(platform)")
        return try (node.sequence ?? []).map { entry throws(CrashFailure) in try BookedPurchase(entry, platform) }
    }

    /// Every purchase on both.
    func history() async throws -> [BookedPurchase] { try await history("flexai") + history("flare") }

    /// Lets a platform lose an allocation; one that is gone already is no trouble.
    func lose(_ purchase: BookedPurchase) async throws {
        let command = Node.mapping([
            ("command", "lose"), ("platform", .string(purchase.platform)), ("id", .string(purchase.id)),
        ])
        do { _ = try await call(.post, "/_simulation/command", DocumentPrinter.jsonBytes(command)) } catch {}
    }

    private func call(_ method: HTTPMethod, _ path: String, _ body: [UInt8]? = nil) async throws -> Node {
        guard let base = exports["FLEXAI_API_URL"] else { throw CrashFailure("the platforms have no address") }
        let reply = try await client.send(HTTPRequest(method, base + path, body: body))
        guard reply.status == 200 else { throw CrashFailure("\(path) is answered with \(reply.status)") }
        return try DocumentParser.json(reply.body, limits: DocumentLimits(bytes: 1 << 24, nodes: 1 << 22, documents: 1))
    }

    /// Waits until it has told where it is; false where it ended.
    private func isReady() async throws -> Bool {
        for _ in 0..<1500 {
            let told = RoundFiles.text("\(folder)/platforms-\(starts).out")
            if told.contains("FLARE_LISTING_DELAY_BOUND") {
                for line in told.split(separator: "\n") {
                    let words = line.dropFirst("export ".count).split(separator: "=", maxSplits: 1)
                    if words.count == 2 { exports[String(words[0])] = String(words[1]) }
                }
                return true
            }
            guard process?.exitStatus == nil else { return false }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    private func start() throws(CrashFailure) -> ChildProgram {
        starts += 1
        let all = settings + ["simulation.capacity=20", "simulation.books=\(folder)/books"]
        return try ChildProgram(
            binary,
            ["simulate", "--listen", address] + all.flatMap { ["--set", $0] },
            environment: ["PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no"],
            files: "\(folder)/platforms-\(starts)"
        )
    }
}

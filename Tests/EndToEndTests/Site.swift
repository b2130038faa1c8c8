import Documents
import FoundationEssentials
import Synchronization
import Testing

/// A place of its own for one test: a temporary folder, the simulated platforms, and the operator's commands.
final class Site: Sendable {
    /// The temporary folder.
    let folder: String
    /// Both platforms.
    let simulator: Simulator
    private let binary: String
    private let started = Mutex<[ChildProcess]>([])

    /// Where the intents are.
    var intents: String { folder + "/intents" }
    /// Where the ledger is.
    var state: String { folder + "/state" }

    private init(_ folder: String, simulation: [String]) async throws {
        self.folder = folder
        binary = try BuiltBinary.path()
        let process = try ChildProcess(
            binary,
            ["simulate", "--listen", "127.0.0.1:0"] + Self.setting(["simulation.bootTime=100ms"] + simulation),
            environment: Self.plain,
            files: folder + "/simulator"
        )
        simulator = try await Simulator(process)
    }

    /// Makes a place, lends it, and clears it away: its processes are killed and its folder is removed.
    static func lend<Result>(
        simulation: [String] = [],
        _ body: (Site) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.path() + "/intentctl-\(UUID().uuidString)"
        for part in ["/intents", "/state", "/printed"] {
            try FileManager.default.createDirectory(atPath: folder + part, withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let site = try await Site(folder, simulation: simulation)
        defer { site.clear() }
        return try await body(site)
    }

    private func clear() {
        for process in started.withLock({ $0 }) { process.end() }
        simulator.end()
    }

    /// What every process gets; under a sanitizer also what that is told.
    private static let plain = {
        let told = ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }
        return told.merging(["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no"]) { $1 }
    }()

    private static func setting(_ settings: [String]) -> [String] { settings.flatMap { ["--set", $0] } }

    /// The settings that keep a test short; what is promised does not depend on them.
    static let quick = setting([
        "policies.pollChanging=100ms", "policies.deletionGuard.quiet=100ms", "limits.callsPerSecond=1000000",
        "limits.burst=1000000",
    ])

    // MARK: Commands

    /// Starts a command; `environment` wins over the platforms' own settings.
    func start(
        _ arguments: [String],
        environment: [String: String] = [:],
        under shell: String? = nil
    ) throws -> ChildProcess {
        let isInCluster = environment["INTENTCTL_KUBERNETES"] != nil
        let own = isInCluster ? [:] : ["INTENTCTL_STATE": state, "INTENTCTL_INTENTS": intents]
        let all = Self.plain.merging(simulator.exports) { $1 }.merging(own) { $1 }.merging(environment) { $1 }
        return try started.withLock { started in
            let files = "\(folder)/printed/\(started.count)"
            let process =
                if let shell {
                    try ChildProcess(
                        "/bin/sh",
                        ["-c", shell + "; exec \"$0\" \"$@\"", binary] + arguments,
                        environment: all,
                        files: files
                    )
                } else {
                    try ChildProcess(binary, arguments, environment: all, files: files)
                }
            started.append(process)
            return process
        }
    }

    /// Starts `run` with the quick settings.
    func startRun(
        _ more: String...,
        environment: [String: String] = [:],
        under shell: String? = nil
    ) throws
        -> ChildProcess
    {
        try start(["run"] + Self.quick + more, environment: environment, under: shell)
    }

    /// Runs a command to its end.
    func command(_ arguments: String..., environment: [String: String] = [:]) async throws -> Finished {
        try await start(arguments, environment: environment).finish()
    }

    /// Runs `run --once` with the quick settings to its end.
    func runOnce(
        _ more: String...,
        timeout: String = "120s",
        environment: [String: String] = [:]
    ) async throws
        -> Finished
    {
        let arguments = ["run", "--once", "--timeout", timeout] + Self.quick + more
        return try await start(arguments, environment: environment).finish(within: .seconds(150))
    }

    /// What `get -o json` says of an intent.
    func status(of name: String) async throws -> Node {
        let got = try await command("get", name, "-o", "json")
        try #require(got.status == 0, "\(got)")
        let items = try DocumentParser.json(Array(got.output.utf8))["items"]
        return try #require(items?.sequence?.first?["status"], "\(got)")
    }

    // MARK: Intents

    /// Writes a file of intents.
    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(intents)/\(name)"), options: .atomic)
    }

    /// Where a configuration may be.
    var configuration: String { folder + "/configuration.yaml" }

    /// Writes the configuration.
    func writeConfiguration(_ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: configuration), options: .atomic)
    }

    /// Removes a file of intents.
    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(intents)/\(name)") }

    /// Writes a service on FlexAI, in `<name>.yaml`.
    func writeNotebook(_ name: String, replicas: Int = 1) throws {
        try write("\(name).yaml", Self.notebook(name, replicas: replicas))
    }

    /// Writes a service on FLARE, in `<name>.yaml`.
    func writeInference(_ name: String) throws { try write("\(name).yaml", Self.inference(name)) }

    /// Copies the samples that the project ships.
    func copySamples() throws {
        let samples = BuiltBinary.sources("manifests/samples")
        for file in try FileManager.default.contentsOfDirectory(atPath: samples) where file.contains(".") {
            try FileManager.default.copyItem(atPath: "\(samples)/\(file)", toPath: "\(intents)/\(file)")
        }
    }
}

extension Site {
    /// The names in what `get -o json` printed.
    func names(_ list: Finished) throws -> [String] {
        let items = try DocumentParser.json(Array(list.output.utf8))["items"]?.sequence
        return try #require(items, "\(list)").compactMap { $0["metadata"]?["name"]?.string }
    }
}

import FoundationEssentials
import Glibc
import Synchronization

/// A program that was started in a process group of its own, with its output in files.
///
/// Whoever lets go of it kills the whole group.
final class ChildProcess: Sendable {
    /// It could not be started.
    struct NotStarted: Error, CustomStringConvertible {
        let description: String
    }

    /// What it was started with, for messages.
    let arguments: [String]
    /// Its process id, which is its group's as well.
    let pid: pid_t
    private let outputFile: String
    private let errorFile: String
    private let status = Mutex<Int32?>(nil)

    /// Starts a program; what it prints goes to `<files>.out` and `<files>.err`.
    init(_ program: String, _ arguments: [String], environment: [String: String], files: String) throws {
        self.arguments = arguments
        outputFile = files + ".out"
        errorFile = files + ".err"
        pid = try Self.spawn(program, arguments, environment, output: outputFile, errors: errorFile)
    }

    deinit { end() }

    /// What it has printed so far.
    var output: String { Self.text(outputFile) }
    /// What it has reported so far.
    var errors: String { Self.text(errorFile) }
    /// Everything that is known of it, for messages.
    var story: String { "\(arguments)\n--- out\n\(output)\n--- err\n\(errors.suffix(6000))" }

    /// The exit status, once there is one; minus the signal's number where one ended it.
    func exitStatus() -> Int32? {
        status.withLock { status in
            if status == nil {
                var raw: Int32 = 0
                if unsafe waitpid(pid, &raw, WNOHANG) == pid {
                    status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : -(raw & 0x7F)
                }
            }
            return status
        }
    }

    /// Sends a signal to the whole group, as long as it lives.
    func signal(_ number: Int32) {
        guard exitStatus() == nil else { return }
        kill(-pid, number)
    }

    /// Kills the group and waits for its end, which is near.
    func end() {
        guard exitStatus() == nil else { return }
        kill(-pid, SIGKILL)
        status.withLock { status in
            var raw: Int32 = 0
            if status == nil, unsafe waitpid(pid, &raw, 0) == pid { status = -SIGKILL }
        }
    }

    /// Waits for its end by itself; one that takes too long is killed and is an error.
    func finish(within limit: Duration = .seconds(60)) async throws -> Finished {
        var status: Int32?
        do {
            try await until("the process ends", within: limit, seen: { story }) {
                status = exitStatus()
                return status != nil
            }
        } catch {
            end()
            throw error
        }
        return Finished(arguments: arguments, status: status ?? -1, output: output, errors: errors)
    }

    private static func text(_ file: String) -> String {
        String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
    }

    private static func spawn(
        _ program: String,
        _ arguments: [String],
        _ environment: [String: String],
        output: String,
        errors: String
    ) throws -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        let writing = O_WRONLY | O_CREAT | O_TRUNC
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, output, writing, 0o600)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, errors, writing, 0o600)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        let flags = Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGMASK)
        unsafe posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: flags))
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
        var settings = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
        defer { unsafe (words + settings).forEach { unsafe free($0) } }
        var pid: pid_t = 0
        let result = unsafe posix_spawn(&pid, program, &actions, &attributes, &words, &settings)
        guard result == 0 else { throw NotStarted(description: "\(program) cannot be started: error \(result)") }
        return pid
    }
}

/// What a program left behind.
struct Finished: Sendable, CustomStringConvertible {
    /// What it was started with.
    let arguments: [String]
    /// How it ended; minus the signal's number where one ended it.
    let status: Int32
    /// What it printed.
    let output: String
    /// What it reported.
    let errors: String

    var description: String { "\(arguments) ended with \(status)\n--- out\n\(output)\n--- err\n\(errors.suffix(6000))" }
}

import Glibc
import Synchronization

/// A program that was started with its output in files; whoever lets go of it kills it.
final class ChildProgram: Sendable {
    /// Its process id.
    let pid: pid_t
    /// Where its output and its errors go, without `.out` and `.err`.
    let files: String
    private let status = Mutex<Int32?>(nil)

    /// Starts a program.
    init(_ program: String, _ arguments: [String], environment: [String: String], files: String) throws(CrashFailure) {
        self.files = files
        pid = try Self.spawn(program, arguments, environment, files)
    }

    deinit { kill() }

    /// The exit status, once there is one; minus the signal's number where one ended it.
    var exitStatus: Int32? {
        status.withLock { status in
            var raw: Int32 = 0
            if status == nil, unsafe waitpid(pid, &raw, WNOHANG) == pid {
                status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : -(raw & 0x7F)
            }
            return status
        }
    }

    /// Kills it at once and waits for its end; returns whether it was still alive.
    @discardableResult
    func kill() -> Bool {
        guard exitStatus == nil else { return false }
        Glibc.kill(pid, SIGKILL)
        return status.withLock { status in
            var raw: Int32 = 0
            guard status == nil, unsafe waitpid(pid, &raw, 0) == pid else { return false }
            status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : -(raw & 0x7F)
            return status == -SIGKILL
        }
    }

    /// Waits for its end by itself; one that takes too long is killed, which is a failure.
    func finish(within limit: Duration) async throws -> Int32 {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            if let status = exitStatus { return status }
            try await Task.sleep(for: .milliseconds(20))
        }
        kill()
        throw CrashFailure("\(files): it did not end within \(limit)")
    }

    private static func spawn(
        _ program: String,
        _ arguments: [String],
        _ environment: [String: String],
        _ files: String
    ) throws(CrashFailure) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        let writing = O_WRONLY | O_CREAT | O_APPEND
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, files + ".out", writing, 0o600)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, files + ".err", writing, 0o600)
        var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
        var settings = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
        defer { unsafe (words + settings).forEach { unsafe free($0) } }
        var pid: pid_t = 0
        let result = unsafe posix_spawn(&pid, program, &actions, nil, &words, &settings)
        guard result == 0 else { throw CrashFailure("\(program) cannot be started: error \(result)") }
        return pid
    }
}

/// Something that must not be, or that keeps a round from being judged.
struct CrashFailure: Error, CustomStringConvertible {
    let description: String

    /// A failure in words.
    init(_ words: String) { description = words }
}

import Dispatch
import Glibc

/// Runs another program to its end; a port, so that tests need none.
package protocol ProgramRunner: Sendable {
    /// Runs a program without input and gives what it prints.
    ///
    /// Throws where it cannot be started, takes too long, or ends with anything but 0; nothing of its output is quoted.
    func run(
        _ command: String,
        _ arguments: [String],
        _ environment: [String: String],
        deadline: Duration
    ) async throws(ConfigurationError) -> [UInt8]
}

/// Runs programs of this machine; what they say on standard error goes where ours goes.
package struct SystemPrograms: ProgramRunner {
    /// The most that is read of a program's output, in bytes.
    static let outputLimit = 1 << 20

    /// The machine's programs.
    package init() {}

    package func run(
        _ command: String,
        _ arguments: [String],
        _ environment: [String: String],
        deadline: Duration
    ) async throws(ConfigurationError) -> [UInt8] {
        let result = await withCheckedContinuation { continuation in
            // A thread of its own: programs may wait for a network.
            DispatchQueue(label: "exec plugin").async {
                continuation.resume(returning: Self.runBlocking(command, arguments, environment, deadline))
            }
        }
        return try result.get()
    }

    private static func runBlocking(
        _ command: String,
        _ arguments: [String],
        _ environment: [String: String],
        _ deadline: Duration
    ) -> Result<[UInt8], ConfigurationError> {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return .failure(ConfigurationError(command, "no pipe")) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        let process = spawn(command, arguments, environment, output: ends[1])
        close(ends[1])
        guard let process else {
            return .failure(ConfigurationError(command, "cannot be started: check that it is installed and in PATH"))
        }
        let output = drain(ends[0], until: .now + deadline)
        if output == nil { kill(process, SIGKILL) }
        var status: Int32 = 0
        while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard let output else {
            return .failure(ConfigurationError(command, "took longer than \(deadline), or printed too much"))
        }
        guard status == 0 else {
            let code = (status >> 8) & 0xFF
            return .failure(ConfigurationError(command, "ended with status \(code); its own words are above"))
        }
        return .success(output)
    }

    private static func spawn(
        _ command: String,
        _ arguments: [String],
        _ environment: [String: String],
        output: Int32
    ) -> pid_t? {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
        var words: [UnsafeMutablePointer<CChar>?] = unsafe ([command] + arguments).map { unsafe strdup($0) } + [nil]
        var variables = unsafe inherited(without: Set(environment.keys))
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
            unsafe variables.append(strdup("\(name)=\(value)"))
        }
        unsafe variables.append(nil)
        defer {
            unsafe words.forEach { unsafe free($0) }
            unsafe variables.forEach { unsafe free($0) }
        }
        var process = pid_t()
        return unsafe posix_spawnp(&process, command, &actions, nil, &words, &variables) == 0 ? process : nil
    }

    /// Our own environment, copied, without what is to be set anew.
    private static func inherited(without names: Set<String>) -> [UnsafeMutablePointer<CChar>?] {
        var variables: [UnsafeMutablePointer<CChar>?] = unsafe []
        var next = unsafe environ
        while let variable = unsafe next.pointee {
            let text = unsafe String(cString: variable)
            if !names.contains(String(text.prefix { $0 != "=" })) { unsafe variables.append(strdup(text)) }
            unsafe next += 1
        }
        return unsafe variables
    }

    /// Everything that comes out of a pipe; nil where it takes too long or is too much.
    private static func drain(_ descriptor: Int32, until end: ContinuousClock.Instant) -> [UInt8]? {
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero, output.count <= outputLimit else { return nil }
            var wish = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let milliseconds = Int32(clamping: left.components.seconds * 1000 + 1)
            let ready = unsafe poll(&wish, 1, milliseconds)
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return nil }
            let count = unsafe read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return output }
            output += buffer.prefix(count)
        }
    }
}

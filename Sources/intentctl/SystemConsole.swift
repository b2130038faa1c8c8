import Glibc
import Intents
import Reporting

/// The process's own streams, clock and files.
enum SystemConsole {
    /// The largest file that is read whole: a little more than the largest that any reader takes.
    static let largestFile = 1024 * 1024

    /// The console of the process.
    static func console(_ environment: [String: String]) -> Console {
        Console(
            write: { write($0, to: STDOUT_FILENO) },
            writeError: { write($0, to: STDERR_FILENO) },
            output: StreamTraits(isTerminal: isatty(STDOUT_FILENO) == 1, environment: environment),
            error: StreamTraits(isTerminal: isatty(STDERR_FILENO) == 1, environment: environment),
            size: size,
            now: { clocks.now },
            sleep: { try await Task.sleep(for: $0) },
            files: Files(kind: SystemFiles.kind, names: SystemFiles.names, read: SystemFiles.read)
        )
    }

    /// The process's environment.
    static func environment() -> [String: String] {
        var result: [String: String] = [:]
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let pair = unsafe String(cString: text)
            if let equals = pair.firstIndex(of: "=") {
                result[String(pair[..<equals])] = String(pair[pair.index(after: equals)...])
            }
            unsafe entry += 1
        }
        return result
    }

    /// The world's clock.
    private static let clocks = SystemTimekeeper()

    /// The terminal's size; nil where standard output is none or does not know.
    private static func size() -> TerminalSize? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var size = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return TerminalSize(width: 80, height: 24)
        }
        return TerminalSize(width: Int(size.ws_col), height: Int(size.ws_row))
    }

    /// Writes all of a text; what a closed stream does not take is lost.
    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if written == 0 || errno != EINTR {
                return
            }
        }
    }
}

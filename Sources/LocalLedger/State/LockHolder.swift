import Glibc
package import Intents

/// The process that holds a state directory, for people.
package struct LockHolder: Hashable, Sendable {
    /// The most that is read of a lock file, in bytes.
    static let largestText = 1024

    /// The process's number on its host.
    package var process: Int32
    /// The host's name.
    package var host: String
    /// When it took the directory.
    package var since: Timestamp

    /// A holder from its parts.
    package init(process: Int32, host: String, since: Timestamp) {
        self.process = process
        self.host = host
        self.since = since
    }

    /// This process on this host.
    package init(since: Timestamp) {
        let host = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let start = buffer.baseAddress, unsafe gethostname(start, 255) == 0 else { return "unknown" }
            unsafe start[255] = 0
            return unsafe String(cString: start)
        }
        self.init(process: getpid(), host: host, since: since)
    }

    /// A process that has not yet written its name down.
    static let unnamed = LockHolder(process: 0, host: "unknown", since: Timestamp(milliseconds: 0))
}

extension LockHolder {
    /// The lock file's text: a line for each part.
    var text: String { "\(process)\n\(host)\n\(since.milliseconds)\n" }

    /// The holder that a lock file names; nil where the text is not whole.
    init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, let process = Int32(lines[0]), let since = Int64(lines[2]) else { return nil }
        self.init(process: process, host: String(lines[1]), since: Timestamp(milliseconds: since))
    }
}

extension LockHolder: CustomStringConvertible {
    package var description: String { "process \(process) on host \(host)" }
}

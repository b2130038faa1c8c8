import Glibc

/// What the program says.
enum Report {
    /// A line of figures.
    static func tell(_ line: String) { say(line, to: STDOUT_FILENO) }

    /// A complaint.
    static func complain(_ line: String) { say(line, to: STDERR_FILENO) }

    private static func say(_ line: String, to descriptor: Int32) {
        let bytes = Array((line + "\n").utf8)
        _ = unsafe write(descriptor, bytes, bytes.count)
    }
}

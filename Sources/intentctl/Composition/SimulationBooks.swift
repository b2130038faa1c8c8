import Documents
import Glibc
import Simulation

/// The file in which `simulate` keeps everything that changed its world: a line of JSON each.
///
/// A line is written before anybody hears of what it says, and outlasts the process, not a loss of power. A process that
/// is killed while it writes leaves half a line, which never happened.
final class SimulationBooks: Sendable {
    private let path: String
    private let descriptor: Int32

    /// The books in a file, which is made where there is none.
    init(_ path: String) throws(CommandError) {
        self.path = path
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CommandError("the books \(path) cannot be opened: \(Self.reason)") }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// What was written down before; half a line at the end is cut off.
    func entries() throws(CommandError) -> [Happening] {
        let bytes = try content()
        let whole = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        guard ftruncate(descriptor, off_t(whole)) == 0 else {
            throw CommandError("the books \(path) cannot be written: \(Self.reason)")
        }
        var entries: [Happening] = []
        for line in bytes[..<whole].split(separator: UInt8(ascii: "\n")) {
            guard let entry = Self.entry(Array(line)) else {
                throw CommandError("line \(entries.count + 1) of \(path) is no entry of a simulation's books")
            }
            entries.append(entry)
        }
        return entries
    }

    /// Writes an entry down; a simulation whose books cannot be kept ends at once.
    func add(_ entry: Happening) {
        let line = DocumentPrinter.jsonBytes(entry.node) + [UInt8(ascii: "\n")]
        guard unsafe write(descriptor, line, line.count) == line.count else {
            preconditionFailure("the books \(path) cannot be written: \(Self.reason)")
        }
    }

    private static func entry(_ line: [UInt8]) -> Happening? {
        do throws(Diagnostic) { return Happening(try DocumentParser.json(line)) } catch { return nil }
    }

    private func content() throws(CommandError) -> [UInt8] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe block.withUnsafeMutableBytes { buffer in
                unsafe pread(descriptor, buffer.baseAddress, buffer.count, off_t(bytes.count))
            }
            guard count >= 0 else { throw CommandError("the books \(path) cannot be read: \(Self.reason)") }
            if count == 0 { return bytes }
            bytes += block[..<count]
        }
    }

    private static var reason: String {
        unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "unknown error"
    }
}

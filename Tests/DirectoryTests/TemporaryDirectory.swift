import FoundationEssentials
import Glibc
import Testing

/// A directory of one test, removed with its owner.
final class TemporaryDirectory: Sendable {
    /// Its path; `intents` below it is what most tests watch.
    let path: String

    /// A new directory with an empty `intents` in it.
    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/directory-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path + "/intents", withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch {}
    }

    /// What most tests watch.
    var intents: String { path + "/intents" }

    /// The full path of a name.
    func full(_ name: String) -> String { path + "/" + name }

    /// Writes a file in place, from beginning to end, whatever was there.
    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    /// Writes a file in place.
    func write(_ bytes: [UInt8], to name: String) throws {
        let file = try OpenFile(full(name))
        file.write(bytes)
    }

    /// Writes a file that looks as if it had been written an hour ago.
    func writeOld(_ text: String, to name: String) throws {
        try write(text, to: name)
        try age(name, seconds: 3600)
    }

    /// Sets a file's time of change back; negative numbers set it into the future.
    func age(_ name: String, seconds: Int) throws {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        now.tv_sec -= seconds
        let times = [now, now]
        try #require(unsafe utimensat(AT_FDCWD, full(name), times, 0) == 0)
    }

    /// Gives a file another name at once.
    func move(_ name: String, to other: String) throws {
        try #require(unsafe rename(full(name), full(other)) == 0)
    }

    /// Makes a directory.
    func makeDirectory(_ name: String) throws { try #require(unsafe mkdir(full(name), 0o755) == 0) }

    /// Makes a symbolic link that leads to `target`.
    func link(_ name: String, to target: String) throws { try #require(unsafe symlink(target, full(name)) == 0) }

    /// Removes a file or a directory with all that is in it.
    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: full(name)) }
}

/// A file that is open for writing, emptied when it was opened.
final class OpenFile: Sendable {
    private let descriptor: Int32

    /// Opens a file; makes it where there is none.
    init(_ path: String) throws {
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        try #require(descriptor >= 0)
    }

    deinit { close(descriptor) }

    /// Writes on.
    func write(_ bytes: [UInt8]) {
        let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
        precondition(written == bytes.count)
    }
}

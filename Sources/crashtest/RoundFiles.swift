import FoundationEssentials
import Glibc

/// Small files of a round.
enum RoundFiles {
    /// Makes a directory.
    static func make(_ path: String) throws(CrashFailure) {
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw CrashFailure("\(path) cannot be made: error \(errno)")
        }
    }

    /// Replaces a file at one go, as an editor or git does.
    static func replace(_ path: String, with text: String) throws(CrashFailure) {
        let bytes = Array(text.utf8)
        let descriptor = unsafe open(path + ".new~", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CrashFailure("\(path) cannot be made: error \(errno)") }
        let written = unsafe write(descriptor, bytes, bytes.count)
        close(descriptor)
        guard written == bytes.count, unsafe rename(path + ".new~", path) == 0 else {
            throw CrashFailure("\(path) cannot be written: error \(errno)")
        }
    }

    /// Removes a file; one that is not there is no trouble.
    static func remove(_ path: String) { unsafe unlink(path) }

    /// Removes a folder with everything in it.
    static func removeFolder(_ path: String) {
        do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
    }

    /// Makes one folder what another one is.
    static func copyFolder(_ source: String, to target: String) throws(CrashFailure) {
        do {
            if FileManager.default.fileExists(atPath: target) { try FileManager.default.removeItem(atPath: target) }
            try FileManager.default.copyItem(atPath: source, toPath: target)
        } catch {
            throw CrashFailure("\(source) cannot be copied to \(target): \(error)")
        }
    }

    /// A file's text; empty where there is none.
    static func text(_ path: String) -> String {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe block.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += block[..<count]
        }
    }
}

import Glibc

/// An open file, closed with its owner.
struct FileHandle: ~Copyable {
    private let descriptor: Int32

    /// Opens a file; nil with `errno` set where that fails.
    init?(_ path: String, _ flags: Int32, mode: mode_t = 0) {
        descriptor = unsafe open(path, flags, mode)
        if descriptor < 0 { return nil }
    }

    /// Also runs where opening failed, whose error it must not replace.
    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Takes a lock on it without waiting; false with `errno` set where that fails.
    borrowing func lock(_ kind: Int32) -> Bool { flock(descriptor, kind | LOCK_NB) == 0 }

    /// Its size in bytes; nil with `errno` set where that cannot be told, or where it is no regular file.
    borrowing func size() -> Int64? {
        var facts = stat()
        guard unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int64(facts.st_size)
    }

    /// Whether nobody but its owner may use it; false where that cannot be told.
    borrowing func isPrivate() -> Bool {
        var facts = stat()
        return unsafe fstat(descriptor, &facts) == 0 && facts.st_mode & 0o077 == 0
    }

    /// The first bytes, at most `limit` of them.
    borrowing func bytes(limit: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            unsafe count = max(0, pread(descriptor, buffer.baseAddress, limit, 0))
        }
    }

    /// The first bytes as text.
    borrowing func content(limit: Int) -> String { String(decoding: bytes(limit: limit), as: UTF8.self) }

    /// Replaces the whole content; false with `errno` set where that fails.
    borrowing func replaceContent(with text: String) -> Bool {
        guard ftruncate(descriptor, 0) == 0 else { return false }
        let bytes = Array(text.utf8)
        return unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) } == bytes.count
    }
}

import Glibc

/// One reading of one file.
enum FileContent {
    /// The longest file that is read, in bytes.
    static let limit = 256 * 1024

    /// It was read, with the signature from before the first byte.
    case read([UInt8], FileSignature)
    /// It is longer than the limit.
    case tooLarge(FileSignature)
    /// It is there but cannot be read.
    case unreadable(SystemError)
    /// It has gone, is no file, or changed while it was read.
    case inMotion

    /// Reads a file.
    init(of path: String) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            let error = SystemError()
            self = error.number == ENOENT || error.number == ENOTDIR ? .inMotion : .unreadable(error)
            return
        }
        defer { close(descriptor) }
        self = Self.content(of: descriptor)
    }

    private static func content(of descriptor: Int32) -> FileContent {
        guard let before = FileFacts(of: descriptor) else { return .unreadable(SystemError()) }
        guard before.kind == .file else { return .inMotion }
        if before.signature.size > limit { return .tooLarge(before.signature) }
        var bytes: [UInt8] = []
        var error: SystemError?
        // One byte more than there should be, to see that it has grown.
        let room = Int(before.signature.size) + 1
        unsafe bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            while count < room {
                let got = unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), room - count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { error = SystemError() }
                if got <= 0 { return }
                count += got
            }
        }
        if let error { return .unreadable(error) }
        guard let after = FileFacts(of: descriptor), after.signature == before.signature,
            bytes.count == Int(before.signature.size)
        else { return .inMotion }
        return .read(bytes, before.signature)
    }
}

import Glibc

/// An open directory, read entry by entry; the owner of its handle.
@safe
final class DirectoryStream {
    /// An entry that matters.
    struct Entry {
        /// What it is.
        enum Kind {
            /// A directory.
            case directory
            /// A symbolic link.
            case link
            /// A file whose name says that it may hold intents.
            case file(FileSignature)
        }

        /// Its name in the directory.
        var name: String
        /// What it is.
        var kind: Kind
    }

    /// Tells the directory from others.
    let identity: DirectoryIdentity
    /// Whether names were passed over because they are no UTF-8.
    private(set) var hasUnreadableNames = false
    private let handle: OpaquePointer

    /// Opens a directory.
    init(_ path: String) throws(SystemError) {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError() }
        guard let facts = FileFacts(of: descriptor), let handle = unsafe fdopendir(descriptor) else {
            let error = SystemError()
            close(descriptor)
            throw error
        }
        identity = facts.identity
        unsafe self.handle = unsafe handle
    }

    deinit { unsafe closedir(handle) }

    /// The next entry that is not hidden and may matter; nil at the end.
    func next() throws(SystemError) -> Entry? {
        while true {
            errno = 0
            guard let entry = unsafe readdir(handle) else {
                if errno != 0 { throw SystemError() }
                return nil
            }
            guard let start = MemoryLayout<dirent>.offset(of: \.d_name) else { continue }
            let name = unsafe UnsafeRawPointer(entry).advanced(by: start).assumingMemoryBound(to: UInt8.self)
            if unsafe name.pointee == UInt8(ascii: ".") { continue }
            let bytes = unsafe UnsafeBufferPointer(
                start: name,
                count: strlen(UnsafePointer<CChar>(OpaquePointer(name)))
            )
            guard let text = unsafe String(validating: bytes, as: UTF8.self) else {
                hasUnreadableNames = true
                continue
            }
            if let kind = try kind(of: text, type: unsafe Int(entry.pointee.d_type)) {
                return Entry(name: text, kind: kind)
            }
        }
    }

    /// What an entry is; nil where it does not matter, or has gone meanwhile.
    private func kind(of name: String, type: Int) throws(SystemError) -> Entry.Kind? {
        if type == Int(DT_DIR) { return .directory }
        if type == Int(DT_LNK) { return .link }
        guard type == Int(DT_UNKNOWN) || (type == Int(DT_REG) && IntentFileName.isIntentFile(name)) else { return nil }
        var facts = stat()
        guard unsafe fstatat(dirfd(handle), name, &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return nil }
            throw SystemError()
        }
        let found = FileFacts(facts)
        switch found.kind {
        case .directory: return .directory
        case .link: return .link
        case .file: return IntentFileName.isIntentFile(name) ? .file(found.signature) : nil
        case .other: return nil
        }
    }
}

import Glibc

/// Files and directories of the machine.
enum SystemFiles {
    /// What a path leads to.
    @Sendable
    static func kind(_ path: String) throws(FileTrouble) -> Files.Kind {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw trouble() }
        return status.st_mode & S_IFMT == S_IFDIR ? .directory : .file
    }

    /// The names in a directory.
    @Sendable
    static func names(_ path: String) throws(FileTrouble) -> [String] {
        guard let directory = unsafe opendir(path) else { throw trouble() }
        defer { unsafe _ = closedir(directory) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(directory) else { break }
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw trouble() }
        return names
    }

    /// The bytes of a file, cut a little behind the largest size.
    @Sendable
    static func read(_ path: String) throws(FileTrouble) -> [UInt8] {
        try read(path, most: SystemConsole.largestFile)
    }

    /// The bytes of a file, cut a little behind `most`.
    static func read(_ path: String, most: Int) throws(FileTrouble) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw trouble() }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= most {
            let count = unsafe block.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes += block[..<count]
            } else if count == 0 {
                return bytes
            } else if errno != EINTR {
                throw trouble()
            }
        }
        return bytes
    }

    /// What the system says of its last refusal.
    private static func trouble() -> FileTrouble {
        let reason = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "unknown error"
        return FileTrouble("cannot be read: \(reason)")
    }
}

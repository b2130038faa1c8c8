import Glibc

/// What the system says of a file.
struct FileFacts {
    /// What it is.
    enum Kind {
        /// A regular file.
        case file
        /// A directory.
        case directory
        /// A symbolic link.
        case link
        /// A pipe, a device, a socket.
        case other
    }

    /// What it is.
    let kind: Kind
    /// Its signature.
    let signature: FileSignature

    /// Its identity, where it is a directory.
    var identity: DirectoryIdentity { DirectoryIdentity(device: signature.device, inode: signature.inode) }

    /// The facts of a path, links followed; nil with `errno` set where there are none.
    init?(of path: String) {
        var facts = stat()
        guard unsafe fstatat(AT_FDCWD, path, &facts, 0) == 0 else { return nil }
        self.init(facts)
    }

    /// The facts of an open file; nil with `errno` set where there are none.
    init?(of descriptor: Int32) {
        var facts = stat()
        guard unsafe fstat(descriptor, &facts) == 0 else { return nil }
        self.init(facts)
    }

    /// The facts in the system's own form.
    init(_ facts: stat) {
        switch facts.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .directory
        case S_IFLNK: kind = .link
        default: kind = .other
        }
        signature = FileSignature(
            size: Int64(facts.st_size),
            modified: Self.nanoseconds(facts.st_mtim),
            changed: Self.nanoseconds(facts.st_ctim),
            inode: UInt64(facts.st_ino),
            device: UInt64(facts.st_dev)
        )
    }

    /// A path without links; nil with `errno` set where it leads nowhere.
    static func realPath(of path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// The present time by the clock that file systems stamp with, in nanoseconds since 1970.
    static func now() -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return nanoseconds(time)
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        let (product, overflow) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product &+ Int64(time.tv_nsec)
    }
}

import Glibc

/// The disk under a ledger, so small that it can be filled: a file system in memory where this process may mount one, else
/// a limit on the size of files.
struct SmallDisk: Sendable {
    /// How the lack of room is made.
    enum Means: String, Sendable {
        /// A small tmpfs, filled with a file.
        case mount = "a small tmpfs"
        /// `ulimit -f` on the operator.
        case limit = "ulimit -f (no right to mount)"
    }

    /// How the lack of room is made.
    let means: Means
    private let folder: String

    /// Puts a small disk at a folder.
    init(at folder: String) throws(CrashFailure) {
        self.folder = folder
        means = unsafe mount("none", folder, "tmpfs", 0, "size=6m") == 0 ? .mount : .limit
    }

    /// Fills it to the last byte.
    func fill() {
        guard means == .mount else { return }
        let file = unsafe open(folder + "/filler", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        let block = [UInt8](repeating: 1, count: 4096)
        while unsafe write(file, block, block.count) > 0 {}
    }

    /// Gives the room back.
    func makeRoom() { unsafe unlink(folder + "/filler") }

    /// What a shell does to be short of room, in half of all lives; nil where the disk itself is small.
    func shellLimit(_ dice: inout CrashDice) -> String? {
        means == .limit && dice.oneIn(2) ? "trap '' XFSZ; ulimit -f \(dice.number(1...400))" : nil
    }

    /// Takes it away; what was on it is lost.
    func undo() {
        if means == .mount { unsafe _ = umount2(folder, Int32(MNT_DETACH)) }
    }
}

extension SmallDisk {
    /// How the lack of room is made where folders are in this one.
    static func means(in folder: String) -> Means {
        let path = "\(folder)/trial-\(getpid())"
        guard unsafe mkdir(path, 0o700) == 0 else { return .limit }
        defer { unsafe rmdir(path) }
        guard unsafe mount("none", path, "tmpfs", 0, "size=64k") == 0 else { return .limit }
        unsafe umount2(path, Int32(MNT_DETACH))
        return .mount
    }
}

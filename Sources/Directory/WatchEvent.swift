import Glibc

/// One event of the system's watch on directories.
struct WatchEvent: Hashable, Sendable {
    /// What is watched.
    enum Place: Hashable, Sendable {
        /// A directory that is walked, by its name.
        case directory(String)
        /// The directory that holds a given path, of which only the entry `name` matters.
        case holder(of: String, name: String)
    }

    /// What is watched; nil where the watch has ended meanwhile.
    var place: Place?
    /// The kinds of event, as `inotify` writes them.
    var mask: UInt32
    /// The entry that it is about; nil where it is the directory itself, or no UTF-8.
    var name: String?

    /// Whether it is of one of some kinds.
    func has(_ kinds: some BinaryInteger) -> Bool { mask & UInt32(truncatingIfNeeded: kinds) != 0 }
}

/// What changes when a file's content may have changed.
struct FileSignature: Hashable, Sendable {
    /// Bytes.
    var size: Int64
    /// When its content was last changed, in nanoseconds since 1970.
    var modified: Int64
    /// When its content or its facts were last changed, in nanoseconds since 1970.
    var changed: Int64
    /// Its number on its file system.
    var inode: UInt64
    /// The file system that it lies on.
    var device: UInt64
}

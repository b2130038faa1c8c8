/// What tells one directory from another that has taken its name.
package struct DirectoryIdentity: Hashable, Sendable {
    /// The file system that it lies on.
    package var device: UInt64
    /// Its number there.
    package var inode: UInt64

    /// An identity from its parts.
    package init(device: UInt64, inode: UInt64) {
        self.device = device
        self.inode = inode
    }
}

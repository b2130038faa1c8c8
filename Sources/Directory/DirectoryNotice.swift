/// Something about a directory that a person should know once, and that changes nothing by itself.
package enum DirectoryNotice: Hashable, Sendable {
    /// A symbolic link leads out of the directory and was not followed.
    case linkLeaves(name: String)
    /// A name is no UTF-8 and was passed over; `directory` holds it.
    case unreadableName(directory: String)
    /// The system gives no more watches: changes are found by looking from time to time.
    case notWatched(directory: String, reason: String)
}

extension DirectoryNotice: CustomStringConvertible {
    package var description: String {
        switch self {
        case .linkLeaves(let name):
            "\(name) is a symbolic link that leads out of its directory; it is not followed"
        case .unreadableName(let directory):
            "\(directory) holds a name that is no UTF-8; it is passed over"
        case .notWatched(let directory, let reason):
            "\(directory) cannot be watched (\(reason)); changes in it are found by looking from time to time"
        }
    }
}

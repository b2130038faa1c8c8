/// What a complete walk found.
struct Listing: Hashable, Sendable {
    /// The files that may hold intents, by their names.
    var files: [String: FileSignature] = [:]
    /// The directories that were walked, by their names; the given ones among them.
    var directories: [String: DirectoryIdentity] = [:]
    /// The given directories that were empty of such files, however deep.
    var emptyRoots: Set<String> = []

    /// Nothing found yet.
    init() {}
}

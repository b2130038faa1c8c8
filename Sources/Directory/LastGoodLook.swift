/// What the last complete look found of the directories themselves, to know an unmounted volume by.
struct LastGoodLook: Sendable {
    /// The given directories, by their names.
    private(set) var roots: [String: DirectoryIdentity]
    /// Which of them held files; those of an earlier process are taken to have.
    private var filled: Set<String>
    /// The file systems of the directories below them.
    private var devices: [String: UInt64] = [:]

    /// What an earlier process knew.
    init(lastKnown: [String: DirectoryIdentity]) {
        roots = lastKnown
        filled = Set(lastKnown.keys)
    }

    /// Why a listing should not be believed; nil where nothing speaks against it.
    ///
    /// A given directory that is empty and not the one that it was, or a directory below that lies on another file system
    /// and is empty now, looks like a volume that was unmounted.
    func doubt(_ listing: Listing) -> String? {
        for name in listing.emptyRoots.sorted() {
            guard filled.contains(name), let known = roots[name], let found = listing.directories[name] else {
                continue
            }
            if known != found {
                return "\(name) is empty and not the directory that it was: an unmounted volume? "
                    + "Mount it, or put a file there"
            }
        }
        for (name, device) in devices.sorted(by: { $0.key < $1.key }) {
            guard let found = listing.directories[name], found.device != device else { continue }
            if !listing.holdsFiles(below: name) {
                return "\(name) is empty and lies on another file system than before: an unmounted volume? "
                    + "Mount it, or put a file there"
            }
        }
        return nil
    }

    /// Remembers a listing that was believed.
    mutating func remember(_ listing: Listing, roots names: [String]) {
        roots = listing.directories.filter { names.contains($0.key) }
        filled = Set(roots.keys).subtracting(listing.emptyRoots)
        devices = listing.directories.filter { roots[$0.key] == nil }.mapValues(\.device)
    }
}

extension Listing {
    /// Whether a directory holds a file, however deep.
    fileprivate func holdsFiles(below directory: String) -> Bool {
        files.keys.contains { $0.hasPrefix(directory + "/") }
    }
}

import Glibc

/// One walk over the given directories and files: what is there, and with which signatures.
///
/// Directories are watched before they are read, so that nothing is missed between the two.
struct TreeWalk {
    /// How many files there may be; more of them, and nothing is concluded.
    static let mostFiles = 100_000

    /// What was found.
    private(set) var listing = Listing()
    /// What a person should know.
    private(set) var notices: [DirectoryNotice] = []

    private let watcher: Watcher?
    private let mostFiles: Int
    private var visited: Set<DirectoryIdentity> = []
    private var waiting: [String] = []
    private var links: [String] = []

    private init(watcher: Watcher?, mostFiles: Int) {
        self.watcher = watcher
        self.mostFiles = mostFiles
    }

    /// Walks from each of the given paths, which are tidy.
    static func over(
        _ roots: [String],
        watcher: Watcher?,
        mostFiles: Int = mostFiles
    ) throws(LookFailure) -> TreeWalk {
        var walk = TreeWalk(watcher: watcher, mostFiles: mostFiles)
        watcher?.beginLook()
        for root in roots { try walk.start(from: root) }
        watcher?.endLook()
        return walk
    }

    private mutating func start(from root: String) throws(LookFailure) {
        if let (holder, name) = IntentFileName.split(root) { watch(holder, as: .holder(of: root, name: name)) }
        guard let facts = FileFacts(of: root), let real = FileFacts.realPath(of: root) else {
            throw .unavailable("\(root) cannot be read: \(SystemError().words)")
        }
        switch facts.kind {
        case .file: try add(root, facts.signature)
        case .directory:
            let before = listing.files.count
            listing.directories[root] = facts.identity
            if visited.contains(facts.identity) { return }
            waiting = [root]
            try walk(root: root, realRoot: real)
            if listing.files.count == before { listing.emptyRoots.insert(root) }
        case .link, .other: throw .unavailable("\(root) is neither a directory nor a file")
        }
    }

    /// Real entries come first, so that a link to a directory that is walked anyway adds nothing.
    private mutating func walk(root: String, realRoot: String) throws(LookFailure) {
        while true {
            if let directory = waiting.popLast() {
                try walk(directory, isRoot: directory == root)
            } else if let link = links.popLast() {
                try follow(link, within: realRoot)
            } else {
                return
            }
        }
    }

    private mutating func walk(_ directory: String, isRoot: Bool) throws(LookFailure) {
        watch(directory, as: .directory(directory))
        let stream: DirectoryStream
        do throws(SystemError) {
            stream = try DirectoryStream(directory)
        } catch {
            if !isRoot, error.number == ENOENT || error.number == ENOTDIR { throw .inMotion }
            throw .unavailable("\(directory) cannot be read: \(error.words)")
        }
        guard visited.insert(stream.identity).inserted else { return }
        listing.directories[directory] = stream.identity
        do throws(SystemError) {
            while let entry = try stream.next() { try take(entry, in: directory) }
        } catch {
            throw .unavailable("\(directory) cannot be read: \(error.words)")
        }
        if stream.hasUnreadableNames { notices.append(.unreadableName(directory: directory)) }
        if listing.files.count > mostFiles {
            throw .unavailable("\(directory) makes more than \(mostFiles) files; divide them among operators")
        }
    }

    private mutating func take(_ entry: DirectoryStream.Entry, in directory: String) throws(SystemError) {
        let name = IntentFileName.joined(directory, entry.name)
        switch entry.kind {
        case .directory: waiting.append(name)
        case .link: links.append(name)
        case .file(let signature): listing.files[name] = signature
        }
    }

    private mutating func add(_ name: String, _ signature: FileSignature) throws(LookFailure) {
        listing.files[name] = signature
    }
}

extension TreeWalk {
    /// Takes a link for what it leads to, where that lies inside the directory; a link to nothing is no file.
    private mutating func follow(_ link: String, within realRoot: String) throws(LookFailure) {
        guard let facts = FileFacts(of: link) else {
            if errno == ENOENT || errno == ELOOP || errno == ENOTDIR { return }
            throw .unavailable("\(link) cannot be read: \(SystemError().words)")
        }
        let isFile = facts.kind == .file && IntentFileName.isIntentFile(link.split(separator: "/").last ?? "")
        guard isFile || facts.kind == .directory else { return }
        guard let real = FileFacts.realPath(of: link) else { throw .inMotion }
        guard real == realRoot || real.hasPrefix(realRoot == "/" ? "/" : realRoot + "/") else {
            notices.append(.linkLeaves(name: link))
            return
        }
        if isFile { listing.files[link] = facts.signature } else { waiting.append(link) }
    }

    private mutating func watch(_ directory: String, as place: WatchEvent.Place) {
        guard let watcher else { return }
        do throws(SystemError) {
            try watcher.watch(directory, as: place)
        } catch {
            if error.number == ENOENT || error.number == ENOTDIR || error.number == EACCES { return }
            notices.append(.notWatched(directory: directory, reason: error.words))
        }
    }
}

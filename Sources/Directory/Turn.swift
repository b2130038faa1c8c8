import Glibc

/// What events told since they were last read.
struct Turn: Hashable, Sendable {
    /// Files with new content, in the order of the events, each once.
    private(set) var touched: [String] = []
    /// Whether only a complete look can tell what has become of the directories.
    var wantsLook = false
    /// Whether events were lost, so that nothing is known of writers.
    var hasLost = false
    /// Files that somebody began to write.
    var begun: Set<String> = []
    /// Files that nobody writes any more.
    var ended: Set<String> = []

    /// Nothing happened.
    init() {}

    /// Adds what one event says.
    mutating func take(_ event: WatchEvent) {
        if event.has(IN_IGNORED) { return }
        guard let place = event.place, !event.has(IN_Q_OVERFLOW), let name = event.name else {
            if event.has(IN_Q_OVERFLOW) { lose() }
            wantsLook = true
            return
        }
        switch place {
        case .directory(let directory):
            if event.has(IN_ISDIR) || name == IntentFileName.swapped {
                wantsLook = wantsLook || !IntentFileName.isHidden(name) || name == IntentFileName.swapped
            } else if IntentFileName.isIntentFile(name) {
                take(event, file: IntentFileName.joined(directory, name))
            }
        case .holder(let root, let rootName) where name == rootName:
            if event.has(IN_ISDIR) { wantsLook = true } else { take(event, file: root) }
        case .holder: break
        }
    }

    private mutating func take(_ event: WatchEvent, file: String) {
        if event.has(IN_MODIFY) {
            begun.insert(file)
            ended.remove(file)
            return
        }
        if event.has(IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE) {
            begun.remove(file)
            ended.insert(file)
        }
        if event.has(IN_CLOSE_WRITE | IN_MOVED_TO) { touch(file) }
        wantsLook = true
    }

    private mutating func lose() {
        hasLost = true
        begun = []
        ended = []
    }

    private mutating func touch(_ file: String) {
        if touchedNames.insert(file).inserted { touched.append(file) }
    }

    private var touchedNames: Set<String> = []

    /// Adds a later turn.
    mutating func join(_ later: Turn) {
        for file in later.touched { touch(file) }
        wantsLook = wantsLook || later.wantsLook
        if later.hasLost { lose() }
        begun = begun.subtracting(later.ended).union(later.begun)
        ended = ended.subtracting(later.begun).union(later.ended)
    }
}

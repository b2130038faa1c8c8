import Documents

/// What one or several kubeconfig files say: contexts, clusters and users by name; the first file to name one wins.
package struct Kubeconfig: Sendable {
    /// A named entry of a list.
    struct Entry: Sendable {
        /// What it says.
        var content: Node
        /// The file that it stands in, for messages.
        var file: String
        /// Its list, for messages.
        var list: String
        /// Its name, for messages.
        var name: String

        /// Where it stands, for people.
        var place: String { "\(file): \(list) \"\(name)\"" }

        /// A text that may be missing or empty.
        func text(_ key: String) throws(ConfigurationError) -> String? {
            guard let node = content[key], !node.isNull else { return nil }
            guard let text = node.string else { throw ConfigurationError(place, "\(key) must be text") }
            return text.isEmpty ? nil : text
        }

        /// A path, taken from the folder of its file where it is relative.
        func path(_ key: String) throws(ConfigurationError) -> String? {
            guard let path = try text(key) else { return nil }
            guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
            return "\(file[..<slash])/\(path)"
        }
    }

    /// The context that is meant where none is named.
    var currentContext: String?
    var contexts: [String: Entry] = [:]
    var clusters: [String: Entry] = [:]
    var users: [String: Entry] = [:]
    /// The files that were there.
    var files: [String] = []

    /// Files that say nothing.
    init() {}

    /// Reads the files of a `KUBECONFIG` list, or the one of the home directory; files that are missing are left out.
    ///
    /// `explicit`, from a flag, is the only file and must be there.
    package static func read(
        explicit: String?,
        environment: [String: String],
        files: FileReading = .system,
        exists: (String) -> Bool
    ) throws(ConfigurationError) -> Kubeconfig {
        var paths: [String] = []
        if let explicit {
            paths = [explicit]
        } else if let list = environment["KUBECONFIG"], !list.isEmpty {
            paths = list.split(separator: ":").map(String.init).filter(exists)
        } else if let home = environment["HOME"], exists("\(home)/.kube/config") {
            paths = ["\(home)/.kube/config"]
        }
        var merged = Kubeconfig()
        for path in paths { try merged.take(try files.read(path), file: path) }
        return merged
    }

    /// Whether no file was there.
    package var isEmpty: Bool { files.isEmpty }

    /// Takes in one more file; what earlier ones have said stays.
    mutating func take(_ bytes: [UInt8], file: String) throws(ConfigurationError) {
        files.append(file)
        let roots: [Document]
        do throws(Diagnostic) {
            roots = try DocumentParser.parse(bytes, file: file, format: .yaml)
        } catch {
            // The message of a parser may quote what it stumbled over, and that may be a secret.
            throw ConfigurationError("\(file):\(error.position.line)", "is no YAML")
        }
        guard let root = roots.first?.root, root.mapping != nil else {
            if roots.isEmpty { return }
            throw ConfigurationError(file, "is no kubeconfig: a mapping with clusters, users and contexts is expected")
        }
        if currentContext == nil, let name = root["current-context"]?.string, !name.isEmpty { currentContext = name }
        try Self.take(root, "contexts", "context", file, into: &contexts)
        try Self.take(root, "clusters", "cluster", file, into: &clusters)
        try Self.take(root, "users", "user", file, into: &users)
    }

    private static func take(
        _ root: Node,
        _ list: String,
        _ key: String,
        _ file: String,
        into entries: inout [String: Entry]
    ) throws(ConfigurationError) {
        guard let node = root[list], !node.isNull else { return }
        guard let items = node.sequence else { throw ConfigurationError(file, "\(list) must be a list") }
        for (index, item) in items.enumerated() {
            guard let name = item["name"]?.string else {
                throw ConfigurationError("\(file):\(item.position.line)", "\(list)[\(index)] has no name")
            }
            guard entries[name] == nil else { continue }
            entries[name] = Entry(content: item[key] ?? .mapping([]), file: file, list: list, name: name)
        }
    }
}

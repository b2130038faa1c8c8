/// Which names in a directory may hold intents.
enum IntentFileName {
    /// The name that Kubernetes swaps when it renews a mounted ConfigMap.
    static let swapped = "..data"

    private static let endings = [".json", ".yaml", ".yml"]

    /// Whether a file of this name is read.
    static func isIntentFile(_ name: some StringProtocol) -> Bool {
        !isHidden(name) && endings.contains { name.hasSuffix($0) && name.utf8.count > $0.utf8.count }
    }

    /// Whether a name is passed over, file or directory.
    static func isHidden(_ name: some StringProtocol) -> Bool { name.utf8.first == UInt8(ascii: ".") }

    /// A path as people know it: without `./` before it and slashes after it.
    static func tidied(_ path: String) -> String {
        var text = Substring(path)
        while text.hasPrefix("./") {
            text = text.dropFirst(2)
            while text.hasPrefix("/") { text = text.dropFirst() }
        }
        while text.hasSuffix("/"), text.utf8.count > 1 { text = text.dropLast() }
        return text.isEmpty ? "." : String(text)
    }

    /// A name in a directory.
    static func joined(_ directory: String, _ name: String) -> String {
        directory.hasSuffix("/") ? directory + name : directory + "/" + name
    }

    /// The directory that holds a path's last name, and that name; nil where the last name is `.`, `..` or the root.
    static func split(_ path: String) -> (directory: String, name: String)? {
        let name: Substring
        let directory: String
        if let slash = path.lastIndex(of: "/") {
            name = path[path.index(after: slash)...]
            directory = slash == path.startIndex ? "/" : String(path[..<slash])
        } else {
            name = Substring(path)
            directory = "."
        }
        if name.isEmpty || name == "." || name == ".." { return nil }
        return (directory, String(name))
    }
}

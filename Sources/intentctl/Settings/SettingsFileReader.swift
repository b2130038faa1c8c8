import Documents

/// Finds the settings in a file's mapping and reports keys that are none.
struct SettingsFileReader {
    /// The file's name.
    let file: String
    /// The settings that the file gives, in its order.
    private(set) var found: [(setting: SettingDescription, node: Node)] = []
    /// What is wrong.
    private(set) var problems: [Diagnostic] = []

    /// A reader of a file.
    init(file: String) { self.file = file }

    /// Goes through a mapping whose path is `prefix` (with its point, or empty); `null` holds nothing.
    mutating func read(_ node: Node, under prefix: String) {
        guard let members = node.mapping else {
            guard !node.isNull else { return }
            return report("must be a mapping, not \(node.kind)", at: node.position, String(prefix.dropLast()))
        }
        for member in members {
            let path = prefix + member.key
            if let setting = SettingsCatalog.setting(at: path) {
                if !member.node.isNull { found.append((setting, member.node)) }
            } else if SettingsCatalog.all.contains(where: { $0.path.hasPrefix(path + ".") }) {
                read(member.node, under: path + ".")
            } else {
                let nearest = Suggestion.nearest(to: member.key, among: Self.keys(under: prefix))
                let hint = nearest.map { "; did you mean \($0)?" } ?? ""
                report("there is no such setting\(hint)", at: member.keyPosition, path)
            }
        }
    }

    /// Notes a fault at a place.
    mutating func report(_ message: String, at position: Position, _ path: String) {
        problems.append(Diagnostic(file: file, position: position, field: path, message: message))
    }

    /// The keys that a mapping may hold.
    private static func keys(under prefix: String) -> [String] {
        var keys: [String] = []
        for setting in SettingsCatalog.all where setting.path.hasPrefix(prefix) {
            let key = String(setting.path.dropFirst(prefix.count).prefix { $0 != "." })
            if !keys.contains(key) { keys.append(key) }
        }
        return keys
    }
}

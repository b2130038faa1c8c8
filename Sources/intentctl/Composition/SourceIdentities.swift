import Directory
import Documents
import FoundationEssentials
import Intents

/// Remembers, beside the ledger, which directories the intents came from, so that an empty one in their place (an
/// unmounted volume) is not taken for a withdrawal after a restart either.
struct SourceIdentities: Sendable {
    private let path: String

    /// What is remembered in a state directory.
    init(state: String) { path = state + "/sources.json" }

    /// What was remembered; nothing where there is no such file, or none that can be read.
    func load() -> [String: DirectoryIdentity] {
        guard let data = FileManager.default.contents(atPath: path), let node = try? DocumentParser.json([UInt8](data))
        else { return [:] }
        var identities: [String: DirectoryIdentity] = [:]
        for member in node.mapping ?? [] {
            guard let device = member.node["device"]?.string.flatMap({ UInt64($0) }),
                let inode = member.node["inode"]?.string.flatMap({ UInt64($0) })
            else { continue }
            identities[member.key] = DirectoryIdentity(device: device, inode: inode)
        }
        return identities
    }

    /// Remembers; what cannot be written is only missed by a later start.
    func save(_ identities: [String: DirectoryIdentity]) {
        let members = identities.sorted { $0.key < $1.key }.map { path, identity -> (String, Node) in
            let parts: [(String, Node)] = [
                ("device", .string(String(identity.device))), ("inode", .string(String(identity.inode))),
            ]
            return (path, .mapping(parts))
        }
        let bytes = DocumentPrinter.jsonBytes(.mapping(members))
        _ = try? Data(bytes).write(to: URL(filePath: path), options: .atomic)
    }
}

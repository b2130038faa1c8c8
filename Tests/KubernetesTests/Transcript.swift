import Documents
import FoundationEssentials
import Testing

/// One file of exchanges that were recorded from a real API server.
struct Transcript: Sendable, CustomTestStringConvertible {
    /// One request and its reply, as bytes.
    struct Exchange: Sendable {
        /// What was asked.
        var method: String
        /// Where, with its query.
        var target: String
        /// The request's body.
        var requestBody: [UInt8]
        /// The type of the request's body, in small letters.
        var requestType: String
        /// The reply as it came; empty where none came.
        var response: [UInt8]
        /// The reply's status; 0 where none came.
        var status: Int
        /// How the recorder's own client ended; 7 means that nobody listened.
        var clientExit: Int
    }

    /// The file's name without its ending.
    let name: String
    /// The exchanges in order.
    let exchanges: [Exchange]

    var testDescription: String { name }

    /// Every transcript, in the order of the index.
    static func all() throws -> [Transcript] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/kubernetes")
        let index = try DocumentParser.json(Array(Data(contentsOf: folder.appending(path: "index.json"))))
        return try (index.mapping ?? []).map { member in
            let bytes = try Array(Data(contentsOf: folder.appending(path: "\(member.key).http")))
            let exchanges = (member.node["exchanges"]?.sequence ?? []).map { Self.exchange($0, bytes) }
            return Transcript(name: member.key, exchanges: exchanges)
        }
    }

    /// One transcript.
    static func named(_ name: String) throws -> Transcript {
        guard let found = try all().first(where: { $0.name == name }) else { throw Missing(name: name) }
        return found
    }

    /// A transcript that is not there.
    struct Missing: Error {
        let name: String
    }

    private static func exchange(_ node: Node, _ bytes: [UInt8]) -> Exchange {
        let request = range(node["request"], bytes)
        let head = request.prefix(upToBlankLine: ())
        let type = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
            .first { $0.lowercased().hasPrefix("content-type:") }?
            .dropFirst("content-type:".count).lowercased().filter { $0 != " " }
        return Exchange(
            method: node["method"]?.string ?? "",
            target: node["path"]?.string ?? "",
            requestBody: Array(request.dropFirst(head.count + 4)),
            requestType: type ?? "",
            response: Array(range(node["response"], bytes)),
            status: Int(node["status"]?.integer ?? 0),
            clientExit: Int(node["curl_exit"]?.integer ?? 0)
        )
    }

    private static func range(_ node: Node?, _ bytes: [UInt8]) -> ArraySlice<UInt8> {
        let ends = (node?.sequence ?? []).compactMap(\.integer).map { Int($0) }
        guard ends.count == 2, ends[0] <= ends[1], ends[1] <= bytes.count else { return [] }
        return bytes[ends[0]..<ends[1]]
    }
}

extension ArraySlice<UInt8> {
    /// Everything before the first blank line.
    func prefix(upToBlankLine: Void) -> ArraySlice<UInt8> {
        guard count >= 4 else { return self }
        let end = indices.dropLast(3).first { self[$0...].starts(with: [13, 10, 13, 10]) }
        return end.map { self[..<$0] } ?? self
    }
}

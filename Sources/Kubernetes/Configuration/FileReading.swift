import FoundationEssentials

/// Reads whole files; an argument, so that tests need none.
package struct FileReading: Sendable {
    /// The largest file that is read, in bytes.
    package static let limit = 4 << 20

    /// The content of a file; throws with a sentence that names no content.
    package let read: @Sendable (_ path: String) throws(ConfigurationError) -> [UInt8]

    /// Reading by other means.
    package init(_ read: @escaping @Sendable (_ path: String) throws(ConfigurationError) -> [UInt8]) {
        self.read = read
    }

    /// The machine's files.
    package static let system = FileReading { path throws(ConfigurationError) in
        do {
            let data = try Data(contentsOf: URL(filePath: path))
            guard data.count <= limit else { throw ConfigurationError(path, "has more than \(limit) bytes") }
            return Array(data)
        } catch let error as ConfigurationError {
            throw error
        } catch {
            throw ConfigurationError(path, "cannot be read: check that it is there and may be read")
        }
    }

    /// The first line of a file that holds a secret.
    func secret(_ path: String) throws(ConfigurationError) -> String {
        let text = String(decoding: try read(path), as: UTF8.self)
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let token = line.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
        guard !token.isEmpty else { throw ConfigurationError(path, "is empty: a token is expected there") }
        return token
    }
}

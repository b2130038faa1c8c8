import Glibc

/// The files of a directory of intents, one a file, each with `min_replicas: 1`.
struct IntentFiles: Sendable {
    /// The directory.
    let directory: String

    /// Changes of the first so many, each by a rename.
    func changes(_ count: Int) throws -> [ReactionBench.Change] {
        try names().prefix(count).map { name in
            let (next, place) = ("\(directory)/.next", "\(directory)/\(name)")
            return ReactionBench.Change(name: name) {
                try scale(place, into: next)
            } make: {
                guard unsafe rename(next, place) == 0 else {
                    throw ReactionBench.Failure(text: "\(place) cannot be replaced")
                }
            }
        }
    }

    /// The files' names, in order.
    private func names() throws(ReactionBench.Failure) -> [String] {
        guard let stream = unsafe opendir(directory) else {
            throw ReactionBench.Failure(text: "\(directory) cannot be read")
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name.hasSuffix(".yaml") { names.append(name) }
        }
        return names.sorted()
    }

    /// Writes a file with one slot more beside itself.
    private func scale(_ place: String, into next: String) throws(ReactionBench.Failure) {
        guard let source = unsafe fopen(place, "r") else {
            throw ReactionBench.Failure(text: "\(place) cannot be read")
        }
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        let count = unsafe fread(&bytes, 1, bytes.count, source)
        unsafe fclose(source)
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        let changed = Array(text.replacing("min_replicas: 1", with: "min_replicas: 2").utf8)
        guard let target = unsafe fopen(next, "w") else {
            throw ReactionBench.Failure(text: "\(next) cannot be written")
        }
        unsafe fwrite(changed, 1, changed.count, target)
        guard unsafe fclose(target) == 0 else { throw ReactionBench.Failure(text: "\(next) cannot be written") }
    }
}

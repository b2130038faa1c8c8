import FoundationEssentials

/// The product as it was built next to these tests.
enum BuiltBinary {
    /// It is not where the build puts it.
    struct Absent: Error, CustomStringConvertible {
        let description: String
    }

    /// The path of `intentctl` in the folder of the running test bundle.
    static func path() throws -> String {
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let started = CommandLine.arguments.first ?? ""
        let tried = [bundle, started].map { URL(filePath: $0).deletingLastPathComponent().appending(path: "intentctl") }
            .map { $0.path() }
        guard let found = tried.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw Absent(description: "no intentctl beside the tests; build it first. Looked at \(tried)")
        }
        return found
    }

    /// A folder of the sources, such as `manifests/samples`.
    static func sources(_ folder: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: folder).path()
    }
}

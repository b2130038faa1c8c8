import FoundationEssentials
import Intents
import Testing

@testable import LocalLedger

/// A state directory of one test, removed with its owner.
final class TemporaryState: Sendable {
    /// The directory, which does not exist until something makes it.
    let path: String

    /// A name that nobody else uses.
    init() { path = FileManager.default.temporaryDirectory.path + "/ledger-test-" + UUID().uuidString }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch {}
    }

    /// The files' paths.
    var files: StateDirectory { StateDirectory(path: path) }

    /// Opens the directory's ledger as the seeded operator.
    func open(seed: UInt64 = 1) async throws -> SQLiteLedger {
        var dice = Dice(seed: seed)
        return try await SQLiteLedger(state: path, at: Timestamp(seconds: 1_800_000_000), dice: &dice)
    }

    /// Makes the directory alone.
    func make() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// A file's bytes, nil where there is none.
    func bytes(of file: String) -> [UInt8]? { FileManager.default.contents(atPath: file).map(Array.init) }

    /// Replaces a file.
    func write(_ bytes: [UInt8], to file: String) throws { try Data(bytes).write(to: URL(filePath: file)) }

    /// Lets everybody read a file.
    func open(toOthers file: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
    }

    /// A file's permission bits.
    func permissions(of file: String) throws -> Int {
        let value = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
        return try #require(value as? Int)
    }
}

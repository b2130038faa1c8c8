import Documents
import FoundationEssentials
import Glibc
import Testing

/// A ledger that cannot be written buys nothing.
@Suite struct DiskTests {
    /// What keeps `run` from writing.
    enum Shortage: String, Sendable, CaseIterable {
        /// A file may not grow beyond a size.
        case fileSize
        /// The file system is full.
        case fullDisk
    }

    @Test("No room for the ledger: no paid call, a clear error, and it goes on once there is room")
    func limitedFileSize() async throws {
        try await Site.lend { site in
            try site.writeNotebook("first")
            try #require(try await site.runOnce().status == 0)
            for number in 0..<12 { try site.writeNotebook("more-\(number)") }
            // The log files of the process count as well: quiet, so that they do not grow.
            let run = try site.startRun("--log-level", "error", under: "trap '' XFSZ; ulimit -f 1")
            try await Self.expectNoPurchases(site, run)
            run.signal(SIGKILL)
            _ = try await run.finish()
            try await Self.expectGoesOn(site, alive: 13)
        }
    }

    @Test("A full disk under the ledger: the same", .enabled(if: Mount.isAllowed))
    func fullDisk() async throws {
        try await Site.lend { site in
            let mount = try await Mount.small(at: site.state, kilobytes: 512)
            defer { mount.undo() }
            try site.writeNotebook("first")
            try #require(try await site.runOnce().status == 0)
            let filler = try mount.fill()
            for number in 0..<12 { try site.writeNotebook("more-\(number)") }
            let run = try site.startRun()
            try await Self.expectNoPurchases(site, run)
            if run.exitStatus() == nil {
                try FileManager.default.removeItem(atPath: filler)
                // One that could not even open its ledger is about to end when it has said so.
                try await until("the living run goes on", seen: { run.story }) {
                    if run.exitStatus() != nil { return true }
                    return try await site.simulator.books().flexai.alive == 13
                }
                let hasEnded = run.exitStatus() != nil
                run.signal(SIGTERM)
                #expect(try await run.finish().status == (hasEnded ? 1 : 0))
            } else {
                try FileManager.default.removeItem(atPath: filler)
            }
            try await Self.expectGoesOn(site, alive: 13)
        }
    }

    /// It tells what is wrong, and has bought nothing by then.
    private static func expectNoPurchases(_ site: Site, _ run: ChildProcess) async throws {
        try await until("it says what is wrong", seen: { run.story }) {
            run.exitStatus() != nil || run.errors.contains("ledger") || run.errors.contains("disk")
        }
        if let status = run.exitStatus() { #expect(status == 1, "\(run.story)") }
        let words = run.errors
        #expect(words.contains("ledger") || words.contains("disk"), "\(run.story)")
        let books = try await site.simulator.books().flexai
        #expect(books.ever == 1 && books.calls["create"] == 1, "\(books)\n\(run.story)")
    }

    /// With room again, all is bought once and the ledger is whole.
    private static func expectGoesOn(_ site: Site, alive: Int) async throws {
        let run = try await site.runOnce()
        #expect(run.status == 0, "\(run)")
        let books = try await site.simulator.books().flexai
        #expect(books.alive == alive && books.ever == alive, "\(books)")
        #expect(try await site.command("orphans").output.contains("No orphans."))
    }
}

/// A small file system in memory, where this process may mount one.
struct Mount: Sendable {
    /// Where it is mounted.
    let folder: String

    /// Whether this process may mount: tried once.
    static let isAllowed: Bool = {
        let folder = FileManager.default.temporaryDirectory.path() + "/mount-\(UUID().uuidString)"
        guard unsafe mkdir(folder, 0o700) == 0 else { return false }
        defer { unsafe rmdir(folder) }
        guard unsafe mount("none", folder, "tmpfs", 0, "size=64k") == 0 else { return false }
        return unsafe umount(folder) == 0
    }()

    /// Mounts one.
    static func small(at folder: String, kilobytes: Int) async throws -> Mount {
        try #require(unsafe mount("none", folder, "tmpfs", 0, "size=\(kilobytes)k") == 0, "errno \(errno)")
        return Mount(folder: folder)
    }

    /// Fills it to the last byte, with a file whose path is returned.
    func fill() throws -> String {
        let path = folder + "/filler"
        let file = unsafe open(path, O_WRONLY | O_CREAT, 0o600)
        try #require(file >= 0)
        defer { close(file) }
        let block = [UInt8](repeating: 1, count: 4096)
        while unsafe write(file, block, block.count) > 0 {}
        return path
    }

    /// Unmounts it, even while it is used.
    func undo() { unsafe umount2(folder, Int32(MNT_DETACH)) }
}

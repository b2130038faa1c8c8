import Documents
import Glibc
import Intents
import Reconciling
import Testing

@testable import Directory

/// What a walk finds, without watching.
@Suite struct TreeWalkTests {
    @Test func manyFilesAreListedWithTheirSignatures() throws {
        let directory = try TemporaryDirectory()
        for folder in 0..<10 {
            try directory.makeDirectory("intents/\(folder)")
            for file in 0..<200 { try directory.write("x", to: "intents/\(folder)/\(file).yaml") }
        }
        let walk = try TreeWalk.over([directory.intents], watcher: nil)
        #expect(walk.listing.files.count == 2000)
        #expect(walk.listing.directories.count == 11)
        #expect(walk.listing.files.values.allSatisfy { $0.size == 1 })
        #expect(Set(walk.listing.files.values.map(\.inode)).count == 2000)
        #expect(walk.listing.emptyRoots.isEmpty)
        #expect(try TreeWalk.over([directory.intents], watcher: nil).listing == walk.listing)
    }

    @Test func moreFilesThanTheLimitAreTrouble() throws {
        let directory = try TemporaryDirectory()
        for file in 0..<4 { try directory.write("x", to: "intents/\(file).yaml") }
        #expect(try TreeWalk.over([directory.intents], watcher: nil, mostFiles: 4).listing.files.count == 4)
        let error = #expect(throws: LookFailure.self) {
            try TreeWalk.over([directory.intents], watcher: nil, mostFiles: 3)
        }
        guard case .unavailable(let reason) = error else {
            Issue.record("trouble, not motion")
            return
        }
        #expect(reason.contains("more than 3 files"))
    }

    @Test func aDirectoryInsideAnotherIsWalkedOnce() throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("intents/team")
        try directory.write("x", to: "intents/team/a.yaml")
        let team = directory.full("intents/team")
        for roots in [[directory.intents, team], [team, directory.intents]] {
            let listing = try TreeWalk.over(roots, watcher: nil).listing
            #expect(Set(listing.files.keys) == [team + "/a.yaml"])
            #expect(!listing.emptyRoots.contains(team))
        }
    }

    @Test func whatIsNeitherFileNorDirectoryIsRefused() throws {
        #expect(throws: LookFailure.unavailable("/dev/null is neither a directory nor a file")) {
            try TreeWalk.over(["/dev/null"], watcher: nil)
        }
    }

    @Test func theWatcherFollowsTheWalk() throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("intents/team")
        let watcher = try Watcher()
        _ = try TreeWalk.over([directory.intents], watcher: watcher)
        #expect(watcher.events().isEmpty, "looking makes no events")
        try directory.write("x", to: "intents/team/a.yaml")
        let names = watcher.events().map(\.place)
        #expect(Set(names) == [.directory(directory.full("intents/team"))])
        try directory.move("intents/team", to: "elsewhere")
        _ = watcher.events()
        _ = try TreeWalk.over([directory.intents], watcher: watcher)
        try directory.write("x", to: "elsewhere/b.yaml")
        #expect(watcher.events().allSatisfy { $0.has(IN_IGNORED) }, "what is no longer walked is no longer watched")
    }
}

/// One reading of one file, and what the standard reader makes of it.
@Suite struct FileContentTests {
    @Test func readsBytesAsTheyAre() throws {
        let directory = try TemporaryDirectory()
        for bytes in [[], [0, 255, 10], [UInt8](repeating: 65, count: FileContent.limit)] as [[UInt8]] {
            try directory.write(bytes, to: "a.yaml")
            guard case .read(let found, let signature) = FileContent(of: directory.full("a.yaml")) else {
                Issue.record("\(bytes.count) bytes were not read")
                continue
            }
            #expect(found == bytes)
            #expect(signature.size == Int64(bytes.count))
        }
    }

    @Test func saysWhyNotOtherwise() throws {
        let directory = try TemporaryDirectory()
        if case .inMotion = FileContent(of: directory.full("missing")) {} else { Issue.record("gone is in motion") }
        if case .inMotion = FileContent(of: directory.intents) {} else { Issue.record("a directory is no content") }
        try directory.write([UInt8](repeating: 65, count: FileContent.limit + 1), to: "a.yaml")
        guard case .tooLarge(let signature) = FileContent(of: directory.full("a.yaml")) else {
            Issue.record("one byte too many is too large")
            return
        }
        #expect(signature.size == Int64(FileContent.limit + 1))
    }

    @Test func theStandardReaderGivesIntentsAndPlaces() {
        let text = """
            # a comment
            intent:
              objective: Cost_Minimization
              workload: {type: service, name: web, image: nginx, resources: {cpu: 1, memory: 1Gi}}
            """
        let file = IntentFileReader.standard.read(Array(text.utf8), "intents/a.yaml")
        #expect(file.name == "intents/a.yaml", "\(file.diagnostics)")
        #expect(file.intents.map(\.intent.name) == ["web"])
        #expect(file.intents.map(\.position.line) == [2])
        #expect(file.diagnostics.filter { $0.severity == .error } == [])
        let broken = IntentFileReader.standard.read(Array("intent: {".utf8), "intents/a.yaml")
        #expect(broken.intents.isEmpty)
        #expect(broken.diagnostics.contains { $0.severity == .error && $0.file == "intents/a.yaml" })
    }
}

import Glibc
import Reconciling
import Testing

@testable import Directory

/// Trouble is reported as trouble: what cannot be read is never taken for gone.
@Suite(.timeLimit(.minutes(10))) struct TroubleTests {
    @Test func aMissingDirectoryIsUnavailableUntilItComes() async throws {
        let directory = try TemporaryDirectory()
        try directory.remove("intents")
        try await Watching.run(directory) { watching in
            let reason = try await watching.trouble()
            #expect(reason.hasSuffix("cannot be read: No such file or directory"))
            try directory.makeDirectory("intents")
            try directory.write("1", to: "intents/a.yaml")
            let contents = try await watching.contents { contents, _ in !contents.isEmpty }
            #expect(contents == ["a.yaml": "1"])
        }
    }

    @Test func aDirectoryMovedAwayIsUnavailableAndComesBackWhole() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            try directory.move("intents", to: "elsewhere")
            _ = try await watching.trouble()
            try directory.move("elsewhere", to: "intents")
            try await watching.expect(.look(changed: [:], present: ["a.yaml"]))
        }
    }

    @Test func anEmptyDirectoryInPlaceOfAFullOneIsNotBelieved() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            try directory.move("intents", to: "elsewhere")
            try directory.makeDirectory("intents")
            var reason = try await watching.trouble()
            while !reason.contains("is empty and not the directory that it was") {
                reason = try await watching.trouble()
            }
            try directory.write("2", to: "intents/b.yaml")
            let contents = try await watching.contents { contents, _ in !contents.isEmpty }
            #expect(contents == ["b.yaml": "2"], "a file in it shows that it is meant")
        }
    }

    @Test func anotherDirectoryWithFilesIsBelieved() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try directory.makeDirectory("next")
        try directory.writeOld("2", to: "next/b.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            try directory.move("intents", to: "elsewhere")
            try directory.move("next", to: "intents")
            var seen = try await watching.next()
            while case .unavailable = seen { seen = try await watching.next() }
            #expect(seen == .look(changed: ["b.yaml": "2"], present: ["b.yaml"]))
        }
    }

    @Test func emptyingTheSameDirectoryIsBelieved() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            try directory.remove("intents/a.yaml")
            try await watching.expect(.look(changed: [:], present: []))
        }
    }

    @Test func theIdentityOfAnEarlierProcessCounts() async throws {
        let directory = try TemporaryDirectory()
        let told = Told()
        try await Watching.run(directory, observer: told.observer) { watching in
            _ = try await watching.next()
            try directory.write("1", to: "intents/a.yaml")
            _ = try await watching.present()
        }
        let known = try #require(told.identities.first)
        #expect(told.identities.count == 1, "told when it changes, not at each look")
        try directory.move("intents", to: "elsewhere")
        try directory.makeDirectory("intents")
        try await Watching.run(directory, lastKnown: known) { watching in
            let reason = try await watching.trouble()
            #expect(reason.contains("an unmounted volume?"))
        }
        try directory.remove("intents")
        try directory.move("elsewhere", to: "intents")
        try directory.remove("intents/a.yaml")
        try await Watching.run(directory, lastKnown: known) { watching in
            try await watching.expect(.look(changed: [:], present: []))
        }
    }

    @Test func onePathInTroubleHoldsBackConclusionsOnAll() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        let source = DirectorySource(paths: [directory.intents, directory.full("missing")], reader: Watching.reader)
        try await Watching.run(source, below: directory.path) { watching in
            let reason = try await watching.trouble()
            #expect(reason.hasPrefix("missing cannot be read"))
        }
    }

    @Test func aMissingFileIsUnavailableToo() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "a.yaml")
        let source = DirectorySource(paths: [directory.full("a.yaml")], reader: Watching.reader)
        try await Watching.run(source, below: directory.path) { watching in
            _ = try await watching.next()
            try directory.remove("a.yaml")
            #expect(try await watching.trouble().hasPrefix("a.yaml cannot be read"))
        }
    }

    /// Deeper than a path may be long: a directory that is there and cannot be opened, for the superuser too.
    @Test func aDirectoryBelowThatCannotBeOpenedIsTrouble() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            try makeTooDeep(below: directory.full("elsewhere"))
            try directory.move("elsewhere", to: "intents/deep")
            #expect(try await watching.trouble().hasSuffix("cannot be read: File name too long"))
        }
        try removeTooDeep("intents/deep", in: directory)
    }

    private var longName: String { String(repeating: "d", count: 200) }

    /// Takes the top away from what is below it, level by level, so that no path is ever too long.
    private func removeTooDeep(_ name: String, in directory: TemporaryDirectory) throws {
        while unsafe rename(directory.full("\(name)/\(longName)"), directory.full("below")) == 0 {
            try #require(unsafe rmdir(directory.full(name)) == 0)
            try directory.move("below", to: name)
        }
    }

    private func makeTooDeep(below path: String) throws {
        let name = longName
        try #require(unsafe mkdir(path, 0o755) == 0)
        var descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY)
        for _ in 0..<25 {
            try #require(unsafe mkdirat(descriptor, name, 0o755) == 0)
            let next = unsafe openat(descriptor, name, O_RDONLY | O_DIRECTORY)
            close(descriptor)
            descriptor = next
        }
        close(descriptor)
    }

    /// The superuser reads everything, so this holds for others alone; the case above covers the rule for all.
    @Test(.enabled(if: geteuid() != 0, "the superuser may read every directory"))
    func aDirectoryWithoutPermissionIsTrouble() async throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("intents/team")
        try directory.writeOld("1", to: "intents/team/a.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            unsafe chmod(directory.full("intents/team"), 0)
            #expect(try await watching.trouble().hasSuffix("cannot be read: Permission denied"))
            unsafe chmod(directory.full("intents/team"), 0o755)
            #expect(try await watching.present() == ["team/a.yaml"])
        }
    }

    @Test func aNameThatIsNoUTF8IsPassedOverAndSaid() async throws {
        let directory = try TemporaryDirectory()
        var name: [CChar] = Array(directory.full("intents/").utf8CString.dropLast())
        name += [-1, 46, 121, 109, 108, 0]
        let descriptor = unsafe open(&name, O_WRONLY | O_CREAT, 0o644)
        try #require(descriptor >= 0)
        close(descriptor)
        let told = Told()
        try await Watching.run(directory, observer: told.observer) { watching in
            try await watching.expect(.look(changed: [:], present: []))
            #expect(told.notices == [.unreadableName(directory: directory.intents)])
        }
    }

    @Test func aPipeWithAnIntentsNameBlocksNothing() async throws {
        let directory = try TemporaryDirectory()
        try #require(unsafe mkfifo(directory.full("intents/pipe.yaml"), 0o644) == 0)
        try directory.writeOld("1", to: "intents/a.yaml")
        try await Watching.run(directory) { watching in
            try await watching.expect(.look(changed: ["a.yaml": "1"], present: ["a.yaml"]))
        }
    }
}

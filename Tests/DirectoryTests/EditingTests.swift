import Testing

@testable import Directory

/// Whatever way a file comes to its new content, the content is seen; the file first, the look after.
@Suite(.timeLimit(.minutes(10))) struct EditingTests {
    @Test func theFirstReportIsACompleteLook() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try directory.makeDirectory("intents/team")
        try directory.writeOld("2", to: "intents/team/b.json")
        try directory.writeOld("3", to: "intents/team/c.yml")
        for passedOver in [".hidden.yaml", "notes.txt", "yaml", "a.yaml~", ".yaml"] {
            try directory.writeOld("x", to: "intents/" + passedOver)
        }
        try directory.makeDirectory("intents/.git")
        try directory.writeOld("x", to: "intents/.git/d.yaml")
        try directory.makeDirectory("intents/directory.yaml")
        try await Watching.run(directory) { watching in
            let expected = ["a.yaml": "1", "team/b.json": "2", "team/c.yml": "3"]
            try await watching.expect(.look(changed: expected, present: Set(expected.keys)))
        }
    }

    @Test func filesWrittenJustBeforeTheStartAreInTheFirstLook() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("1", to: "intents/a.yaml")
        try await Watching.run(directory) { watching in
            try await watching.expect(.look(changed: ["a.yaml": "1"], present: ["a.yaml"]))
        }
    }

    @Test func anEmptyDirectoryIsALookAtNothing() async throws {
        let directory = try TemporaryDirectory()
        try await Watching.run(directory) { watching in
            try await watching.expect(.look(changed: [:], present: []))
        }
    }

    @Test func writingInPlaceIsReportedAtOnceAndOnce() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            try directory.write("2", to: "intents/a.yaml")
            try await watching.expect(.file("a.yaml", "2"))
            try await watching.expect(.look(changed: [:], present: ["a.yaml"]))
        }
    }

    @Test func renamingIntoPlaceIsReportedAtOnce() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            try directory.write("2", to: "intents/.a.yaml.tmp")
            try directory.move("intents/.a.yaml.tmp", to: "intents/a.yaml")
            try await watching.expect(.file("a.yaml", "2"))
            try await watching.expect(.look(changed: [:], present: ["a.yaml"]))
        }
    }

    @Test func anEditorsBackupNeverLooksLikeADeletion() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            try directory.move("intents/a.yaml", to: "intents/a.yaml~")
            try directory.write("2", to: "intents/a.yaml")
            try directory.remove("intents/a.yaml~")
            try await watching.expect(.file("a.yaml", "2"))
            try await watching.expect(.look(changed: [:], present: ["a.yaml"]))
        }
    }

    @Test func aFileIsNotReadWhileItIsBeingWritten() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try directory.writeOld("1", to: "intents/b.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            let file = try OpenFile(directory.full("intents/a.yaml"))
            file.write(Array("ha".utf8))
            try directory.write("2", to: "intents/b.yaml")
            try await watching.expect(.file("b.yaml", "2"))
            try await watching.expect(.look(changed: [:], present: ["a.yaml", "b.yaml"]))
            file.write(Array("lf".utf8))
            withExtendedLifetime(file) {}
        }
    }

    @Test func aFileIsReadWhenItsWriterCloses() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            do {
                let file = try OpenFile(directory.full("intents/a.yaml"))
                file.write(Array("ha".utf8))
                file.write(Array("lf".utf8))
            }
            try await watching.expect(.file("a.yaml", "half"))
        }
    }

    @Test func deletionIsSeenByALookAlone() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try directory.writeOld("2", to: "intents/b.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            try directory.remove("intents/a.yaml")
            try await watching.expect(.look(changed: [:], present: ["b.yaml"]))
        }
    }

    @Test func deletingAndWritingAgainIsAChange() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            try directory.remove("intents/a.yaml")
            try directory.write("2", to: "intents/a.yaml")
            let contents = try await watching.contents { contents, _ in contents["a.yaml"] == "2" }
            #expect(contents == ["a.yaml": "2"])
        }
    }

    @Test func touchingAFileReportsNoContent() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            try directory.write("1", to: "intents/a.yaml")
            try await watching.expect(.look(changed: [:], present: ["a.yaml"]))
        }
    }

    @Test func aChangeThatKeepsTheSignatureIsStillFound() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("1", to: "intents/a.yaml")
        try directory.age("intents/a.yaml", seconds: -3600)
        try await Watching.run(directory) { watching in
            try await watching.expect(.look(changed: ["a.yaml": "1"], present: ["a.yaml"]))
            try directory.write("2", to: "intents/a.yaml")
            try await watching.expect(.file("a.yaml", "2"))
        }
    }
}

extension EditingTests {
    @Test func aNewDirectoryAndAFileInItAreNotMissed() async throws {
        let directory = try TemporaryDirectory()
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            for round in 0..<10 {
                try directory.makeDirectory("intents/new\(round)")
                try directory.makeDirectory("intents/new\(round)/deep")
                try directory.write("\(round)", to: "intents/new\(round)/deep/a.yaml")
                let contents = try await watching.contents { contents, _ in contents["new\(round)/deep/a.yaml"] != nil }
                #expect(contents["new\(round)/deep/a.yaml"] == "\(round)")
            }
            try directory.write("later", to: "intents/new3/deep/a.yaml")
            try await watching.expect(.file("new3/deep/a.yaml", "later"))
        }
    }

    @Test func aDirectoryMovedInOrOutTakesItsFilesAlong() async throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("outside")
        try directory.writeOld("1", to: "outside/a.yaml")
        try await Watching.run(directory) { watching in
            _ = try await watching.next()
            try directory.move("outside", to: "intents/team")
            try await watching.expect(.look(changed: ["team/a.yaml": "1"], present: ["team/a.yaml"]))
            try directory.move("intents/team", to: "intents/crew")
            try await watching.expect(.look(changed: ["crew/a.yaml": "1"], present: ["crew/a.yaml"]))
            try directory.move("intents/crew", to: "outside")
            try await watching.expect(.look(changed: [:], present: []))
            try directory.write("2", to: "outside/a.yaml")
            try directory.write("3", to: "intents/b.yaml")
            try await watching.expect(.file("b.yaml", "3"))
        }
    }

    @Test func aGivenFileIsWatchedWhateverItsName() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "wish.txt")
        try directory.writeOld("x", to: "other.yaml")
        let source = DirectorySource(paths: [directory.full("wish.txt")], reader: Watching.reader)
        try await Watching.run(source, below: directory.path) { watching in
            try await watching.expect(.look(changed: ["wish.txt": "1"], present: ["wish.txt"]))
            try directory.write("y", to: "other.yaml")
            try directory.write("2", to: ".wish.txt.tmp")
            try directory.move(".wish.txt.tmp", to: "wish.txt")
            try await watching.expect(.file("wish.txt", "2"))
        }
    }

    @Test func severalPathsAreOneSource() async throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("more")
        try directory.writeOld("1", to: "intents/a.yaml")
        try directory.writeOld("2", to: "more/b.yaml")
        try directory.writeOld("3", to: "c.yaml")
        let paths = ["intents/", "more", "c.yaml", "intents", "intents/a.yaml"].map(directory.full)
        let source = DirectorySource(paths: paths, reader: Watching.reader)
        try await Watching.run(source, below: directory.path) { watching in
            let expected = ["intents/a.yaml": "1", "more/b.yaml": "2", "c.yaml": "3"]
            try await watching.expect(.look(changed: expected, present: Set(expected.keys)))
            try directory.write("4", to: "more/b.yaml")
            try await watching.expect(.file("more/b.yaml", "4"))
        }
    }

    @Test func aFileThatIsTooLargeIsRefusedAndKept() async throws {
        let directory = try TemporaryDirectory()
        try directory.write([UInt8](repeating: 35, count: FileContent.limit), to: "intents/a.yaml")
        try directory.write([UInt8](repeating: 35, count: FileContent.limit + 1), to: "intents/b.yaml")
        try await Watching.run(directory) { watching in
            guard case .look(let changed, let present) = try await watching.next() else {
                Issue.record("a look comes first")
                return
            }
            #expect(present == ["a.yaml", "b.yaml"])
            #expect(changed["a.yaml"]?.utf8.count == FileContent.limit)
            #expect(changed["b.yaml"] == "it has 262145 bytes, and at most 262144 are read")
        }
    }
}

import Testing

@testable import Directory

/// Symbolic links are followed inside their directory and never out of it.
@Suite(.timeLimit(.minutes(10))) struct LinkTests {
    @Test func linksThatLeaveAreNotFollowedAndSaidOnce() async throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("outside")
        try directory.writeOld("x", to: "outside/a.yaml")
        try directory.writeOld("1", to: "intents/a.yaml")
        try directory.link("intents/b.yaml", to: "../outside/a.yaml")
        try directory.link("intents/more", to: directory.full("outside"))
        try directory.link("intents/text.txt", to: "../outside/a.yaml")
        try directory.link("intents/broken.yaml", to: "nowhere")
        try directory.link("intents/loop.yaml", to: "loop.yaml")
        let told = Told()
        try await Watching.run(directory, observer: told.observer) { watching in
            try await watching.expect(.look(changed: ["a.yaml": "1"], present: ["a.yaml"]))
            try directory.write("2", to: "intents/a.yaml")
            _ = try await watching.present()
            #expect(
                Set(told.notices) == [
                    .linkLeaves(name: directory.full("intents/b.yaml")),
                    .linkLeaves(name: directory.full("intents/more")),
                ]
            )
            #expect(told.notices.count == 2)
        }
    }

    @Test func aNeighbourWhoseNameBeginsAlikeIsOutside() async throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("intents-old")
        try directory.writeOld("x", to: "intents-old/a.yaml")
        try directory.link("intents/a.yaml", to: "../intents-old/a.yaml")
        try await Watching.run(directory) { watching in
            try await watching.expect(.look(changed: [:], present: []))
        }
    }

    @Test func linksInCirclesEnd() async throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("intents/a")
        try directory.makeDirectory("intents/b")
        try directory.link("intents/a/up", to: "..")
        try directory.link("intents/a/other", to: "../b")
        try directory.link("intents/b/other", to: "../a")
        try directory.writeOld("1", to: "intents/a/x.yaml")
        try directory.writeOld("2", to: "intents/b/y.yaml")
        try await Watching.run(directory) { watching in
            let expected = ["a/x.yaml": "1", "b/y.yaml": "2"]
            try await watching.expect(.look(changed: expected, present: Set(expected.keys)))
        }
    }

    @Test func aMountedConfigMapIsReadAndItsRenewalSeen() async throws {
        let directory = try TemporaryDirectory()
        try mountVersion("1", in: directory)
        try directory.link("intents/..data", to: "..version1")
        try directory.link("intents/a.yaml", to: "..data/a.yaml")
        try directory.link("intents/team", to: "..data/team")
        try await Watching.run(directory) { watching in
            let first = ["a.yaml": "1", "team/b.yaml": "1"]
            try await watching.expect(.look(changed: first, present: Set(first.keys)))
            for version in ["2", "3"] {
                try mountVersion(version, in: directory)
                try directory.link("intents/..data_tmp", to: "..version" + version)
                try directory.move("intents/..data_tmp", to: "intents/..data")
                let contents = try await watching.contents { contents, _ in contents.count == 2 }
                #expect(contents == ["a.yaml": version, "team/b.yaml": version])
            }
            try directory.remove("intents/a.yaml")
            #expect(try await watching.present() == ["team/b.yaml"])
        }
    }

    private func mountVersion(_ version: String, in directory: TemporaryDirectory) throws {
        try directory.makeDirectory("intents/..version" + version)
        try directory.makeDirectory("intents/..version\(version)/team")
        try directory.writeOld(version, to: "intents/..version\(version)/a.yaml")
        try directory.writeOld(version, to: "intents/..version\(version)/team/b.yaml")
    }

    @Test func aGivenPathMayBeALinkAndItsReplacementIsSeen() async throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("release1")
        try directory.makeDirectory("release2")
        try directory.writeOld("1", to: "release1/a.yaml")
        try directory.writeOld("2", to: "release2/a.yaml")
        try directory.link("current", to: "release1")
        let source = DirectorySource(paths: [directory.full("current")], reader: Watching.reader)
        try await Watching.run(source, below: directory.full("current")) { watching in
            try await watching.expect(.look(changed: ["a.yaml": "1"], present: ["a.yaml"]))
            try directory.link("next", to: "release2")
            try directory.move("next", to: "current")
            try await watching.expect(.look(changed: ["a.yaml": "2"], present: ["a.yaml"]))
            try directory.write("3", to: "release2/a.yaml")
            try await watching.expect(.file("a.yaml", "3"))
        }
    }
}

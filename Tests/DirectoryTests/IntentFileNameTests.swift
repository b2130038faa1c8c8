import Testing

@testable import Directory

/// Names: which are read, and how paths are written.
@Suite struct IntentFileNameTests {
    @Test(arguments: [
        ("a.yaml", true), ("a.yml", true), ("a.json", true), ("a.b.yaml", true), ("ü.yaml", true),
        (".yaml", false), (".a.yaml", false), ("a.yaml~", false), ("a.YAML", false), ("yaml", false),
        ("a.jsonl", false),
        ("", false), ("a", false), ("#a.yaml#", false),
    ])
    func isRead(_ name: String, _ expected: Bool) {
        #expect(IntentFileName.isIntentFile(name) == expected)
    }

    @Test(arguments: [
        ("intents", "intents"), ("intents/", "intents"), ("./intents", "intents"), (".//./intents//", "intents"),
        ("/", "/"), ("//", "/"), ("/srv/intents/", "/srv/intents"), (".", "."), ("./", "."), ("", "."), ("..", ".."),
        (".hidden", ".hidden"),
    ])
    func isTidied(_ path: String, _ expected: String) {
        #expect(IntentFileName.tidied(path) == expected)
        #expect(IntentFileName.tidied(expected) == expected)
    }

    @Test(arguments: [
        ("intents", ".", "intents"), ("a/b", "a", "b"), ("/a", "/", "a"), ("/a/b", "/a", "b"), ("../a", "..", "a"),
    ])
    func isSplit(_ path: String, _ directory: String, _ name: String) throws {
        let parts = try #require(IntentFileName.split(path))
        #expect(parts == (directory, name))
    }

    @Test(arguments: ["/", ".", "..", "a/..", "a/."])
    func hasNoHolderThatCouldSwapIt(_ path: String) {
        #expect(IntentFileName.split(path) == nil)
    }

    @Test func joinsWithOneSlash() {
        #expect(IntentFileName.joined("in", "a.yaml") == "in/a.yaml")
        #expect(IntentFileName.joined("/", "a.yaml") == "/a.yaml")
    }
}

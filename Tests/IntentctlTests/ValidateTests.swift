import Documents
import Testing

@testable import intentctl

/// What `validate` says of files.
@Suite struct ValidateTests {
    private static let good = """
        intent:
          objective: Cost_Minimization
          workload: {type: service, name: NAME, image: img, resources: {cpu: "1", memory: 1Gi}}
        """

    private static func good(_ name: String) -> String { good.replacing("NAME", with: name) }

    @Test("Good files and directories, with all that is in them and nothing else")
    func directories() async {
        let files = [
            "d/a.yaml": Self.good("a"), "d/sub/b.yml": Self.good("b"), "d/.hidden.yaml": "[", "d/notes.txt": "[",
            "d/.git/c.yaml": "[", "e.yaml": Self.good("e"),
        ]
        let result = await CommandTests.run(["validate", "d", "e.yaml", "d/a.yaml"], environment: [:], files: files)
        #expect(result.output == "3 files, 3 good intents, 0 errors, 0 warnings.\n", "\(result.output)")
        #expect(result.status == .done)
    }

    @Test("Errors have their place, and the exit status is 1")
    func errors() async {
        let files = ["a.yaml": "intent:\n  workload: {nmae: x}\n", "b.yaml": Self.good("b"), "c.yaml": "a: [\n"]
        let result = await CommandTests.run(
            ["validate", "a.yaml", "b.yaml", "c.yaml", "none"],
            environment: [:],
            files: files
        )
        let lines = result.output.split(separator: "\n")
        #expect(result.status == .error)
        #expect(
            lines.contains { $0.hasPrefix("a.yaml:2:14: intent.workload.nmae: ") && $0.contains("name") },
            "\(lines)"
        )
        #expect(lines.contains { $0.hasPrefix("c.yaml:") })
        #expect(lines.contains("none:1:1: cannot be read: no such file"))
        #expect(lines.last?.hasPrefix("3 files, 1 good intent, ") == true)
    }

    @Test("Of two files with one name the first in path order stays")
    func duplicates() async {
        let files = ["d/b.yaml": Self.good("x"), "d/a.yaml": Self.good("x")]
        let result = await CommandTests.run(["validate", "d"], environment: [:], files: files)
        #expect(
            result.output == """
                d/b.yaml:1:1: metadata.name: x is taken already by d/a.yaml; names are unique
                2 files, 1 good intent, 1 error, 0 warnings.

                """,
            "\(result.output)"
        )
    }

    @Test("As JSON, for other programs")
    func json() async throws {
        let files = ["a.yaml": "a: [\n"]
        let result = await CommandTests.run(["validate", "-o", "json", "a.yaml"], environment: [:], files: files)
        let node = try DocumentParser.json(Array(result.output.utf8))
        #expect(node["errors"]?.integer == 1)
        #expect(node["findings"]?.sequence?.first?["file"]?.string == "a.yaml")
        #expect(result.status == .error)
    }

    @Test("A file that would clear the screen does not")
    func nasty() async {
        let result = await CommandTests.run(["validate", "a\u{1B}[2J"], environment: [:])
        #expect(!result.output.contains("\u{1B}"))
    }

    @Test("The schema is JSON or YAML")
    func schema() async throws {
        let json = await CommandTests.run(["schema"], environment: [:])
        #expect(try DocumentParser.json(Array(json.output.utf8))["title"]?.string == "Intent")
        #expect(await CommandTests.run(["schema", "-o", "yaml"], environment: [:]).output.contains("title: Intent\n"))
    }

    @Test("The definition of a kind", arguments: [("intent", "Intent"), ("allocation", "Allocation")])
    func definition(_ word: String, _ kind: String) async throws {
        let json = await CommandTests.run(["schema", "--crd", word], environment: [:])
        let definition = try DocumentParser.json(Array(json.output.utf8))
        #expect(definition["kind"]?.string == "CustomResourceDefinition")
        #expect(definition["spec"]?["names"]?["kind"]?.string == kind)
        let yaml = await CommandTests.run(["schema", "--crd", word, "-o", "yaml"], environment: [:])
        let documents = try DocumentParser.parse(Array(yaml.output.utf8), file: "a.yaml", format: .yaml)
        #expect(documents.map(\.root) == [definition])
    }

    @Test("No other kind has one")
    func noDefinition() async {
        let result = await CommandTests.run(["schema", "--crd", "intents"], environment: [:])
        #expect(result.status == .error)
        #expect(result.error.contains("--crd must be one of intent, allocation, not 'intents'; did you mean intent?"))
    }
}

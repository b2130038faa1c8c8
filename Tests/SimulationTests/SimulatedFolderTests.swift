import Intents
import Testing

@testable import Simulation

/// What a folder shows while it lies.
@Suite struct SimulatedFolderTests {
    private static func intents(_ names: String...) -> [Intent] {
        names.map { Intent(name: $0, spec: IntentSpec()) }
    }

    /// What is shown: files with the names of their intents.
    private static func shown(_ folder: SimulatedFolder) -> [String: [String]] {
        folder.read().mapValues { $0.intents.map(\.name) }
    }

    private static func folder() -> SimulatedFolder {
        let folder = SimulatedFolder()
        folder.write("a", intents("one"))
        folder.write("b", intents("two", "three"))
        folder.write("a", [])
        return folder
    }

    @Test func itShowsWhatItHolds() {
        let folder = Self.folder()
        #expect(Self.shown(folder) == ["b": ["two", "three"]])
        #expect(folder.intents.map(\.name) == ["three", "two"])
    }

    @Test(arguments: [
        (0, ["b": ["two", "three"]]), (1, ["a": ["one"], "b": ["two", "three"]]), (2, ["a": ["one"]]), (3, [:]),
        (99, [:]),
    ])
    func itShowsOldFiles(_ edits: Int, _ expected: [String: [String]]) {
        let folder = Self.folder()
        folder.setLie(.older(edits: edits))
        #expect(Self.shown(folder) == expected)
        #expect(folder.intents.count == 2, "it holds what it holds")
        folder.setLie(nil)
        #expect(Self.shown(folder) == ["b": ["two", "three"]])
    }

    @Test func itShowsHalfOfWhatIsBeingWritten() {
        let folder = Self.folder()
        folder.write("c", Self.intents("four"))
        let whole = folder.read()
        folder.setLie(.halfWritten)
        let half = folder.read()
        #expect(Self.shown(folder) == ["b": ["two"], "c": ["four"]])
        #expect(half["b"]?.version != whole["b"]?.version, "the source must see that it is another content")
        #expect(half["c"]?.version == whole["c"]?.version)
    }

    @Test func itShowsNothing() {
        let folder = Self.folder()
        folder.setLie(.nothing)
        #expect(folder.read().isEmpty)
    }
}

import Documents
import FoundationEssentials
import Intents
import Placement
import Simulation
import Testing

@testable import intentctl

/// The file in which a simulation keeps its books.
@Suite struct SimulationBooksTests {
    /// A file of one test, removed with its owner.
    private final class File: Sendable {
        let path = FileManager.default.temporaryDirectory.path + "/books-" + UUID().uuidString

        deinit { do { try FileManager.default.removeItem(atPath: path) } catch {} }

        func append(_ text: String) throws {
            let old = FileManager.default.contents(atPath: path) ?? Data()
            try (old + Data(text.utf8)).write(to: URL(filePath: path))
        }
    }

    private static func entry(_ number: Int) throws -> Happening {
        let text = """
            {"at": \(number), "dice": "a1", "platform": "flexai", "method": "POST", "target": "/x?y=\(number)",
             "headers": [["Content-Type", "text/plain"]], "body": "one\\ntwo"}
            """
        return try #require(Happening(try DocumentParser.json(Array(text.utf8))))
    }

    @Test func whatIsWrittenIsReadInItsOrder() throws {
        let file = File()
        let books = try SimulationBooks(file.path)
        #expect(try books.entries().isEmpty)
        for number in 0..<3 { books.add(try Self.entry(number)) }
        let read = try SimulationBooks(file.path).entries()
        #expect(read.map(\.node) == (try (0..<3).map { try Self.entry($0).node }))
        #expect(read.map(\.request.query) == ["y=0", "y=1", "y=2"])
    }

    @Test func halfALineNeverHappened() throws {
        let file = File()
        try SimulationBooks(file.path).add(Self.entry(1))
        try file.append(#"{"at": 5, "dice": "#)
        let books = try SimulationBooks(file.path)
        #expect(try books.entries().map(\.at.milliseconds) == [1])
        books.add(try Self.entry(2))
        #expect(try SimulationBooks(file.path).entries().map(\.at.milliseconds) == [1, 2], "it goes on behind it")
    }

    @Test(arguments: ["no entry\n", "{}\n", "[1]\n"])
    func strangeBooksAreRefusedWithTheirLine(_ text: String) throws {
        let file = File()
        try SimulationBooks(file.path).add(Self.entry(1))
        try file.append(text)
        let error = #expect(throws: CommandError.self) { try SimulationBooks(file.path).entries() }
        #expect(error?.message.contains("line 2 of \(file.path)") == true)
    }

    @Test func aPlaceWhereNoFileCanBeIsRefused() {
        #expect(throws: CommandError.self) { try SimulationBooks("/nowhere/at/all") }
    }
}

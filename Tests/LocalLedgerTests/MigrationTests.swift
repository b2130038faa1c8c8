import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// Older files become present ones step by step; a step that fails leaves its version.
@Suite struct MigrationTests {
    private func schema(_ migrations: String...) -> Schema {
        Schema(applicationID: Schema.ledger.applicationID, migrations: migrations)
    }

    private let first = "CREATE TABLE meta(only INTEGER PRIMARY KEY, operator_id TEXT NOT NULL) STRICT"
    private let second = "CREATE TABLE more(x TEXT) STRICT; INSERT INTO more SELECT operator_id FROM meta"
    private let third = "ALTER TABLE more ADD COLUMN y INTEGER NOT NULL DEFAULT 7"

    private func open(_ state: TemporaryState, _ schema: Schema) throws(LedgerError) -> Connection {
        try state.files.make()
        return try LedgerFile(state: state.files, schema: schema).openForWriting(operatorID: "me")
    }

    private func rows(_ connection: Connection) throws(LedgerError) -> [String] {
        try connection.statement("SELECT x || '/' || y FROM more").rows { row in row.text() }
    }

    @Test func stepsAreTakenOneAfterAnother() throws {
        for start in [[first], [first, second], [first, second, third]] {
            let state = TemporaryState()
            do {
                let connection = try open(state, Schema(applicationID: Schema.ledger.applicationID, migrations: start))
                #expect(try Schema.version(of: connection) == start.count)
            }
            let connection = try open(state, schema(first, second, third))
            #expect(try Schema.version(of: connection) == 3)
            let isCopied = start.count == 1
            #expect(try rows(connection) == (isCopied ? ["me/7"] : []), "a new file has no operator yet in step 2")
        }
    }

    @Test func aVersionBeforeTheFirstIsLedOnToo() throws {
        let state = TemporaryState()
        try state.make()
        try state.write([], to: state.files.ledger)
        do {
            let connection = try Connection(file: state.files.ledger, access: .writing)
            try connection.execute("PRAGMA application_id = \(Schema.ledger.applicationID)")
            try connection.execute("PRAGMA journal_mode = WAL")
        }
        let connection = try open(state, schema(first, second))
        #expect(try Schema.version(of: connection) == 2)
    }

    @Test func aStepThatFailsLeavesItsVersionAndNothingOfItself() throws {
        let state = TemporaryState()
        _ = try open(state, schema(first))
        let broken = schema(first, second + "; INSERT INTO nowhere VALUES(1)", third)
        #expect(throws: LedgerError.self) { try open(state, broken) }
        do {
            let connection = try open(state, schema(first))
            #expect(try Schema.version(of: connection) == 1)
            let tables = try connection.statement("SELECT name FROM sqlite_schema WHERE type = 'table'")
                .rows { row in row.text() }
            #expect(tables == ["meta"])
        }
        #expect(try rows(try open(state, schema(first, second, third))) == ["me/7"], "a repaired step goes through")
    }

    @Test func aCommandDoesNotMigrate() throws {
        let state = TemporaryState()
        _ = try open(state, schema(first))
        let file = LedgerFile(state: state.files, schema: schema(first, second))
        let error = #expect(throws: LedgerError.self) { try file.openForReading() }
        #expect(error?.kind == .unusable)
        #expect(error?.message.contains("older version; start the operator on it first") == true)
    }

    @Test func theLedgerIsDurableAndStrict() throws {
        let state = TemporaryState()
        let connection = try open(state, .ledger)
        let settings = ["journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "trusted_schema": "0"]
        for (name, value) in settings {
            #expect(try connection.statement("PRAGMA \(name)").first { row in row.text() } == value, "\(name)")
        }
        let loose = try connection.statement("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0")
            .rows { row in row.text() }
        #expect(loose.filter { !$0.hasPrefix("sqlite_") } == [])
    }
}

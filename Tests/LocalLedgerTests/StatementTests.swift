import CSQLite
import Glibc
import Intents
import Reconciling
import Testing

@testable import LocalLedger

/// The door to SQLite: values in, values out, errors as errors.
@Suite struct StatementTests {
    private func connection(_ state: TemporaryState) throws -> Connection {
        try state.make()
        try state.write([], to: state.files.ledger)
        return try Connection(file: state.files.ledger, access: .writing)
    }

    @Test(
        arguments: [nil, "", "a", "Zürich 🚀", "nul\u{0}inside", "it's", String(repeating: "x", count: 100_000)]
            as [String?]
    )
    func textComesBack(_ text: String?) throws {
        let state = TemporaryState()
        let statement = try connection(state).statement("SELECT ?, typeof(?1), length(CAST(?1 AS BLOB))")
        statement.bind(text)
        let found = try statement.first { row in (row.optionalText(), row.text(), row.optionalNumber()) }
        #expect(found?.0 == text)
        #expect(found?.1 == (text == nil ? "null" : "text"), "empty is not absent")
        #expect(found?.2 == text.map { Int64($0.utf8.count) })
    }

    @Test(arguments: [nil, 0, 1, -1, .min, .max] as [Int64?])
    func numbersComeBack(_ number: Int64?) throws {
        let state = TemporaryState()
        let statement = try connection(state).statement("SELECT ?1, ?1, ?1, ?1, ?1, ?1, ?1")
        statement.bind(number)
        let row = try statement.first { row in
            #expect(row.optionalNumber() == number)
            #expect(row.number() == number ?? 0)
            #expect(row.optionalMoment() == number.map { Timestamp(milliseconds: $0) })
            #expect(row.optionalMoney() == number.map { Money(micros: $0) })
            #expect(row.optionalCount() == number.map { Int($0) })
            #expect(row.flag() == ((number ?? 0) != 0))
            #expect(row.optionalText() == number.map { "\($0)" })
            return true
        }
        #expect(row == true)
    }

    @Test func absentColumnsReadAsPlainValues() throws {
        let state = TemporaryState()
        let select = try connection(state).statement("SELECT NULL, NULL, NULL, NULL, NULL, NULL, 'a', 'b'")
        let found = try select.first { row throws(LedgerError) in
            #expect(row.text().isEmpty)
            #expect(row.moment() == Timestamp(milliseconds: 0))
            #expect(row.money() == .zero)
            #expect(row.count() == 0)
            #expect(row.key() == IntentKey(rawValue: ""))
            #expect(try row.optionalWord(Event.Severity.self) == nil)
            row.skip(1)
            return row.text()
        }
        #expect(found == "b")
    }

    @Test func wordsOutsideTheirListAreRefused() throws {
        let state = TemporaryState()
        let connection = try connection(state)
        for sql in ["SELECT 'normal'", "SELECT ''", "SELECT NULL", "SELECT 7"] {
            let select = try connection.statement(sql)
            let error = #expect(throws: LedgerError.self) {
                try select.first { row throws(LedgerError) in try row.word(Event.Severity.self) }
            }
            #expect(error?.kind == .unusable)
        }
        let good = try connection.statement("SELECT 'Normal'").first { row throws(LedgerError) in
            try row.word(Event.Severity.self)
        }
        #expect(good == .normal)
    }

    @Test func aStatementIsPreparedOnceAndStartsOver() throws {
        let state = TemporaryState()
        let connection = try connection(state)
        let text = "SELECT ?1 || coalesce(?2, '-')"
        let first = try connection.statement(text)
        #expect(try connection.statement(text) === first)
        first.bind("a")
        first.bind("b")
        #expect(try first.first { row in row.text() } == "ab")
        first.bind("c")
        #expect(try first.first { row in row.text() } == "c-", "what was bound before is gone")
    }

    @Test func aStatementThatFailedCanRunAgain() throws {
        let state = TemporaryState()
        let connection = try connection(state)
        try connection.execute("CREATE TABLE t(x INTEGER PRIMARY KEY) STRICT")
        let insert = try connection.statement("INSERT INTO t VALUES(?)")
        for (value, isGood) in [(1, true), (1, false), (2, true), (2, false), (3, true)] {
            insert.bind(value)
            if isGood {
                try insert.run()
            } else {
                let error = #expect(throws: LedgerError.self) { try insert.run() }
                #expect(error?.kind == .failed)
                #expect(error?.message.contains("constraint failed") == true)
            }
        }
        #expect(try connection.statement("SELECT x FROM t ORDER BY x").rows { row in row.count() } == [1, 2, 3])
    }

    @Test func tooManyValuesAreAnError() throws {
        let state = TemporaryState()
        let select = try connection(state).statement("SELECT ?")
        select.bind("a")
        select.bind("b")
        #expect(throws: LedgerError.self) { try select.run() }
        select.bind("a")
        #expect(try select.first { row in row.text() } == "a")
    }

    @Test func aTransactionIsUndoneWhereItsBodyThrows() throws {
        let state = TemporaryState()
        let connection = try connection(state)
        try connection.execute("CREATE TABLE t(x INTEGER) STRICT")
        let mine = LedgerError(kind: .failed, message: "mine")
        #expect(throws: mine) {
            try connection.transaction { () throws(LedgerError) in
                try connection.execute("INSERT INTO t VALUES(1)")
                throw mine
            }
        }
        let count = try connection.transaction { () throws(LedgerError) in
            try connection.execute("INSERT INTO t VALUES(2)")
            return try connection.statement("SELECT count(*) FROM t").first { row in row.count() }
        }
        #expect(count == 1)
    }

    @Test func nonsenseIsAnErrorWithoutItsText() throws {
        let state = TemporaryState()
        let connection = try connection(state)
        for attempt in [
            { try connection.execute("SELECT secret FROM nowhere") }, { _ = try connection.statement("secret") },
        ] {
            let error = #expect(throws: LedgerError.self) { try attempt() }
            #expect(error?.message.contains("secret") == false)
            #expect(error?.message.contains(state.files.ledger) == true)
        }
    }

    @Test func aFileThatIsNotThereIsNotMade() throws {
        let state = TemporaryState()
        try state.make()
        for access in [Connection.Access.reading, .writing] {
            #expect(throws: LedgerError.self) { try Connection(file: state.files.ledger, access: access) }
        }
        #expect(state.bytes(of: state.files.ledger) == nil)
    }
}

/// What codes of SQLite mean for a ledger.
@Suite struct LedgerErrorTests {
    @Test(
        arguments: [
            (SQLITE_FULL, 0, .full), (SQLITE_IOERR, ENOSPC, .full), (SQLITE_IOERR | (3 << 8), EDQUOT, .full),
            (SQLITE_IOERR, EIO, .failed), (SQLITE_CORRUPT, 0, .unusable), (SQLITE_CORRUPT | (1 << 8), 0, .unusable),
            (SQLITE_NOTADB, 0, .unusable), (SQLITE_BUSY, 0, .failed), (SQLITE_BUSY | (2 << 8), 0, .failed),
            (SQLITE_CANTOPEN, EACCES, .failed), (SQLITE_READONLY, 0, .failed), (SQLITE_CONSTRAINT, 0, .failed),
            (SQLITE_TOOBIG, 0, .failed), (SQLITE_MISUSE, 0, .failed),
        ] as [(Int32, Int32, LedgerError.Kind)]
    )
    func hasAKind(code: Int32, system: Int32, kind: LedgerError.Kind) {
        let error = LedgerError(SQLiteCode(rawValue: code), systemError: system, doing: "read", file: "/x/ledger.db")
        #expect(error.kind == kind)
        #expect(error.message.contains("/x/ledger.db"))
        #expect(error.message.hasPrefix("cannot read: "))
    }

    @Test func theSystemsWordsAreTold() {
        let error = LedgerError(SQLiteCode(rawValue: SQLITE_CANTOPEN), systemError: EACCES, doing: "read", file: "f")
        #expect(error.message.hasSuffix("unable to open database file (14, Permission denied)"))
        #expect(SQLiteCode(rawValue: SQLITE_BUSY | (2 << 8)).primary == .busy)
        #expect(SQLiteCode.full.words == "database or disk is full")
        #expect(SystemError(ENOENT).words == "No such file or directory")
    }
}

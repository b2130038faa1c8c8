import CSQLite
import Intents
import Reconciling

/// The row on which a statement stands, read column after column.
@safe
struct Row {
    private let handle: OpaquePointer
    private let file: String
    private var column: Int32 = 0

    /// The present row of a statement's handle.
    init(of handle: OpaquePointer, file: String) {
        unsafe self.handle = unsafe handle
        self.file = file
    }

    /// Leaves columns unread.
    mutating func skip(_ columns: Int32) { column += columns }

    /// The next column's text; NULL reads as the empty text.
    mutating func text() -> String { optionalText() ?? "" }

    /// The next column's text, nil for NULL.
    mutating func optionalText() -> String? {
        defer { column += 1 }
        guard let start = unsafe sqlite3_column_text(handle, column) else { return nil }
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The next column's number; NULL reads as zero.
    mutating func number() -> Int64 { optionalNumber() ?? 0 }

    /// The next column's number, nil for NULL.
    mutating func optionalNumber() -> Int64? {
        defer { column += 1 }
        guard unsafe sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
        return unsafe sqlite3_column_int64(handle, column)
    }

    /// The next column's word of a closed list, nil for NULL.
    ///
    /// Throws `.unusable` where the word is not on the list.
    mutating func optionalWord<Word: RawRepresentable<String>>(
        _ kind: Word.Type
    ) throws(LedgerError) -> Word? {
        guard let text = optionalText() else { return nil }
        guard let word = Word(rawValue: text) else { throw unreadable("a word that is not known") }
        return word
    }

    /// The next column's word of a closed list.
    ///
    /// Throws `.unusable` where the word is not on the list or missing.
    mutating func word<Word: RawRepresentable<String>>(_ kind: Word.Type) throws(LedgerError) -> Word {
        guard let word = try optionalWord(kind) else { throw unreadable("no word where one is needed") }
        return word
    }

    /// The error of a row whose content makes no sense.
    func unreadable(_ what: String) -> LedgerError {
        LedgerError(
            kind: .unusable,
            message: "cannot read: the ledger \(file) holds \(what); restore it from a backup"
        )
    }
}

extension Row {
    /// The next column's count, saturating where a number is too large.
    mutating func count() -> Int { Int(clamping: number()) }

    /// The next column's count, nil for NULL.
    mutating func optionalCount() -> Int? { optionalNumber().map { Int(clamping: $0) } }

    /// The next column's answer; NULL reads as no.
    mutating func flag() -> Bool { number() != 0 }

    /// The next column's moment; NULL reads as the start of 1970.
    mutating func moment() -> Timestamp { Timestamp(milliseconds: number()) }

    /// The next column's moment, nil for NULL.
    mutating func optionalMoment() -> Timestamp? { optionalNumber().map { Timestamp(milliseconds: $0) } }

    /// The next column's amount; NULL reads as nothing.
    mutating func money() -> Money { Money(micros: number()) }

    /// The next column's amount, nil for NULL.
    mutating func optionalMoney() -> Money? { optionalNumber().map { Money(micros: $0) } }

    /// The next column's intent.
    mutating func key() -> IntentKey { IntentKey(rawValue: text()) }
}

extension Statement {
    /// Binds the next value as a count.
    func bind(_ count: Int?) { bind(count.map(Int64.init)) }

    /// Binds the next value as 1 or 0.
    func bind(_ flag: Bool?) { bind(flag.map { $0 ? Int64(1) : 0 }) }

    /// Binds the next value as milliseconds since 1970.
    func bind(_ moment: Timestamp?) { bind(moment?.milliseconds) }

    /// Binds the next value as millionths of a euro.
    func bind(_ amount: Money?) { bind(amount?.micros) }

    /// Binds the next value as an intent's name.
    func bind(_ key: IntentKey?) { bind(key?.rawValue) }
}

import Intents
import Reconciling

/// What people asked for with a command, and the answers.
struct RequestTable {
    /// How many answered requests are kept.
    static let answered = 1000
    /// How many requests may wait for an answer.
    static let pending = 1000

    /// Where the rows live.
    let connection: Connection

    /// Writes a request down in a transaction of its own and gives its number.
    ///
    /// Throws `.failed` where too many wait already, which means that nobody carries them out.
    func add(_ verb: OperatorRequest.Verb, at moment: Timestamp) throws(LedgerError) -> Int64 {
        try connection.transaction { () throws(LedgerError) in
            guard try pendingCount() < Self.pending else {
                throw LedgerError(
                    kind: .failed,
                    message: "\(Self.pending) requests wait for an answer already; start the operator, which answers"
                )
            }
            return try insert(verb, at: moment)
        }
    }

    private func insert(_ verb: OperatorRequest.Verb, at moment: Timestamp) throws(LedgerError) -> Int64 {
        let form = RequestForm(verb)
        let statement = try connection.statement(
            "INSERT INTO requests(asked_at, verb, key, slot, allocation, token, reason, until, mode) "
                + "VALUES(?,?,?,?,?,?,?,?,?) RETURNING id"
        )
        statement.bind(moment)
        statement.bind(form.word.rawValue)
        statement.bind(form.key)
        statement.bind(form.slot)
        statement.bind(form.allocation)
        statement.bind(form.token)
        statement.bind(form.reason)
        statement.bind(form.until)
        statement.bind(form.mode?.rawValue)
        return try statement.first { row in row.number() } ?? 0
    }

    private func pendingCount() throws(LedgerError) -> Int {
        try connection.statement("SELECT count(*) FROM requests WHERE answer IS NULL").first { row in row.count() } ?? 0
    }

    /// Writes an answer to a request that has none; a request that is not there, or was answered, stays as it is.
    func answer(_ request: Int64, text: String, refused: Bool) throws(LedgerError) {
        let statement = try connection.statement(
            "UPDATE requests SET answer = ?, refused = ? WHERE id = ? AND answer IS NULL"
        )
        statement.bind(text)
        statement.bind(refused)
        statement.bind(request)
        try statement.run()
        let trim = try connection.statement(
            "DELETE FROM requests WHERE answer IS NOT NULL AND id <= "
                + "(SELECT id FROM requests WHERE answer IS NOT NULL ORDER BY id DESC LIMIT 1 OFFSET ?)"
        )
        trim.bind(Self.answered)
        try trim.run()
    }

    /// Requests without an answer, oldest first.
    func waiting() throws(LedgerError) -> [OperatorRequest] {
        let select = try connection.statement("SELECT \(Self.columns) FROM requests WHERE answer IS NULL ORDER BY id")
        return try select.rows { row throws(LedgerError) in try Self.request(&row) }
    }

    /// Every request that is kept, oldest first, with its answer.
    func all() throws(LedgerError) -> [AnsweredRequest] {
        let select = try connection.statement("SELECT \(Self.columns), answer, refused FROM requests ORDER BY id")
        return try select.rows { row throws(LedgerError) in
            let request = try Self.request(&row)
            return AnsweredRequest(request: request, answer: Self.answer(&row))
        }
    }

    /// The answer to a request; nil while there is none.
    ///
    /// Throws `.failed` for a request that was never made or is no longer kept.
    func answer(to request: Int64) throws(LedgerError) -> RequestAnswer? {
        let select = try connection.statement("SELECT answer, refused FROM requests WHERE id = ?")
        select.bind(request)
        guard let found = try select.first({ row in Self.answer(&row) }) else {
            throw LedgerError(kind: .failed, message: "no request \(request) is on record")
        }
        return found
    }

    private static let columns = "id, asked_at, verb, key, slot, allocation, token, reason, until, mode"

    private static func request(_ row: inout Row) throws(LedgerError) -> OperatorRequest {
        let id = row.number()
        let askedAt = row.moment()
        let form = RequestForm(
            word: try row.word(RequestForm.Word.self),
            key: row.optionalText().map(IntentKey.init(rawValue:)),
            slot: row.optionalCount(),
            allocation: row.optionalText(),
            token: row.optionalText(),
            reason: row.optionalText(),
            until: row.optionalMoment(),
            mode: try row.optionalWord(Suspension.Mode.self)
        )
        guard let verb = form.verb else { throw row.unreadable("the request \(id), which lacks a part") }
        return OperatorRequest(id: id, verb: verb, askedAt: askedAt)
    }

    private static func answer(_ row: inout Row) -> RequestAnswer? {
        guard let text = row.optionalText() else { return nil }
        return RequestAnswer(text: text, refused: row.flag())
    }
}

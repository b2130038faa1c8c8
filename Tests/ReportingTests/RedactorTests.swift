import Testing

@testable import Reporting

/// Secrets never pass: known values anywhere, and whatever has the look of a credential.
@Suite struct RedactorTests {
    /// A text, what must become of it, and why.
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var expected: String
        var reason: String
        var testDescription: String { reason }

        init(_ text: String, _ expected: String, _ reason: String) {
            self.text = text
            self.expected = expected
            self.reason = reason
        }
    }

    static let patterns: [Case] = [
        Case("Authorization: Bearer abc.def-1", "Authorization: Bearer ‹redacted›", "a header"),
        Case("authorization=Bearer abc", "authorization=Bearer ‹redacted›", "a header written with ="),
        Case("bearer  abc and more", "bearer  ‹redacted› and more", "any capitals, any blanks"),
        Case("Basic dXNlcjpwYXNz", "Basic ‹redacted›", "the other scheme"),
        Case("basic check", "basic check", "ordinary language stays"),
        Case("forbearer abc", "forbearer abc", "the scheme is a whole word"),
        Case("token flr_9aZ-x was refused", "token ‹redacted› was refused", "a FLARE token by its prefix"),
        Case("xflr_9a", "x‹redacted›", "a FLARE token glued to something"),
        Case("flr_", "flr_", "a prefix alone is no token"),
        Case("?flexai_api_key=k1&x=2", "?flexai_api_key=‹redacted›&x=2", "a query"),
        Case("API-KEY = 'a b'", "API-KEY = '‹redacted›'", "quotation marks hold blanks"),
        Case(#"{"token": "a\"b", "n": 1}"#, #"{"token": "‹redacted›", "n": 1}"#, "an escaped mark ends nothing"),
        Case(#"{\"token\":\"ab\",\"n\":1}"#, #"{\"token\":\"‹redacted›\",\"n\":1}"#, "JSON within JSON"),
        Case("token: expired", "token: expired", "a sentence stays"),
        Case("token: 1234abcd", "token: ‹redacted›", "a value after a colon that is no word"),
        Case("FLARE_API_TOKEN=x", "FLARE_API_TOKEN=‹redacted›", "an environment variable"),
        Case("https://me:pw@host/a@b", "https://‹redacted›@host/a@b", "a URL's user information"),
        Case("https://host/a@b", "https://host/a@b", "an at sign in a path"),
        Case("password=", "password=", "nothing to mask"),
        Case("tokens=3", "tokens=3", "a name that only resembles one"),
        Case("", "", "nothing"),
    ]

    @Test("Patterns", arguments: patterns)
    func pattern(_ row: Case) {
        #expect(Redactor().redacting(row.text) == row.expected)
    }

    @Test(
        "Known values are masked wherever they stand",
        arguments: [
            Case("key sk-12345 here", "key ‹redacted› here", "in a sentence"),
            Case("sk-12345sk-12345", "‹redacted›‹redacted›", "side by side"),
            Case("sk-1234567", "‹redacted›", "the longer of two that share a beginning"),
            Case("Bearer sk-12345", "Bearer ‹redacted›", "behind a scheme"),
            Case("Bearer two words here", "Bearer ‹redacted› here", "a value with a blank is masked whole"),
            Case("abc", "abc", "values too short to be told from ordinary text"),
        ]
    )
    func known(_ row: Case) {
        let redactor = Redactor(secrets: ["sk-12345", "sk-1234567", "two words", "abc", ""])
        #expect(redactor.redacting(row.text) == row.expected)
    }

    @Test(
        "No known value survives in any mixture, and a second pass changes nothing",
        arguments: 0..<40 as Range<UInt64>
    )
    func property(_ seed: UInt64) {
        var dice = Dice(seed: seed)
        let pieces = ["Bearer ", "api_key=", "\"token\": \"", "\"", " ", ":", "://", "@", "x", "é", "\\", "flr_", "\n"]
        let secrets = (0..<3).map { _ in dice.word(4...9) }
        let redactor = Redactor(secrets: secrets)
        for _ in 0..<60 {
            var text = ""
            for _ in 0..<dice.number(1...12) {
                text +=
                    dice.number(0...3) == 0 ? secrets[dice.number(0...2)] : pieces[dice.number(0...pieces.count - 1)]
            }
            let result = redactor.redacting(text)
            for secret in secrets { #expect(!result.contains(secret), "seed \(seed): \(text.debugDescription)") }
            #expect(redactor.redacting(result) == result, "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test("A record is masked in its sentence, its facts, and by its facts' names")
    func record() {
        let record = LogRecord(
            at: 0,
            level: .info,
            message: "sent sk-12345",
            fields: [
                .init("url", "https://h/?api_key=zz"), .init("apiKey", "plain"), .init("count", 3), .init("token", ""),
            ]
        )
        let result = Redactor(secrets: ["sk-12345"]).redacting(record)
        #expect(result.message == "sent ‹redacted›")
        #expect(result.fields.map(\.value) == ["https://h/?api_key=‹redacted›", "‹redacted›", 3, ""])
    }
}

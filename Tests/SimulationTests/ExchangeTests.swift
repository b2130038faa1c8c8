import Documents
import Intents
import Reconciling
import Testing

@testable import Simulation

/// Requests, texts and JSON as they go in and out.
@Suite struct ExchangeTests {
    @Test(arguments: [
        ("/v1/compute", "/v1/compute", ""), ("/v1?a=1&b=2", "/v1", "a=1&b=2"), ("/?", "/", ""), ("", "", ""),
        ("/a?b?c", "/a", "b?c"),
    ])
    func targetIsPathAndQuery(_ target: String, _ path: String, _ query: String) {
        let request = SimulatedRequest(method: "GET", target: target)
        #expect(request.path == path)
        #expect(request.query == query)
    }

    @Test func headersAreFoundInAnyCase() {
        let request = SimulatedRequest(method: "GET", target: "/", headers: [("x-ORG", "1"), ("X-Org", "2")])
        #expect(request.header("X-Org") == "1", "the first one counts")
        #expect(request.header("X-Orga") == nil)
        #expect(request.header("X_Org") == nil)
    }

    @Test(arguments: [
        ("Bearer abc", "abc"), ("Bearer ", nil), ("bearer abc", nil), ("Basic abc", nil), ("", nil),
    ])
    func bearerTokenIsRead(_ value: String, _ token: String?) {
        let request = SimulatedRequest(method: "GET", target: "/", headers: [("authorization", value)])
        #expect(request.bearerToken.map(String.init) == token)
    }

    @Test(arguments: [
        ("", #""""#), ("a\"b", #""a\"b""#), ("a\\b", #""a\\b""#), ("a\nb", #""a\u000ab""#), ("\u{1F}", #""\u001f""#),
        ("grün 🌱", #""grün 🌱""#),
    ])
    func stringsAreEscaped(_ text: String, _ json: String) throws {
        var writer = JSONText()
        writer.string(text)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == json)
        #expect(try DocumentParser.json(writer.bytes).string == text)
    }

    @Test func nodesComeBackAsTheyWere() throws {
        let node = Node.object([
            "null": .null, "yes": .bool(true), "no": .bool(false), "whole": .integer(-5),
            "number": .number(1.5, text: "1.5"), "text": .string("a\"b"), "none": .sequence([]), "empty": .mapping([]),
            "list": .sequence([Node(.integer(1)), Node(.string("x")), .object(["deep": .null])]),
        ])
        let reply = TransportReply.node(200, node)
        #expect(try DocumentParser.json(reply.body) == node)
        #expect(reply.header("content-type") == "application/json")
    }

    @Test(arguments: [
        ("50 EUR", 50_000_000), ("4.50 EUR/hour", 4_500_000), ("0 EUR", 0), ("0.000001 EUR", 1),
        ("12.3456 EUR", 12_345_600), ("5", nil), ("5 USD", nil), ("EUR", nil), ("-5 EUR", nil), ("5. EUR", nil),
        (".5 EUR", nil), ("5.1234567 EUR", nil), ("1e3 EUR", nil), ("5 EUR now", nil), ("5.+1 EUR", nil), ("", nil),
    ])
    func amountsAreRead(_ text: String, _ micros: Int64?) {
        #expect(PlainText.euros(text)?.micros == micros)
    }

    @Test(arguments: [
        (8_500_000, "8.50 EUR"), (0, "0.00 EUR"), (1, "0.000001 EUR"), (19_125_000, "19.125 EUR"),
        (-2_500_000, "-2.50 EUR"), (1_000_000_000, "1000.00 EUR"), (10_000, "0.01 EUR"),
    ])
    func amountsAreWritten(_ micros: Int64, _ text: String) {
        #expect(PlainText.text(Money(micros: micros)) == text)
    }

    @Test(arguments: [
        ("80Gi", 80), ("40GB", 40), ("2Ti", 2048), ("80", nil), ("Gi", nil), ("1.5Gi", nil), ("", nil),
    ])
    func sizesAreRead(_ text: String, _ gibibytes: Int?) {
        #expect(PlainText.gibibytes(text) == gibibytes)
    }

    @Test(arguments: [
        ("30s", 30), ("30m", 1800), ("24h", 86_400), ("90d", 7_776_000), ("1y", 31_536_000), ("1h30m", 5400), ("0s", 0),
        ("", nil), ("h", nil), ("5", nil), ("5x", nil), ("5h3", nil), ("-5h", nil), ("99999999999999h", nil),
    ])
    func spansAreRead(_ text: String, _ seconds: Int64?) {
        #expect(PlainText.span(text) == seconds.map { .seconds($0) })
    }

    @Test(arguments: [(0, "0m"), (59, "0m"), (60, "1m"), (8100, "2h 15m"), (360_000, "100h 0m"), (-5, "0m")])
    func spansAreWritten(_ seconds: Int64, _ text: String) {
        #expect(PlainText.text(Duration.seconds(seconds)) == text)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
        (951_868_800, "2000-03-01T00:00:00Z"), (1_705_314_600, "2024-01-15T10:30:00Z"),
        (1_798_761_599, "2026-12-31T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59Z"),
    ])
    func momentsAreWritten(_ seconds: Int64, _ text: String) {
        #expect(PlainText.text(Timestamp(seconds: seconds)) == text)
    }
}

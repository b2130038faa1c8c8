import Testing

@testable import Wire

/// Addresses: what is read, what is refused, and what may be shown of them.
@Suite struct HTTPURLTests {
    @Test(arguments: [
        ("http://a", "http://a", 80), ("https://a/", "https://a", 443),
        ("https://a.b_c-d:8443/x//", "https://a.b_c-d:8443/x", 8443),
        ("HTTP://A/B", "http://A/B", 80), ("http://127.0.0.1:1", "http://127.0.0.1:1", 1),
        ("http://[::1]:65535/v1/", "http://[::1]:65535/v1", 65_535), ("http://a/me@b", "http://a/me@b", 80),
    ]) func aBaseAddressIsReadAndTrimmed(_ text: String, _ trimmed: String, _ port: Int) throws {
        let url = try HTTPURL(text)
        #expect(url.text == trimmed)
        #expect(url.port == port)
        #expect(try HTTPURL(url.text) == url)
    }

    static let refused: [(String, HTTPURLError)] = [
        ("", .empty), ("a", .scheme), ("ftp://a", .scheme), ("//a", .scheme), ("http:/a", .scheme),
        ("file:///a", .scheme),
        ("http://", .host), ("http:///a", .host), ("http://:80", .host), ("http://a!b", .host), ("http://[::1", .host),
        ("http://[]", .host), ("http://[a]", .host), ("http://[::1]x", .host), ("http://a:", .port),
        ("http://a:0", .port), ("http://a:65536", .port), ("http://a:+1", .port), ("http://a:1x", .port),
        ("http://a:99999999999999999999", .port), ("http://user@a", .userInformation),
        ("http://user:hunter2@a/b", .userInformation), ("http://a/#b", .fragment), ("http://a#b", .fragment),
        ("http://a/?b", .query), ("http://a?", .query), ("http://a/ b", .character(at: 9)),
        ("http://a\n", .character(at: 8)), ("http://ä", .character(at: 7)), ("http://a/\u{7F}", .character(at: 9)),
    ]

    @Test(arguments: refused) func whatIsNoBaseAddressIsRefused(_ text: String, _ error: HTTPURLError) {
        #expect(throws: error) { try HTTPURL(text) }
        #expect(!error.description.contains("hunter2") && !error.description.isEmpty)
    }

    @Test func everySegmentStaysOneSegment() throws {
        let base = try HTTPURL("http://a/v1")
        #expect(base.appending(["x", "a/b?c#d", "..", "."]) == "http://a/v1/x/a%2Fb%3Fc%23d/%2E%2E/%2E")
        #expect(base.appending([], query: [("a&b", "c=d+e"), ("f", "")]) == "http://a/v1?a%26b=c%3Dd%2Be&f=")
        for scalar in UInt32(0)..<0x300 {
            guard let scalar = Unicode.Scalar(scalar) else { continue }
            let text = "x\(Character(scalar))y"
            let url = base.appending([text], query: [(text, text)])
            let target = String(url.dropFirst("http://a".count))
            let request = HTTPServerRequest(.get, target: target)
            #expect(request.segments == ["v1", text])
            #expect(request.query(text) == text)
            #expect(throws: Never.self) { try HTTPURL.Parts(url) }
        }
    }

    @Test(arguments: [
        ("http://a/b?token=hunter2", "http://a/b?…"), ("https://user:hunter2@a/b", "https://…"),
        ("http://user:hunter2/x@a/b", "http://…"), ("hunter2", "…"), ("user:hunter2@a", "…"),
        ("http://a/#hunter2", "http://…"), ("http://a:1/b", "http://a:1/b"), ("http://hunter2 @a", "http://…"),
    ]) func whatIsShownOfAnAddressHoldsNoSecret(_ text: String, _ shown: String) {
        #expect(Redaction.url(text) == shown)
    }

    @Test(arguments: [
        "Authorization", "proxy-authorization", "Cookie", "Set-Cookie", "X-Api-Key", "X-Auth-Token", "X-Client-Secret",
        "Idempotency-Key", "X-Amz-Signature", "WWW-Authenticate", "X-Password", "Session-Id",
    ]) func secretHeadersAreHidden(_ name: String) {
        let request = HTTPRequest(.get, "http://a/?hunter2", headers: [name: "hunter2"], body: Array("hunter2".utf8))
        #expect(Redaction.value("hunter2", of: name) == "…")
        for text in ["\(request)", String(reflecting: request), "\(request.headers)", "\([request])"] {
            #expect(!text.contains("hunter2"), "\(text)")
            #expect(text.contains(name))
        }
        var dumped = ""
        dump(request, to: &dumped)
        dump(request.headers, to: &dumped)
        #expect(!dumped.contains("hunter2"), "\(dumped)")
    }

    @Test(arguments: ["Accept", "Content-Type", "Retry-After", "User-Agent", "Date"])
    func otherHeadersAreShown(_ name: String) {
        #expect(Redaction.value("shown", of: name) == "shown")
        #expect("\(HTTPHeaders([(name, "shown")]))" == "\(name): shown")
    }

    @Test func headersAreFoundWithoutCaseAndKeepTheirOrder() {
        var headers: HTTPHeaders = ["A": "1", "b": "2", "a": "3"]
        #expect(headers["a"] == "1" && headers["B"] == "2" && headers["c"] == nil)
        #expect(headers.values("A") == ["1", "3"])
        headers.set("a", "4")
        #expect(headers.fields.map(\.name) == ["b", "a"] && headers["A"] == "4")
    }

    @Test(
        arguments: [
            ("/", [], [:]), ("/a//b/", ["a", "b"], [:]), ("/%41%2f%zz%4", ["A/%zz%4"], [:]), ("/%ff", ["%ff"], [:]),
            ("/?a=b=c&d&=e", [], ["a": "b=c", "d": "", "": "e"]), ("/x?a+b=%2B+", ["x"], ["a b": "+ "]),
        ] as [(String, [String], [String: String])]
    )
    func aTargetIsTakenApart(_ target: String, _ segments: [String], _ query: [String: String]) {
        let request = HTTPServerRequest(.get, target: target)
        #expect(request.segments == segments)
        #expect(Dictionary(uniqueKeysWithValues: request.query.map { ($0.name, $0.value) }) == query)
    }
}

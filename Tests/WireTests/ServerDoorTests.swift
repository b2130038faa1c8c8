import Testing

@testable import Wire

/// The door by itself: each rule, just inside and just outside.
@Suite struct ServerDoorTests {
    private static var door: ServerDoor {
        var limits = HTTPServer.Limits()
        limits.bodyBytes = 10
        limits.headerBytes = 100
        limits.headerCount = 3
        return ServerDoor(limits: limits)
    }

    private static func head(_ change: (inout RequestHead) -> Void) -> RequestHead {
        var head = RequestHead(
            method: "POST",
            target: "/a?b=c",
            version: "HTTP/1.1",
            headers: ["Host": "a"],
            bytes: 50
        )
        change(&head)
        return head
    }

    /// A change to a request that is in order, and what the door says to it: a status, or nil to let it in.
    struct Case: Sendable, CustomTestStringConvertible {
        let why: String
        let status: Int?
        let change: @Sendable (inout RequestHead) -> Void

        var testDescription: String { why }

        init(_ why: String, _ status: Int?, _ change: @escaping @Sendable (inout RequestHead) -> Void) {
            self.why = why
            self.status = status
            self.change = change
        }
    }

    static let cases: [Case] = [
        Case("nothing wrong", nil) { _ in },
        Case("as many header bytes as allowed", nil) { $0.bytes = 100 },
        Case("one header byte too many", 431) { $0.bytes = 101 },
        Case("as many headers as allowed", nil) { $0.headers = ["Host": "a", "b": "", "c": ""] },
        Case("one header too many", 431) { $0.headers = ["Host": "a", "b": "", "c": "", "d": ""] },
        Case("HTTP/1.0 without host", nil) {
            $0.version = "HTTP/1.0"
            $0.headers = [:]
        },
        Case("HTTP/1.1 without host", 400) { $0.headers = [:] },
        Case("an empty host is a host", nil) { $0.headers = ["host": ""] },
        Case("two hosts that agree", 400) { $0.headers.append("HOST", "a") },
        Case("HTTP/2 in a line of text", 505) { $0.version = "HTTP/2.0" },
        Case("no version", 505) { $0.version = "" },
        Case("the root", nil) { $0.target = "/" },
        Case("an empty target", 400) { $0.target = "" },
        Case("an absolute target", 400) { $0.target = "http://a/" },
        Case("a target with a fragment", 400) { $0.target = "/a#b" },
        Case("a target with a blank", 400) { $0.target = "/a b" },
        Case("a target beyond ASCII", 400) { $0.target = "/ä" },
        Case("a blank in a header's name", 400) { $0.headers.append("A ", "b") },
        Case("a header without a name", 400) { $0.headers.append("", "b") },
        Case("a line end in a header's value", 400) { $0.headers.append("A", "b\r\nc") },
        Case("a tab in a header's value", nil) { $0.headers.append("A", "b\tc") },
        Case("a length", nil) { $0.headers.append("Content-Length", "10") },
        Case("a length that is read and thrown away", nil) { $0.headers.append("Content-Length", "80") },
        Case("a length beyond that", 413) { $0.headers.append("Content-Length", "81") },
        Case("a negative length", 400) { $0.headers.append("Content-Length", "-1") },
        Case("a length with a sign", 400) { $0.headers.append("Content-Length", "+1") },
        Case("a list of lengths", 400) { $0.headers.append("Content-Length", "1, 1") },
        Case("an empty length", 400) { $0.headers.append("Content-Length", "") },
        Case("chunks", nil) { $0.headers.append("transfer-encoding", "CHUNKED") },
        Case("chunks twice", 501) { $0.headers.append("Transfer-Encoding", "chunked, chunked") },
        Case("an encoding that hides", 501) { $0.headers.append("Transfer-Encoding", "xchunked") },
        Case("chunks in HTTP/1.0", 501) {
            $0.version = "HTTP/1.0"
            $0.headers.append("Transfer-Encoding", "chunked")
        },
        Case("chunks and a length", 400) {
            $0.headers.append("Transfer-Encoding", "chunked")
            $0.headers.append("Content-Length", "1")
        },
    ]

    @Test(arguments: cases) func theDoorSays(_ example: Case) {
        do throws(Refusal) {
            _ = try Self.door.admit(Self.head(example.change))
            #expect(example.status == nil)
        } catch {
            #expect(error.status == example.status, "\(error.message)")
            #expect(!error.message.isEmpty)
        }
    }

    @Test(arguments: HTTPMethod.allCases) func everyKnownMethodComesIn(_ method: HTTPMethod) throws {
        #expect(try Self.door.admit(Self.head { $0.method = method.rawValue }) == method)
        #expect(throws: Refusal.self) { try Self.door.admit(Self.head { $0.method = method.rawValue.lowercased() }) }
    }

    @Test(arguments: ["TRACE", "CONNECT"]) func aKnownMethodThatIsNotSpokenNamesThoseThatAre(_ method: String) {
        let refusal = #expect(throws: Refusal.self) { try Self.door.admit(Self.head { $0.method = method }) }
        #expect(refusal?.status == 405)
        #expect(refusal?.allow?.contains("GET, HEAD, POST") == true)
    }
}

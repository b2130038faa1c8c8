import Reconciling
import Synchronization
import Testing
import Wire

@testable import Serving

/// The digest and the code say what their standards say.
@Suite struct SealTests {
    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test(
        "SHA-256 of the examples of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]
    )
    func digest(text: String, digest: String) {
        #expect(hex(SHA256.digest(Array(text.utf8))) == digest)
    }

    @Test("SHA-256 of a million times a")
    func long() {
        let digest = SHA256.digest(Array(repeating: UInt8(ascii: "a"), count: 1_000_000))
        #expect(hex(digest) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test("the code of RFC 4231, cases 1, 2 and 6")
    func code() {
        let long = Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
        let cases: [([UInt8], [UInt8], String)] = [
            (
                Array(repeating: 0x0b, count: 20), Array("Hi There".utf8),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                Array(repeating: 0xaa, count: 131), long,
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ]
        for (key, message, code) in cases { #expect(hex(CompletionSeal.code(message, under: key)) == code) }
    }

    @Test("a token fits its own intent and slot, under its own secret, and nothing else")
    func tokens() {
        let seal = CompletionSeal(secret: Array(0..<32))
        let token = seal.token(intent: "training", slot: 1)
        #expect(token.count == 64)
        #expect(seal.fits(token, intent: "training", slot: 1))
        #expect(!seal.fits(token, intent: "training", slot: 11))
        #expect(!seal.fits(token, intent: "1/training", slot: 1))
        #expect(!seal.fits(String(token.dropLast()), intent: "training", slot: 1))
        #expect(!seal.fits("", intent: "training", slot: 1))
        #expect(!CompletionSeal(secret: Array(1..<33)).fits(token, intent: "training", slot: 1))
    }
}

/// Who has the token of a slot can end its task, and nobody can do anything else.
@Suite struct CompletionEndpointTests {
    private static let seal = CompletionSeal(secret: Array(0..<32))

    private func answer(
        _ method: HTTPMethod,
        _ target: String,
        token: String?,
        _ reception: CompletionEndpoint.Reception = .recorded
    ) async -> (status: Int, reported: [String]) {
        let reported = Mutex<[String]>([])
        let endpoint = CompletionEndpoint(seal: Self.seal) { key, slot, outcome in
            reported.withLock { $0.append("\(key.rawValue) \(slot) \(outcome.rawValue)") }
            return reception
        }
        let headers: HTTPHeaders = token.map { ["Authorization": $0] } ?? [:]
        let response = await endpoint.answer(HTTPServerRequest(method, target: target, headers: headers))
        return (response.status, reported.withLock { $0 })
    }

    private var right: String { "Bearer " + Self.seal.token(intent: "team/job", slot: 2) }

    @Test("a report with its token is handed on once")
    func reports() async {
        for (query, words) in [("", "Completed"), ("?outcome=completed", "Completed"), ("?outcome=failed", "Failed")] {
            let heard = await answer(.post, "/complete/team%2Fjob/2\(query)", token: right)
            #expect(heard.status == 202)
            #expect(heard.reported == ["team/job 2 \(words)"])
        }
        let small = await answer(.post, "/complete/team%2Fjob/2", token: right.replacing("Bearer", with: "bearer"))
        #expect(small.status == 202)
    }

    @Test("every answer of the operator has its status")
    func statuses() async {
        let answers: [(CompletionEndpoint.Reception, Int)] = [
            (.recorded, 202), (.heard("done"), 200), (.refused("no"), 409), (.failed, 503),
        ]
        for (reception, status) in answers {
            #expect(await answer(.post, "/complete/team%2Fjob/2", token: right, reception).status == status)
        }
    }

    @Test("nothing is handed on without the right token, path, method and outcome")
    func refused() async {
        let cases: [(HTTPMethod, String, String?, Int)] = [
            (.get, "/complete/team%2Fjob/2", right, 405), (.post, "/complete/team%2Fjob/2", nil, 401),
            (.post, "/complete/team%2Fjob/2", "Bearer 00", 401), (.post, "/complete/team%2Fjob/1", right, 401),
            (.post, "/complete/other/2", right, 401), (.post, "/complete/team%2Fjob", right, 400),
            (.post, "/complete/team%2Fjob/x", right, 400), (.post, "/complete/team%2Fjob/-2", right, 400),
            (.post, "/complete/team%2Fjob/2?outcome=odd", right, 400),
            (.post, "/complete/team%2Fjob/2", String(right.dropFirst(7)), 401),
        ]
        for (method, target, token, status) in cases {
            let answer = await answer(method, target, token: token)
            #expect(answer.status == status && answer.reported.isEmpty, "\(target)")
        }
    }

    @Test("only its own paths are meant for it")
    func meant() {
        #expect(CompletionEndpoint.isMeant(by: HTTPServerRequest(.post, target: "/complete/a/0")))
        for target in ["/", "/healthz", "/completed/a/0"] {
            #expect(!CompletionEndpoint.isMeant(by: HTTPServerRequest(.get, target: target)))
        }
    }
}

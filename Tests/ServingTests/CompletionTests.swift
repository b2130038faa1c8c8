import Reconciling
import Testing
import Wire

@testable import Serving

/// Who has the token of a slot can end its task, and nobody can do anything else.
@Suite struct CompletionEndpointTests {
    private static let seal = CompletionSeal(secret: Array(0..<32))

    private func answer(
        _ method: HTTPMethod,
        _ target: String,
        token: String?,
        _ reception: CompletionEndpoint.Reception = .recorded
    ) async -> (status: Int, reported: [String]) {
        let reported = Locked<[String]>([])
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

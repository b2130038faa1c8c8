import FLARE
import Intents
import Placement
import Reconciling
import Testing

/// How cancelling and looking are sorted.
@Suite struct FLAREDeleteTests {
    private static func refusal(_ call: String, _ status: Int, _ body: String = "{}") async -> PlatformError? {
        let (platform, _) = Fixtures.platform([
            Fixtures.resources: [.json(200, #"{"available_gpus":[]}"#)], call: [.json(status, body)],
        ])
        return await failure { () async throws(PlatformError) in
            if call == Fixtures.delete {
                try await platform.delete(Fixtures.id)
            } else {
                _ = try await platform.observe(Fixtures.id)
            }
        }
    }

    @Test(arguments: [(200, "{}"), (202, "null"), (204, ""), (200, "<html>")])
    func acceptedIsAcceptedWhateverTheBody(status: Int, body: String) async {
        #expect(await Self.refusal(Fixtures.delete, status, body) == nil)
    }

    @Test(arguments: [Fixtures.delete, Fixtures.get])
    func everyRefusalIsSorted(call: String) async {
        let expected: [Int: PlatformError.Consequence] = [
            401: .pausePlatform, 402: .wait(nil), 403: .pausePlatform, 404: .gone, 410: .gone, 429: .wait(nil),
        ]
        for status in 300..<600 {
            let problem = await Self.refusal(call, status)
            #expect(problem?.consequence == expected[status] ?? .retry(after: nil), "\(status)")
        }
    }

    @Test func aRefusedTokenIsNeverGone() async {
        let problem = await Self.refusal(Fixtures.get, 404, #"{"code":"INVALID_TOKEN"}"#)
        #expect(problem?.consequence == .pausePlatform)
    }

    @Test func notFoundIsBelievedOnlyWhereSomethingHasAnswered() async {
        for (probe, consequence): (ScriptedTransport.Turn, PlatformError.Consequence) in [
            (.json(200, Fixtures.resourcesReply), .gone), (.json(404, "{}"), .retry(after: nil)),
            (.json(502, ""), .retry(after: nil)), (.json(200, "<html>"), .retry(after: nil)),
        ] {
            let (platform, _) = Fixtures.platform([Fixtures.resources: [probe], Fixtures.delete: [.json(404, "{}")]])
            let problem = await failure { () async throws(PlatformError) in try await platform.delete(Fixtures.id) }
            #expect(problem?.consequence == consequence)
        }
    }
}

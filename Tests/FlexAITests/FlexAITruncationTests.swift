import FlexAI
import Intents
import Placement
import Reconciling
import Testing

/// Replies that were cut short at any byte, which a dead connection or a broken proxy makes.
@Suite struct FlexAITruncationTests {
    private static func cuts(_ reply: String) -> [[UInt8]] {
        let bytes = Array(reply.utf8)
        return bytes.indices.map { Array(bytes[..<$0]) }
    }

    @Test func aCutCreateReplyIsUnknownAndMakesNoIdUp() async {
        for cut in Self.cuts(Fixtures.instanceReply) {
            let (platform, _) = Fixtures.platform([Fixtures.create: [.reply(201, cut, [:])]])
            guard case .unknown(let problem) = await platform.create(Fixtures.prepared) else {
                Issue.record("\(cut.count) bytes were believed")
                continue
            }
            #expect(problem.consequence == .unknown)
        }
    }

    @Test func aCutListingIsNeverEmptyAndNeverShorter() async {
        let reply = #"{"instances":[{"instance_id":"inst-1","status":"running"},{"instance_id":"inst-2"}],"count":2}"#
        for shape in [reply, "[{\"id\":\"inst-1\"},{\"id\":\"inst-2\"}]", #"{"instances":[]}"#] {
            for cut in Self.cuts(shape) {
                let (platform, _) = Fixtures.platform([Fixtures.list: [.reply(200, cut, [:])]])
                let problem = await failure { () async throws(PlatformError) in _ = try await platform.list() }
                #expect(problem?.code == "MALFORMED_REPLY", "\(cut.count) bytes were believed")
                #expect(problem?.consequence == .retry(after: nil))
            }
        }
    }

    @Test func cutOffersAndInstancesAreTriedAgain() async {
        for cut in Self.cuts(Fixtures.typesReply) {
            let (platform, _) = Fixtures.platform([Fixtures.types: [.reply(200, cut, [:])]])
            let problem = await failure { () async throws(PlatformError) in _ = try await platform.offers() }
            #expect(problem?.consequence == .retry(after: nil))
        }
        for cut in Self.cuts(Fixtures.instanceReply) {
            let (platform, _) = Fixtures.platform([Fixtures.get: [.reply(200, cut, [:])]])
            let problem = await failure { () async throws(PlatformError) in _ = try await platform.observe(Fixtures.id)
            }
            #expect(problem?.consequence == .retry(after: nil))
        }
    }

    @Test func aCutErrorIsSortedByItsStatus() async {
        for cut in Self.cuts(#"{"detail":"out of credit","code":"QUOTA_EXCEEDED"}"#) {
            let (platform, _) = Fixtures.platform([Fixtures.create: [.reply(402, cut, [:])]])
            guard case .notCreated(let problem) = await platform.create(Fixtures.prepared) else {
                Issue.record("402 is not created")
                continue
            }
            #expect(problem.consequence == .wait(nil))
        }
    }
}

import Documents
import Reconciling
import Testing

@testable import Simulation

/// FLARE's ways of saying no, in both dialects.
@Suite struct FLARERefusalTests {
    private static let refusals: [FLARERefusal] = [
        .notFound, .wrongMethod, .wrongType, .format("what"), .missing("intent.objective"),
        .unserved("INSUFFICIENT_RESOURCES", "none free"),
        FLARERefusal(status: 401, code: "TOKEN_EXPIRED", message: "API token has expired"),
        FLARERefusal(status: 403, code: "INSUFFICIENT_PERMISSIONS", message: "not allowed"),
        FLARERefusal(status: 422, code: "COST_LIMIT_EXCEEDED", message: "too dear"),
        FLARERefusal(status: 429, code: "QUOTA_EXCEEDED", message: "enough"),
    ]

    @Test(arguments: refusals.indices)
    func documentedRefusalHasItsCodeAndItsWords(_ place: Int) {
        let refusal = Self.refusals[place]
        let answer = Answer(refusal.reply(.seed))
        #expect(answer.status == refusal.status)
        #expect(answer.text("message") == refusal.message)
        let isAboutAccess = [401, 403, 404, 405, 415].contains(refusal.status)
        #expect(answer.text("code") == (isAboutAccess ? refusal.code : nil))
        #expect(answer.text("error_code") == (isAboutAccess ? nil : refusal.code))
        #expect(answer.text("status") == (isAboutAccess ? nil : "error"))
    }

    @Test(arguments: refusals.indices)
    func newerRefusalHasAContextAndANumericStatus(_ place: Int) {
        let refusal = Self.refusals[place]
        let answer = Answer(refusal.reply(.head))
        #expect(answer.status == refusal.status)
        #expect(answer.text("error") == refusal.message)
        #expect(answer.text("context", "code") == refusal.code)
        #expect(answer.number("status") == refusal.status)
    }

    @Test(arguments: [
        (401, "unauthorized"), (403, "forbidden"), (404, "not_found"), (405, "method_not_allowed"),
        (415, "unsupported_media_type"),
    ])
    func accessRefusalsHaveAWord(_ status: Int, _ word: String) {
        let refusal = FLARERefusal(status: status, code: "X", message: "m")
        #expect(Answer(refusal.reply(.seed)).text("error") == word)
    }

    @Test func suggestionsAreLeftOutWhereThereAreNone() {
        let plain = FLARERefusal.unserved("INSUFFICIENT_RESOURCES", "none free")
        #expect(Answer(plain.reply(.seed)).body["suggestions"] == nil)
        let helpful = FLARERefusal.unserved(
            "GPU_MODEL_UNAVAILABLE",
            "none",
            [FLARERefusal.Suggestion(alternative: "a", costDifference: "+1%", performanceImpact: "")]
        )
        #expect(Answer(helpful.reply(.seed)).entries("suggestions").count == 1)
    }
}

import Documents
import Kubernetes
import Reconciling
import StandInCluster
import Testing

/// The stand-in beside the recorded exchanges: the same story, told to both.
@Suite(.timeLimit(.minutes(10))) struct StandInTests {
    @Test func theStandInAnswersAsTheRealServerDid() async throws {
        let transcripts = try Transcript.all()
        let differences = try World.play(kinds: StandInStory.kinds, namespaces: ["default", "term"]) { world in
            try await StandInStory(world: world).play(transcripts)
        }
        #expect(differences.isEmpty, "\n\(differences.joined(separator: "\n"))")
    }

    @Test func everyTranscriptIsPlayedOrHasAReasonNotToBe() throws {
        let names = Set(try Transcript.all().map(\.name))
        #expect(names.isSuperset(of: StandInStory.leftOut.keys))
        #expect(names.count - StandInStory.leftOut.count >= 80)
    }

    @Test func faultsOnCommandSpeakAsTheServerDid() async throws {
        let cases: [(transcript: String, refusal: StandInRefusal)] = [
            ("too_many_requests", .tooManyRequests("Too many requests, please try again later.", asText: true)),
            ("too_many_requests_initializing", .tooManyRequests("storage is (re)initializing", asText: false)),
            ("crd_just_created", .tooManyRequests("storage is (re)initializing", asText: false)),
            ("crd_deleted_list", .noSuchPath),
            ("list_rv_in_future", .tooLargeVersion(asked: 99_999_999, current: 216)),
            ("watch_rv_invalid", .internalError("resourceVersion: Invalid value: \"abc\": strconv")),
        ]
        for (name, refusal) in cases {
            let recorded = try #require(try Transcript.named(name).exchanges.first)
            let outcome = try await TranscriptTests.outcome(of: recorded)
            let standIn = try World.play { world in
                world.cluster.trap(.refused(refusal)) { _, _ in true }
                do throws(APIError) {
                    _ = try await world.client.get(.intents, World.name("a"))
                    return "no error"
                } catch {
                    return "\(error.consequence.words) [\(error.code)]"
                }
            }
            #expect(outcome == standIn, "\(name)")
        }
    }
}

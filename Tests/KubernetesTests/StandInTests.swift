import Documents
import Kubernetes
import Reconciling
import StandInCluster
import Testing

/// The stand-in beside the recorded exchanges: the same story, told to both.
@Suite(.timeLimit(.minutes(1))) struct StandInTests {
    @Test func theStandInAnswersAsTheRealServerDid() async throws {
        let transcripts = try Transcript.all()
        let differences = try World.play(kinds: StandInStory.kinds) { world in
            try await StandInStory(world: world).play(transcripts)
        }
        #expect(differences.isEmpty, "\n\(differences.joined(separator: "\n"))")
    }

    @Test func everyTranscriptIsPlayedOrHasAReasonNotToBe() throws {
        let names = Set(try Transcript.all().map(\.name))
        #expect(names.isSuperset(of: StandInStory.leftOut.keys))
        #expect(names.count - StandInStory.leftOut.count >= 80)
    }
}

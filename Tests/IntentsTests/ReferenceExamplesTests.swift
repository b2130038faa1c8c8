import Documents
import Testing

@testable import Intents

/// The reference's examples are read as they stand, and written back to the same intents.
struct ReferenceExamplesTests {
    @Test(arguments: ReferenceExamples.all)
    func readsWithoutAnyFinding(text: String) throws {
        let reading = IntentReader.read(Array(text.utf8), file: "intent.json")
        #expect(reading.diagnostics.isEmpty)
        #expect(reading.intents.count == 1)
    }

    @Test(arguments: ReferenceExamples.all)
    func survivesBeingWrittenInEitherForm(text: String) throws {
        let intent = try #require(IntentReader.read(Array(text.utf8), file: "intent.json").intents.first?.intent)
        let flare = DocumentPrinter.json(IntentEncoder.flare(intent.spec))
        #expect(IntentReader.read(Array(flare.utf8), file: "a.json").intents.map(\.intent) == [intent])
        let complete = DocumentPrinter.json(IntentEncoder.flare(intent.spec, .complete))
        #expect(IntentReader.read(Array(complete.utf8), file: "a.json").intents.map(\.intent) == [intent])
        let yaml = DocumentPrinter.yaml(IntentEncoder.document(intent))
        #expect(IntentReader.read(Array(yaml.utf8), file: "a.yaml").intents.map(\.intent) == [intent])
    }
}

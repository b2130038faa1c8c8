import Documents
import Intents

/// Intents: what is taken can be written in both formats and read back the same; what is not says where and why.
enum FuzzTarget {
    static func run(_ bytes: [UInt8]) {
        let isJSON = bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "[")
        let reading = IntentReader.read(bytes, file: isJSON ? "a.json" : "a.yaml")
        let places = Places(bytes, isJSON ? .json : .yaml)
        for diagnostic in reading.diagnostics { places.contain(diagnostic) }
        for read in reading.intents {
            places.contain(read.position, "an intent")
            claim(read.problems.allSatisfy { $0.severity == .warning }, "an intent with an error")
            claim(!read.intent.name.isEmpty, "an intent without a name")
            expectWritten(read.intent)
        }
        claim(reading.hasErrors == reading.diagnostics.contains { $0.severity == .error }, "errors are errors")
        claim(!reading.intents.isEmpty || reading.hasErrors || isBare(bytes, isJSON), "silence")
    }

    /// Whether a file holds nothing, or nothing but empty lists.
    private static func isBare(_ bytes: [UInt8], _ isJSON: Bool) -> Bool {
        do throws(Diagnostic) {
            let documents = try DocumentParser.parse(bytes, file: "a", format: isJSON ? .json : .yaml)
            return documents.allSatisfy { $0.root.isNull || $0.root["items"]?.sequence?.isEmpty == true }
        } catch {
            return false
        }
    }

    private static func expectWritten(_ intent: Intent) {
        let document = IntentEncoder.document(intent)
        let texts = [("b.yaml", DocumentPrinter.yaml(document)), ("b.json", DocumentPrinter.json(document))]
        for (file, text) in texts {
            let again = IntentReader.read(Array(text.utf8), file: file)
            claim(!again.hasErrors, "what was written is refused: \(again.diagnostics)\n\(text)")
            claim(again.intents.map(\.intent) == [intent], "read back as another intent:\n\(text)")
            claim(again.intents.first?.intent.fingerprints == intent.fingerprints, "another fingerprint:\n\(text)")
        }
        let complete = DocumentPrinter.json(.mapping([("intent", IntentEncoder.spec(intent.spec, .complete))]))
        let full = IntentReader.read(Array(complete.utf8), file: "c.json")
        claim(full.intents.first?.intent.spec == intent.spec, "with every default written, another spec: \(complete)")
    }
}

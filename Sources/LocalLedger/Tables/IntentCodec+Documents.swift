import Documents
import Intents

extension IntentCodec {
    /// The Kubernetes form as one line of JSON, read back by the reader of people's files.
    package static let document = IntentCodec(
        encode: { intent in DocumentPrinter.json(IntentEncoder.document(intent)) },
        decode: { text in
            do throws(Diagnostic) {
                let root = try DocumentParser.json(Array(text.utf8))
                let reading = IntentReader.read([Document(file: "ledger", index: 0, root: root)])
                guard !reading.hasErrors, reading.intents.count == 1 else { return nil }
                return reading.intents.first?.intent
            } catch {
                return nil
            }
        }
    )
}

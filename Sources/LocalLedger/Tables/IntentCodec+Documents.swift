import Documents
import Intents

extension IntentCodec {
    /// The Kubernetes form as one line of JSON, read back by the reader of people's files.
    package static let document = IntentCodec(
        encode: { intent in DocumentPrinter.json(IntentEncoder.document(intent)) },
        decode: { text in
            guard
                let documents = try? DocumentParser.parse(
                    Array(text.utf8),
                    file: "ledger",
                    format: .json,
                    limits: .reply
                )
            else { return nil }
            let reading = IntentReader.read(documents)
            guard !reading.hasErrors, reading.intents.count == 1 else { return nil }
            return reading.intents.first?.intent
        }
    )
}

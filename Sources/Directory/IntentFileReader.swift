import Documents
import Intents
package import Reconciling

/// How a file's bytes become intents.
package struct IntentFileReader: Sendable {
    /// The intents of a file's bytes, and what is wrong with them.
    package let read: @Sendable (_ bytes: [UInt8], _ file: String) -> SourceFile

    /// A reader of one's own.
    package init(read: @escaping @Sendable (_ bytes: [UInt8], _ file: String) -> SourceFile) { self.read = read }

    /// The reader of FLARE's JSON and YAML and of the Kubernetes form.
    package static let standard = IntentFileReader { bytes, file in
        let reading = IntentReader.read(bytes, file: file)
        return SourceFile(
            name: file,
            intents: reading.intents.map { SourcedIntent(intent: $0.intent, position: $0.position) },
            diagnostics: reading.diagnostics,
            text: reading.diagnostics.contains { $0.severity == .error } ? bytes : []
        )
    }
}

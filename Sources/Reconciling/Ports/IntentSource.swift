package import Documents
package import Intents

/// Where intents come from: a directory, a git checkout, Kubernetes.
///
/// Promises: a source reports what it read, never what it concludes; trouble is reported as trouble, so that
/// unreachable is never taken for gone.
package protocol IntentSource: Sendable {
    /// Reports until it is cancelled; the first complete look comes first. Each report is taken before the next is made.
    func run(reporting report: @escaping @Sendable (SourceReport) async -> Void) async throws
}

/// What a source has seen.
package enum SourceReport: Sendable {
    /// Files that were looked at out of turn, because something happened to them: all that was seen at that moment.
    case files([SourceFile])
    /// A complete look: the files whose content is new, and the names of all that are there.
    case look(changed: [SourceFile], present: Set<String>)
    /// The source cannot be read now; nothing may be concluded from it.
    case unavailable(reason: String)
}

/// One file as a source read it.
package struct SourceFile: Sendable {
    /// Its name, as people know it.
    package var name: String
    /// The intents in it that are good.
    package var intents: [SourcedIntent]
    /// What is wrong with it; with an error here, what is missing from `intents` is not withdrawn.
    package var diagnostics: [Diagnostic]
    /// What stands in it, where it has an error; empty where it is good, or nobody knows what stands there.
    ///
    /// An intent that it names may be in the part that cannot be read.
    package var text: [UInt8]

    /// A file from its parts.
    package init(name: String, intents: [SourcedIntent], diagnostics: [Diagnostic], text: [UInt8] = []) {
        self.name = name
        self.intents = intents
        self.diagnostics = diagnostics
        self.text = text
    }
}

/// An intent and where it was written.
package struct SourcedIntent: Sendable {
    /// The intent.
    package let intent: Intent
    /// The fingerprints of its spec, taken by whoever read it: sources read on threads of their own.
    package let fingerprints: IntentFingerprints
    /// Where its document starts.
    package let position: Position

    /// An intent at a place.
    package init(intent: Intent, position: Position) {
        self.intent = intent
        self.position = position
        fingerprints = intent.fingerprints
    }
}

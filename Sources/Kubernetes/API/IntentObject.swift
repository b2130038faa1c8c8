package import Documents
package import Intents
package import Reconciling

/// An Intent as it lies in the cluster, without what is not needed.
package struct IntentObject: Hashable, Sendable {
    /// Its head.
    package var metadata: ObjectMetadata
    /// What it says; nil where it cannot be used.
    package var intent: Intent?
    /// What is wrong with it, and what a person should look at.
    package var diagnostics: [Diagnostic]
    /// The generation that its status speaks of; nil where it has none.
    package var observedGeneration: Int?
    /// The last `reconcile-at` that was answered.
    package var reconciledAt: String?

    /// Reads an Intent; one whose spec makes no sense is read as such, and does not fail a list.
    package init(_ node: Node) throws(MalformedObject) {
        try self.init(head: node)
        read(node)
    }

    /// Reads an Intent's head and what its status says of the work, and leaves its spec alone.
    package init(head node: Node) throws(MalformedObject) {
        metadata = try ObjectMetadata(ObjectFields(node, path: ""))
        diagnostics = []
        observedGeneration = node["status"]?["observedGeneration"]?.integer.map { Int($0) }
        reconciledAt = node["status"]?["reconciledAt"]?.string
    }

    /// Reads the spec too.
    package mutating func read(_ node: Node) {
        let document = Document(file: metadata.name.description, index: 0, root: node)
        let reading = IntentReader.read([document])
        intent = reading.intents.first?.intent.asWished(by: metadata.annotations)
        diagnostics = reading.diagnostics
    }

    /// The key under which it is kept.
    package var key: IntentKey { metadata.name.key }
}

extension Intent {
    /// The intent as its object wishes it: what annotations ask stands over the spec; of the annotations only the
    /// priority is kept.
    ///
    /// An annotation that is removed is as good as resumed.
    package func asWished(by annotations: [String: String]) -> Intent {
        var intent = self
        intent.annotations = annotations.filter { $0.key == Self.priorityAnnotation }
        if let text = annotations[OwnAnnotation.suspend] { intent.spec.suspend = Suspension(annotation: text) }
        if let text = annotations[OwnAnnotation.pause] { intent.spec.paused = Pause(annotation: text) }
        return intent
    }
}

extension Suspension {
    /// Reads an annotation: JSON with `reason`, `until` and `mode`, or a reason alone.
    package init(annotation text: String) {
        self.init()
        reason = text
        guard text.first == "{" else { return }
        do {
            let node = try DocumentParser.json(Array(text.utf8))
            let moment = try node["until"]?.string.map { try Timestamp(parsing: $0) }
            reason = node["reason"]?.string ?? ""
            until = moment
            mode = node["mode"]?.string.flatMap(Mode.init(rawValue:)) ?? .release
        } catch {
            // Read as a reason: suspended all the same, since that is what was asked.
        }
    }

    /// As it is written into an annotation.
    package var annotation: String {
        guard until != nil || mode != .release || reason.first == "{" else { return reason }
        return DocumentPrinter.json(
            .mapping(droppingNil: [
                "reason": .string(reason), "until": until.map { .string($0.text) }, "mode": .string(mode.rawValue),
            ])
        )
    }
}

extension Pause {
    /// Reads an annotation: JSON with `reason` and `until`, or a reason alone.
    package init(annotation text: String) {
        self.init()
        reason = text
        guard text.first == "{" else { return }
        do {
            let node = try DocumentParser.json(Array(text.utf8))
            let moment = try node["until"]?.string.map { try Timestamp(parsing: $0) }
            reason = node["reason"]?.string ?? ""
            until = moment
        } catch {
            // Read as a reason: paused all the same, since that is what was asked.
        }
    }

    /// As it is written into an annotation.
    package var annotation: String {
        guard until != nil || reason.first == "{" else { return reason }
        return DocumentPrinter.json(
            .mapping(droppingNil: ["reason": .string(reason), "until": until.map { .string($0.text) }])
        )
    }
}

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

    /// Reads an Intent; one whose spec makes no sense is read as such, and does not fail a list.
    package init(_ node: Node) throws(MalformedObject) {
        metadata = try ObjectMetadata(ObjectFields(node, path: ""))
        let document = Document(file: metadata.name.description, index: 0, root: node)
        let reading = IntentReader.read([document])
        intent = reading.intents.first?.intent
        diagnostics = reading.diagnostics
    }

    /// The key under which it is kept.
    package var key: IntentKey { metadata.name.key }
}

/// What the operator has written into an Intent's status, besides what people are shown.
package struct IntentBookkeeping: Equatable, Sendable {
    /// What people are shown, as it stands there; nil where nothing does.
    package var status: Node?
    /// Its money and tries.
    package var account: AccountNote?
    /// The last `reconcile-at` that was answered.
    package var reconciledAt: String?

    /// Reads the `status` of an Intent; what is malformed is taken for absent, and written anew.
    package init(_ node: Node) {
        status = node["status"]?["conditions"] == nil ? nil : node["status"]
        reconciledAt = node["status"]?["reconciledAt"]?.string
        do throws(MalformedObject) {
            account = try ObjectFields(node, path: "").optionalPart("status")?.optionalPart("account")
                .map { fields throws(MalformedObject) in try AccountNote(fields) }
        } catch {
            account = nil
        }
    }
}

import Documents
import Intents
import Reconciling

/// An Intent's last good spec and its generation, as the annotation has them: what is held was bought for it, whatever
/// the object has turned into since.
struct LastGood: Hashable, Sendable {
    /// Counts the changes of the work, as the operator counts.
    var generation: Int
    /// The intent.
    var intent: Intent

    /// What an intent's annotation is to say.
    init(_ stored: StoredIntent) {
        generation = stored.generation
        intent = stored.intent
    }

    /// Reads the annotation; nil where it makes no sense to this version.
    init?(text: String) {
        do throws(Diagnostic) {
            let node = try DocumentParser.json(Array(text.utf8))
            guard let generation = node["generation"]?.integer, let document = node["intent"] else { return nil }
            let reading = IntentReader.read([Document(file: "annotation", index: 0, root: document)])
            guard let intent = reading.intents.first?.intent, !reading.hasErrors else { return nil }
            self.generation = Int(generation)
            self.intent = intent
        } catch {
            return nil
        }
    }

    /// The annotation.
    var text: String {
        DocumentPrinter.json(
            .mapping(["generation": .integer(generation), "intent": IntentEncoder.document(intent)])
        )
    }
}

extension HeldWithdrawals {
    /// The longest list that fits an annotation, in bytes; a longer one is judged anew after a restart.
    static let annotationLimit = 128 << 10

    /// Reads the annotation of the Lease; nil where it makes no sense.
    init?(annotation text: String) {
        do {
            let fields = try ObjectFields(try DocumentParser.json(Array(text.utf8)), path: "")
            self.init(
                token: try fields.text("token"),
                keys: try fields.texts("keys").map(IntentKey.init(rawValue:)),
                since: try fields.moment("since"),
                total: try fields.integer("total")
            )
        } catch {
            return nil
        }
    }

    /// The annotation; nil where it is too long for one.
    var annotation: String? {
        let text = DocumentPrinter.json(
            .mapping([
                "token": .string(token),
                "since": .string(since.text),
                "total": .integer(total),
                "keys": .list(keys.map { .string($0.rawValue) }),
            ])
        )
        return text.utf8.count <= Self.annotationLimit ? text : nil
    }
}

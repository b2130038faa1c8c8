package import Documents

/// Turns documents into intents and says everything that is wrong with them.
package enum IntentReader {
    /// The intents of some documents.
    ///
    /// A document with an error gives no intent but all of its diagnostics; the others give theirs all the same. Of two
    /// intents of one file with the same name (and namespace) the second is an error.
    package static func read(_ documents: [Document], vocabulary: Vocabulary = .standard) -> IntentReading {
        var reading = IntentReading()
        var names: [Key: Position] = [:]
        for document in documents {
            for item in IntentItem.items(of: document) {
                add(item, vocabulary, to: &reading, &names)
            }
        }
        return reading
    }

    /// The intents of a file, whose name says which format it has; YAML where it does not say.
    ///
    /// A file that does not parse gives one diagnostic and no intent.
    package static func read(_ bytes: [UInt8], file: String, vocabulary: Vocabulary = .standard) -> IntentReading {
        do throws(Diagnostic) {
            let format = DocumentFormat(fileName: file) ?? .yaml
            return read(try DocumentParser.parse(bytes, file: file, format: format), vocabulary: vocabulary)
        } catch {
            var reading = IntentReading()
            reading.diagnostics = [error]
            return reading
        }
    }

    /// What no two intents of one file may share.
    private struct Key: Hashable {
        /// The file's name.
        let file: String
        /// The namespace in Kubernetes.
        let namespace: String?
        /// The intent's name.
        let name: String
    }

    private static func add(
        _ item: IntentItem,
        _ vocabulary: Vocabulary,
        to reading: inout IntentReading,
        _ names: inout [Key: Position]
    ) {
        var findings = Findings(file: item.document.file, vocabulary: vocabulary)
        if let index = item.index {
            findings.enter(.key("items"))
            findings.enter(.index(index))
        }
        if let (intent, nameStep, namePosition) = item.decode(&findings), findings.errors == 0 {
            let key = Key(file: item.document.file, namespace: intent.namespace, name: intent.name)
            if let first = names[key] {
                let message = "\(intent.name) is taken already, on line \(first.line) of this file; names are unique"
                findings.error(at: namePosition, message, path: nameStep)
            } else {
                names[key] = namePosition
                let read = ReadIntent(
                    intent: intent,
                    documentIndex: item.document.index,
                    position: item.node.position,
                    problems: findings.diagnostics
                )
                reading.intents.append(read)
            }
        }
        reading.diagnostics += findings.diagnostics
    }
}

import Documents
import Intents
import Reconciling

/// Builds the source that the settings name.
enum IntentSources {
    /// The directories and files of `--intents`.
    static func directory(
        _ settings: Settings,
        time: SystemTimekeeper,
        _ warn: @escaping @Sendable (String) -> Void
    ) -> any IntentSource {
        PollingSource(paths: settings.intents, time: time)
    }
}

struct PollingSource: IntentSource {
    let paths: [String]
    let time: SystemTimekeeper
    func run(reporting report: @escaping @Sendable (SourceReport) async -> Void) async throws {
        while true {
            var files: [SourceFile] = []
            do {
                for path in paths {
                    for name in try SystemFiles.names(path).sorted() where DocumentFormat(fileName: name) != nil {
                        let file = path + "/" + name
                        let reading = IntentReader.read(try SystemFiles.read(file), file: file)
                        files.append(
                            SourceFile(
                                name: file,
                                intents: reading.intents.map {
                                    SourcedIntent(intent: $0.intent, position: $0.position)
                                },
                                diagnostics: reading.diagnostics
                            )
                        )
                    }
                }
                await report(.look(changed: files, present: Set(files.map(\.name))))
            } catch {
                await report(.unavailable(reason: "\(error)"))
            }
            try await time.sleep(until: time.uptime + .seconds(1))
        }
    }
}

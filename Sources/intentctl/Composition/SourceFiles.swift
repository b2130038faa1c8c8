import Documents
import Intents

/// Reads intent files for commands that look once.
enum SourceFiles {
    /// The intents in some files and directories; throws the first thing that is wrong.
    static func intents(at paths: [String]) throws(CommandError) -> [Intent] {
        var intents: [Intent] = []
        for path in paths {
            let files: [String]
            do throws(FileTrouble) {
                switch try SystemFiles.kind(path) {
                case .file: files = [path]
                case .directory:
                    files = try SystemFiles.names(path).sorted()
                        .filter { !$0.hasPrefix(".") && DocumentFormat(fileName: $0) != nil }
                        .map { path + "/" + $0 }
                }
                for file in files {
                    let reading = IntentReader.read(try SystemFiles.read(file), file: file)
                    if let error = reading.diagnostics.first(where: { $0.severity == .error }) {
                        throw FileTrouble(error.description)
                    }
                    intents += reading.intents.map(\.intent)
                }
            } catch {
                throw CommandError("\(path): \(error.reason)")
            }
        }
        return intents
    }
}

import Documents
import Intents
import Reconciling

/// Finds and checks intent files as a run would read them.
struct IntentFiles: Sendable {
    private let files: Files

    /// The deepest nesting of directories that is followed, so that a circle of links ends.
    static let deepest = 32

    /// A reader of files.
    init(_ files: Files) { self.files = files }

    /// Reads every path, directories with all that is in them, and says everything that is wrong.
    ///
    /// In a directory only names that end in `.json`, `.yaml` or `.yml` count, and none that begins with a point. Of two
    /// intents with one name the one in the file that comes first in path order stays; the other is an error.
    func check(_ paths: [String]) -> ValidationFindings {
        var findings = ValidationFindings()
        var found: [String] = []
        for path in paths { collect(path, depth: 0, into: &found, &findings) }
        var owners: [String: String] = [:]
        var seen: Set<String> = []
        for file in found.sorted() where seen.insert(file).inserted {
            check(file, &owners, &findings)
        }
        return findings
    }

    /// Adds the files behind a path.
    private func collect(_ path: String, depth: Int, into found: inout [String], _ findings: inout ValidationFindings) {
        do throws(FileTrouble) {
            switch try files.kind(path) {
            case .file: found.append(path)
            case .directory:
                guard depth < Self.deepest else { throw FileTrouble("directories are nested too deeply") }
                for name in try files.names(path).sorted() where !name.hasPrefix(".") {
                    try collect(name, in: path, depth, &found, &findings)
                }
            }
        } catch {
            findings.diagnostics.append(Self.trouble(path, error))
        }
    }

    private func collect(
        _ name: String,
        in directory: String,
        _ depth: Int,
        _ found: inout [String],
        _ findings: inout ValidationFindings
    ) throws(FileTrouble) {
        let path = directory.hasSuffix("/") ? directory + name : directory + "/" + name
        let isWanted = DocumentFormat(fileName: name) != nil
        let kind: Files.Kind
        do throws(FileTrouble) { kind = try files.kind(path) } catch {
            // A link that leads nowhere matters only where it would have been read.
            guard isWanted else { return }
            throw error
        }
        if kind == .directory {
            collect(path, depth: depth + 1, into: &found, &findings)
        } else if isWanted {
            found.append(path)
        }
    }

    /// Reads one file.
    private func check(_ file: String, _ owners: inout [String: String], _ findings: inout ValidationFindings) {
        findings.files += 1
        do throws(FileTrouble) {
            let reading = IntentReader.read(try files.read(file), file: file)
            findings.diagnostics += reading.diagnostics
            for read in reading.intents {
                let name = [read.intent.namespace, read.intent.name].compactMap(\.self).joined(separator: "/")
                if let owner = owners[name] {
                    let message = "\(name) is taken already by \(owner); names are unique"
                    findings.diagnostics.append(
                        Diagnostic(file: file, position: read.position, field: "metadata.name", message: message)
                    )
                } else {
                    owners[name] = file
                    findings.intents += 1
                }
            }
        } catch {
            findings.diagnostics.append(Self.trouble(file, error))
        }
    }

    private static func trouble(_ path: String, _ trouble: FileTrouble) -> Diagnostic {
        Diagnostic(file: path, position: .start, message: trouble.reason)
    }
}

import Documents
import Testing

@testable import Intents

/// What reading a YAML text gives.
func read(_ yaml: String, file: String = "intent.yaml") -> IntentReading {
    IntentReader.read(Array(yaml.utf8), file: file)
}

/// The findings of a YAML text, as a person sees them.
func findings(_ yaml: String) -> [String] { read(yaml).diagnostics.map(\.description) }

/// The only intent of a YAML text in which nothing is wrong.
func readIntent(_ yaml: String, location: SourceLocation = #_sourceLocation) throws -> Intent {
    let reading = read(yaml)
    #expect(reading.diagnostics.isEmpty, sourceLocation: location)
    return try #require(reading.intents.first?.intent, sourceLocation: location)
}

/// A small valid intent in FLARE's form with more lines inside `workload`, inside `intent`, or another type.
func flare(type: String = "service", workload: String = "", resources: String = "{}", more: String = "") -> String {
    let lines = """
        intent:
          objective: Cost_Minimization
          workload:
            type: \(type)
            name: small
            image: app
            resources: \(resources)
        """
    let inner = workload.split(separator: "\n").map { "\n    \($0)" }.joined()
    let outer = more.split(separator: "\n").map { "\n  \($0)" }.joined()
    return lines + inner + outer + "\n"
}

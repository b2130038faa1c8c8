import Documents
import Testing

@testable import Intents

/// How important an intent is: read from its annotation, and refused where it is no number.
@Suite struct PriorityTests {
    private func read(_ annotation: String) -> IntentReading {
        let text = """
            apiVersion: intent-operator.dev/v1alpha1
            kind: Intent
            metadata:
              name: search
              annotations:
                other: "x"
            \(annotation)
            spec:
              objective: Cost_Minimization
              workload: {type: service, name: search, image: jupyter/base, resources: {gpu: {count: 1}}}
            """
        return IntentReader.read(Array(text.utf8), file: "search.yaml")
    }

    @Test(
        "a whole number is a priority",
        arguments: [("0", 0), ("7", 7), ("-3", -3), ("1000000", 1_000_000), ("-1000000", -1_000_000)]
    )
    func good(text: String, priority: Int) throws {
        let reading = read("    intent-operator.dev/priority: \"\(text)\"")
        #expect(reading.diagnostics.isEmpty)
        #expect(try #require(reading.intents.first).intent.priority == priority)
    }

    @Test("nobody says: 0")
    func none() throws {
        #expect(try #require(read("").intents.first).intent.priority == 0)
        #expect(Intent(name: "a", annotations: [Intent.priorityAnnotation: "high"], spec: IntentSpec()).priority == 0)
    }

    @Test(
        "anything else is an error that names file, line, field and what is meant",
        arguments: ["high", "1.5", "1000001", "", "1 "]
    )
    func bad(text: String) throws {
        let reading = read("    intent-operator.dev/priority: \"\(text)\"")
        #expect(reading.intents.isEmpty)
        let words = reading.diagnostics.map(String.init(describing:))
        #expect(words.count == 1)
        let first = try #require(words.first)
        #expect(first.contains("search.yaml:7:"), "\(first)")
        #expect(first.contains("metadata.annotations") && first.contains("priority"), "\(first)")
        #expect(first.contains("a whole number from -1000000 to 1000000"), "\(first)")
    }
}

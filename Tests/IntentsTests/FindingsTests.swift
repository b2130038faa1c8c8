import Documents
import Testing

@testable import Intents

/// The way to a field, spelled out only where something is wrong.
struct FindingsTests {
    @Test func spellsTheWayToAField() {
        var findings = Findings(file: "a.yaml", vocabulary: .standard)
        findings.enter(.key("intent"))
        findings.enter(.key("ports"))
        findings.enter(.index(3))
        findings.error(at: Position(line: 2, column: 5), "no", .key("port"))
        findings.leave()
        findings.warning(at: .start, "look", .index(0), .key("a/b"))
        findings.leave()
        findings.leave()
        findings.error(at: .start, "whole", path: [])
        #expect(findings.errors == 2)
        #expect(findings.diagnostics.map(\.field) == ["intent.ports[3].port", "intent.ports[0][\"a/b\"]", ""])
        #expect(findings.diagnostics.map(\.severity) == [.error, .warning, .error])
        #expect(findings.diagnostics.allSatisfy { $0.file == "a.yaml" })
        #expect(findings.diagnostics.first?.description == "a.yaml:2:5: intent.ports[3].port: no")
    }

    @Test(arguments: [
        (Node(.bool(true)), "text", "expected text, found true or false; put it in quotes"),
        (Node(.bool(true)), "a list", "expected a list, found true or false"),
        (Node(.sequence([])), "text", "expected text, found a list"),
    ])
    func saysWhatIsThereAndWhatShouldBe(node: Node, expected: String, message: String) {
        var findings = Findings(file: "", vocabulary: .standard)
        findings.mismatch(node, expected: expected)
        #expect(findings.diagnostics.map(\.message) == [message])
    }
}

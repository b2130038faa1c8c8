import Documents
import Testing

@testable import Intents

/// Both forms, lists, several documents, names, and what is no intent at all.
struct FormTests {
    /// A small valid intent in the Kubernetes form, with a name and more lines in its head.
    private func kubernetes(_ metadata: String, workload: String = "small") -> String {
        """
        apiVersion: intent-operator.dev/v1alpha1
        kind: Intent
        metadata: \(metadata)
        spec:
          objective: Cost_Minimization
          workload: {type: job, name: \(workload), image: app, resources: {}}

        """
    }

    @Test func theHeadNamesTheIntentBeforeTheWorkload() throws {
        #expect(try readIntent(kubernetes("{name: other.name}")).name == "other.name")
        #expect(try readIntent(kubernetes("{namespace: lab}")).name == "small")
        #expect(try readIntent(kubernetes("{}")).namespace == nil)
        #expect(try readIntent(flare()).name == "small")
    }

    @Test func whatKubernetesWritesIsTolerated() throws {
        let text = kubernetes(
            "{name: a, uid: u, resourceVersion: \"5\", generation: 2, creationTimestamp: null, managedFields: [{manager: x}], "
                + "ownerReferences: [], finalizers: [x], selfLink: s, deletionTimestamp: \"2027-01-01T00:00:00Z\", "
                + "deletionGracePeriodSeconds: 0, generateName: a-}"
        )
        #expect(try readIntent(text + "status: {phase: Running, anything: [1]}\n").name == "a")
    }

    @Test(arguments: [
        ("{name: My_Intent}", "3:18: metadata.name: \"My_Intent\" is not a name", "write it like \"my-intent\""),
        ("{namespace: a.b}", "3:23: metadata.namespace: \"a.b\" is not a namespace", "write it like \"a-b\""),
        ("{nam: a}", "3:12: metadata.nam: unknown field", "did you mean name?"),
        ("{labels: {gpu: true}}", "3:26: metadata.labels.gpu: expected text, found true or false", "put it in quotes"),
        ("{labels: {example.com/a: [1]}}", "3:36: metadata.labels[\"example.com/a\"]: expected text, found a list", ""),
        ("{annotations: [a]}", "3:25: metadata.annotations: expected a mapping, found a list", ""),
        (
            "[]",
            "3:11: metadata: expected a mapping with the fields name, namespace, labels, annotations, found a list", ""
        ),
    ])
    func aBrokenHeadIsSaid(metadata: String, start: String, end: String) throws {
        let said = findings(kubernetes(metadata))
        #expect(said.count == 1)
        #expect(said.first?.hasPrefix("intent.yaml:" + start) == true)
        #expect(said.first?.hasSuffix(end) == true)
    }

    @Test func pathsStartWithTheForm() {
        let text = kubernetes("{name: a}").split(separator: "\n").map {
            $0.hasPrefix("  objective") ? "  objective: x" : $0
        }
        #expect(read(text.joined(separator: "\n")).diagnostics.map(\.field) == ["spec.objective"])
        #expect(read("intent: {objective: x}").diagnostics.map(\.field) == ["intent.objective", "intent.workload"])
    }

    @Test(arguments: ["List", "IntentList"])
    func aListHoldsIntents(kind: String) throws {
        let items = [kubernetes("{name: a}"), "nonsense: 1\n", kubernetes("{name: b}")].map { text in
            "- " + text.split(separator: "\n").joined(separator: "\n  ")
        }
        let reading = read("apiVersion: v1\nkind: \(kind)\nmetadata: {}\nitems:\n" + items.joined(separator: "\n"))
        #expect(reading.intents.map(\.intent.name) == ["a", "b"])
        #expect(reading.intents.map(\.documentIndex) == [0, 0])
        #expect(reading.intents.map(\.position.line) == [5, 12])
        #expect(reading.diagnostics.map(\.field) == ["items[1]"])
    }

    @Test func oneBadDocumentLeavesTheOthers() {
        let text = [
            kubernetes("{name: a}"), kubernetes("{name: B}"), "", "kind: ConfigMap\napiVersion: v1\n", "- 1\n",
            "intent: 5\n",
            kubernetes("{name: c}"),
        ].joined(separator: "---\n")
        let reading = read(text)
        #expect(reading.intents.map(\.intent.name) == ["a", "c"])
        #expect(reading.diagnostics.map(\.field) == ["metadata.name", "kind", "", "intent"])
        #expect(reading.diagnostics[1].message == "\"ConfigMap\" is not an Intent")
        #expect(reading.hasErrors)
    }

    @Test(arguments: [
        ("kind: intent\napiVersion: a\n", "1:7: kind: \"intent\" is not an Intent; did you mean Intent?"),
        ("workload: {}\n", "1:1: this is not an intent"),
        ("{}", "1:1: this is not an intent"),
        ("just text", "1:1: expected {\"intent\": {…}}, or apiVersion:"),
    ])
    func whatIsNoIntentIsSaid(text: String, said: String) {
        #expect(findings(text).count == 1)
        #expect(findings(text).first?.hasPrefix("intent.yaml:" + said) == true)
    }

    @Test func aBareSpecIsToldWhereToGo() {
        #expect(findings("workload: {}\n").first?.hasSuffix("put these fields under intent:") == true)
        #expect(findings("a: {}\n").first?.hasSuffix("put these fields under intent:") == false)
    }

    @Test func theVersionAndTheKindMustBeThere() {
        let text = kubernetes("{}").split(separator: "\n").dropFirst().joined(separator: "\n")
        #expect(findings(text) == ["intent.yaml:1:1: apiVersion: missing; the version of the form"])
        let wrong = findings("apiVersion: v1\n" + text)
        #expect(wrong == ["intent.yaml:1:13: apiVersion: \"v1\" should be intent-operator.dev/v1alpha1"])
        #expect(findings("apiVersion: v1\n").map { $0.contains("missing") }.contains(true))
    }

    @Test func twoIntentsOfOneFileNeedTwoNames() {
        let text = [
            flare(), kubernetes("{name: small}"), kubernetes("{name: small, namespace: lab}"), kubernetes("{}"),
        ]
        .joined(separator: "---\n")
        let reading = read(text)
        #expect(reading.intents.map(\.documentIndex) == [0, 2])
        #expect(
            reading.diagnostics.map(\.description) == [
                "intent.yaml:11:18: metadata.name: small is taken already, on line 5 of this file; names are unique",
                "intent.yaml:28:31: spec.workload.name: small is taken already, on line 5 of this file; names are unique",
            ]
        )
    }

    @Test func twoFilesMayUseOneName() throws {
        let first = try DocumentParser.parse(Array(flare().utf8), file: "a.yaml", format: .yaml)
        let second = try DocumentParser.parse(Array(flare().utf8), file: "b.yaml", format: .yaml)
        #expect(IntentReader.read(first + second).intents.count == 2)
    }

    @Test func theFilesNameSaysTheFormat() {
        let json =
            #"{"intent":{"objective":"Cost_Minimization","workload":{"type":"job","name":"a","image":"b","resources":{}}}}"#
        for name in ["a.json", "a.yaml", "a.yml", "a", "-"] { #expect(read(json, file: name).intents.count == 1) }
        #expect(read(flare(), file: "a.json").diagnostics.count == 1)
    }

    @Test func aFileThatDoesNotParseGivesNothing() {
        let reading = read(flare() + "---\nintent: {")
        #expect(reading.intents.isEmpty)
        #expect(reading.diagnostics.map(\.severity) == [.error])
        #expect(read("").diagnostics.isEmpty)
        #expect(read("---\n---\nnull\n").diagnostics.isEmpty)
    }

    @Test func aNameThatIsTooLongIsRefused() {
        let long = String(repeating: "a", count: 64)
        #expect(read(kubernetes("{name: \(long)}")).diagnostics.map(\.field) == ["metadata.name"])
        #expect(read(kubernetes("{}", workload: long)).diagnostics.map(\.field) == ["spec.workload.name"])
        #expect(read(kubernetes("{name: \(long.dropLast()).\(long.dropLast())}")).diagnostics.isEmpty)
        #expect(read(kubernetes("{}", workload: "a.b")).diagnostics.map(\.field) == ["spec.workload.name"])
    }
}

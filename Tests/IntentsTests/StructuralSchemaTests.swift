import Documents
import Testing

@testable import Intents

/// The schema that an API server learns is one that it takes, says what the descriptions say, and changes nothing.
struct StructuralSchemaTests {
    /// A part of the schema: an object, a list or a leaf, with its place.
    private struct Part {
        let path: String
        let schema: Node
    }

    /// Every part of a schema, itself included.
    private static func parts(_ schema: Node, _ path: String = "spec") -> [Part] {
        var parts = [Part(path: path, schema: schema)]
        for field in schema["properties"]?.mapping ?? [] { parts += Self.parts(field.node, "\(path).\(field.key)") }
        if let items = schema["items"] { parts += Self.parts(items, "\(path)[]") }
        return parts
    }

    /// The part at a place.
    private func part(_ path: String) throws -> Node {
        try #require(Self.parts(StructuralSchema.spec).first { $0.path == path }, "\(path)").schema
    }

    /// The keywords that a structural schema may hold and that are used here.
    private static let keywords: Set = [
        "description", "type", "format", "enum", "pattern", "minimum", "maximum", "maxLength", "maxItems", "default",
        "required", "properties", "items", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-list-type",
        "x-kubernetes-list-map-keys", "x-kubernetes-validations",
    ]

    @Test func everyPartIsStructural() {
        for part in Self.parts(StructuralSchema.spec) {
            let keys = Set((part.schema.mapping ?? []).map(\.key))
            #expect(keys.isSubset(of: Self.keywords), "\(part.path)")
            let letsThrough = part.schema["x-kubernetes-preserve-unknown-fields"] == true
            #expect((part.schema["type"] == nil) == letsThrough, "\(part.path) has a type, or is let through whole")
            for name in part.schema["required"]?.sequence ?? [] {
                #expect(part.schema["properties"]?[name.string ?? ""] != nil, "\(part.path)")
            }
        }
    }

    @Test func everyListAndTextIsBoundedSoThatRulesHaveAPrice() {
        for part in Self.parts(StructuralSchema.spec) {
            switch part.schema["type"]?.string {
            case "array": #expect(part.schema["maxItems"]?.integer != nil, "\(part.path)")
            case "string":
                #expect(part.schema["maxLength"]?.integer != nil || part.schema["enum"] != nil, "\(part.path)")
            default: break
            }
        }
    }

    @Test func noRuleGoesOverMorePairsThanAServerPaysFor() {
        // Ten million is the budget of a rule; a step that compares texts costs a tenth of their length.
        #expect(IntentLimits.objects * IntentLimits.objects * (IntentLimits.path / 10 + 10) < 10_000_000)
        #expect(IntentLimits.objects * IntentLimits.texts * (IntentLimits.variableName / 5 + 20) < 10_000_000)
    }

    @Test func everyFieldStandsWhereItsDescriptionHasIt() throws {
        var seen = 0
        func check(_ object: ObjectSchema, _ schema: Node, _ path: String) throws {
            #expect(schema["properties"]?.mapping?.map(\.key) == object.fields.map(\.name), "\(path)")
            for field in object.fields {
                seen += 1
                let described = try #require(schema["properties"]?[field.name], "\(path).\(field.name)")
                #expect(described["description"]?.string?.hasPrefix(field.meaning) == true)
                let isRequired = schema["required"]?.sequence?.contains(.string(field.name)) ?? false
                #expect(isRequired == field.isRequired)
                switch field.value {
                case .object(let inner): try check(inner, described, "\(path).\(field.name)")
                case .list(.object(let inner)):
                    try check(inner, try #require(described["items"]), "\(path).\(field.name)[]")
                default: break
                }
            }
        }
        try check(IntentSchema.spec, StructuralSchema.spec, "spec")
        #expect(seen > 100)
    }

    @Test func aDefaultStandsOnlyWhereAMissingFieldMeansExactlyThat() throws {
        let defaults: [(path: String, value: Node)] = [
            ("spec.workload.ports[].protocol", "TCP"), ("spec.workload.resources.gpu.count", 1),
            ("spec.workload.scaling.min_replicas", 1), ("spec.workload.scaling.max_replicas", 10),
            ("spec.workload.job.completion_policy", "All"), ("spec.constraints.preemptible", false),
            ("spec.suspend.mode", "release"),
        ]
        for (path, value) in defaults { #expect(try part(path)["default"] == value, "\(path)") }
        // The reference names defaults for these, but a missing one refuses no offer.
        let documented = [
            "spec.constraints.max_latency_ms", "spec.constraints.availability.timezone",
            "spec.constraints.energy.power_usage_effectiveness", "spec.constraints.performance.max_jitter_ms",
            "spec.constraints.performance.min_uptime_percent", "spec.sla.availability",
        ]
        for path in documented { #expect(try part(path)["default"] == nil, "\(path)") }
        for part in Self.parts(StructuralSchema.spec) where part.schema["default"] != nil {
            let standard = try #require(part.schema["default"])
            #expect(StructuralValidator.problems(of: standard, part.schema).isEmpty, "\(part.path)")
        }
    }

    @Test("What a server fills in changes no intent", arguments: [CompleteIntent.service, CompleteIntent.job])
    func filling(_ text: String) throws {
        let document = try #require(DocumentParser.parse(Array(text.utf8), file: "a.yaml", format: .yaml).first).root
        let filled = Node.mapping(
            (document.mapping ?? []).map { member in
                (member.key, member.key == "spec" ? member.node.filled(by: StructuralSchema.spec) : member.node)
            }
        )
        #expect(filled != document)
        let (before, after) = (Self.reading(document), Self.reading(filled))
        #expect(after.diagnostics.map(\.message) == before.diagnostics.map(\.message))
        #expect(after.intents.first?.intent == before.intents.first?.intent)
        #expect(after.intents.count == 1)
    }

    private static func reading(_ root: Node) -> IntentReading {
        IntentReader.read([Document(file: "a", index: 0, root: root)])
    }

    @Test func theExamplesAreTakenAndMeanTheSameWhenFilledIn() throws {
        for text in ReferenceExamples.all {
            let root = try DocumentParser.json(Array(text.utf8))
            let spec = try #require(root["intent"])
            #expect(StructuralValidator.problems(of: spec, StructuralSchema.spec) == [])
            let filled = Node.mapping([("intent", spec.filled(by: StructuralSchema.spec))])
            #expect(Self.reading(filled).intents.first?.intent == Self.reading(root).intents.first?.intent)
        }
    }

    @Test func whatTheOperatorWritesIsTaken() throws {
        for text in [CompleteIntent.service, CompleteIntent.job] {
            let intent = try #require(read(text).intents.first?.intent)
            let spec = try #require(IntentEncoder.document(intent)["spec"])
            #expect(StructuralValidator.problems(of: spec, StructuralSchema.spec) == [])
        }
    }

    /// A change of a good spec, and what is wrong then.
    struct Slip: Sendable, CustomTestStringConvertible {
        let path: [String]
        let value: Node
        let problem: String
        var testDescription: String { path.joined(separator: ".") }
    }

    static let slips = [
        Slip(path: ["objective"], value: "Fun", problem: "spec.objective is none of the words"),
        Slip(path: ["budget"], value: 5, problem: "spec.budget is unknown"),
        Slip(path: ["workload", "name"], value: "Not_A_Name", problem: "spec.workload.name does not match"),
        Slip(path: ["workload", "image"], value: "two words", problem: "spec.workload.image does not match"),
        Slip(path: ["workload", "env"], value: ["x"], problem: "spec.workload.env[0] does not match"),
        Slip(path: ["workload", "ports"], value: 80, problem: "spec.workload.ports is no list"),
        Slip(
            path: ["workload", "ports"],
            value: [.mapping(["port": 65536])],
            problem: "spec.workload.ports[0].port is too large"
        ),
        Slip(
            path: ["workload", "secrets"],
            value: .list(Array(repeating: .mapping(["name": "a", "env": "A"]), count: 65)),
            problem: "spec.workload.secrets is too long"
        ),
        Slip(
            path: ["workload", "resources"],
            value: .mapping(["cpu": "many"]),
            problem: "spec.workload.resources.cpu does not match"
        ),
        Slip(path: ["suspend"], value: "night", problem: "spec.suspend is no object"),
    ]

    @Test("A slip is refused", arguments: slips)
    func refusing(_ slip: Slip) throws {
        let root = try DocumentParser.json(Array(ReferenceExamples.all[0].utf8))
        let spec = try #require(root["intent"])
        let changed = Self.change(spec, slip.path[...], slip.value)
        #expect(StructuralValidator.problems(of: changed, StructuralSchema.spec) == [slip.problem])
    }

    private static func change(_ node: Node, _ path: ArraySlice<String>, _ value: Node) -> Node {
        guard let key = path.first else { return value }
        var members = (node.mapping ?? []).filter { $0.key != key }.map { ($0.key, $0.node) }
        members.append((key, change(node[key] ?? .mapping([]), path.dropFirst(), value)))
        return .mapping(members)
    }

    @Test func numbersAndTextsMayStandForOneAnotherWhereTheReaderTakesBoth() throws {
        let cpu = try part("spec.workload.resources.cpu")
        for value in [4, 4.5, "4.5", "500m"] as [Node] {
            #expect(StructuralValidator.problems(of: value, cpu).isEmpty)
        }
        #expect(!StructuralValidator.problems(of: "a few", cpu).isEmpty)
    }
}

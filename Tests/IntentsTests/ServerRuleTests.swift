import Documents
import Testing

@testable import Intents

/// The rules that an API server checks stand beside those that the reader checks, and speak of fields that are there.
struct ServerRuleTests {
    /// Every object of a spec with rules for a server.
    private static func objects(_ object: ObjectSchema = IntentSchema.spec) -> [ObjectSchema] {
        var objects = [object]
        for field in object.fields {
            switch field.value {
            case .object(let inner), .list(.object(let inner)): objects += Self.objects(inner)
            default: break
            }
        }
        return objects
    }

    /// The names behind `self.` in an expression.
    private static func fields(of expression: String) -> [String] {
        expression.split(separator: "self.").dropFirst(expression.hasPrefix("self.") ? 0 : 1).map { rest in
            String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        }
    }

    @Test func everyRuleSpeaksOfFieldsThatAreThere() throws {
        var rules = 0
        for object in Self.objects() {
            let names = Dictionary(uniqueKeysWithValues: object.fields.map { ($0.name, $0) })
            for rule in object.serverRules {
                rules += 1
                switch rule {
                case .holds(let expression, let message, let field):
                    #expect(names[field] != nil, "\(object.name).\(field)")
                    #expect(!message.isEmpty && !message.contains("\n") && message.count <= 2048)
                    let read = Self.fields(of: expression)
                    #expect(!read.isEmpty)
                    for name in read {
                        let schema = try #require(names[name], "\(object.name).\(name)")
                        let isSafe = schema.isRequired || schema.isImplied || expression.contains("has(self.\(name))")
                        #expect(isSafe, "\(expression) reads \(name), which may be missing")
                    }
                case .distinct(let list, let keys):
                    guard case .list(.object(let entry)) = try #require(names[list]).value else {
                        Issue.record("\(object.name).\(list) is no list of objects")
                        continue
                    }
                    for key in keys {
                        let field = try #require(entry.fields.first { $0.name == key }, "\(list)[].\(key)")
                        #expect(field.isRequired || field.isImplied, "a key is never missing")
                    }
                case .distinctWords(let list):
                    switch try #require(names[list]).value {
                    case .list(.words), .list(.text): break
                    default: Issue.record("\(object.name).\(list) is no list of words")
                    }
                }
            }
        }
        #expect(rules == 14)
    }

    @Test func rulesBecomeWhatAServerReads() throws {
        let workload = try #require(StructuralSchema.spec["properties"]?["workload"])
        let rules = workload["x-kubernetes-validations"]?.sequence ?? []
        #expect(rules.count == 3)
        #expect(rules.allSatisfy { $0["rule"]?.string?.isEmpty == false && $0["message"]?.string?.isEmpty == false })
        #expect(rules.first?["fieldPath"] == ".scaling")
        let ports = workload["properties"]?["ports"]
        #expect(ports?["x-kubernetes-list-type"] == "map")
        #expect(ports?["x-kubernetes-list-map-keys"] == ["port", "protocol"])
        let constraints = StructuralSchema.spec["properties"]?["constraints"]
        let spelling = constraints?["x-kubernetes-validations"]?.sequence?.first?["rule"]
        #expect(spelling == "!(has(self.max_network_latency) && has(self.max_latency_ms))")
        let days = constraints?["properties"]?["availability"]?["properties"]?["days_of_week"]
        #expect(days?["x-kubernetes-list-type"] == "set")
        #expect(days?["x-kubernetes-list-map-keys"] == nil)
    }

    /// A spec that a rule refuses, as the reader says it.
    struct Breach: Sendable, CustomTestStringConvertible {
        let text: String
        let words: String
        var testDescription: String { words }
    }

    /// Each breaks one rule; the same texts are refused by an API server's rules of the same meaning.
    static let breaches = [
        Breach(text: flare(type: "job", workload: "scaling: {min_replicas: 2}"), words: "only a service scales"),
        Breach(text: flare(workload: "job: {parallel_tasks: 2}"), words: "no job settings"),
        Breach(text: flare(workload: "scaling: {min_replicas: 11}"), words: "more than max_replicas"),
        Breach(text: flare(workload: "ports: [{port: 80}, {port: 80}]"), words: "taken by ports[0]"),
        Breach(
            text: flare(workload: "secrets: [{name: a, env: A}, {name: b, env: A}]"),
            words: "taken by secrets[0]"
        ),
        Breach(text: flare(workload: "env: [A=1]\nsecrets: [{name: a, env: A}]"), words: "exclude each other"),
        Breach(text: flare(resources: "{gpu: {shared: true, dedicated: true}}"), words: "dedicated and shared"),
        Breach(
            text: flare(more: "constraints: {availability: {window_start: \"09:00\"}}"),
            words: "needs window_end"
        ),
        Breach(
            text: flare(more: "constraints: {availability: {days_of_week: [Mon, Mon]}}"),
            words: "stands here twice"
        ),
    ]

    @Test("What a server refuses, the reader refuses too", arguments: breaches)
    func agreement(_ breach: Breach) {
        #expect(findings(breach.text).contains { $0.contains(breach.words) })
    }
}

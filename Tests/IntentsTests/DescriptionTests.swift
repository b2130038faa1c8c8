import Documents
import Testing

@testable import Intents

/// What holds of every field because there is one description of each.
struct DescriptionTests {
    /// Checks one kind of object: its fields are in the schema, and a slip in a field's name finds the field.
    private func check<Root: Described>(_: Root.Type) throws {
        let schema = try #require(IntentSchema.json()["$defs"]?[Root.description.name])
        #expect(schema["description"]?.string?.isEmpty == false)
        for field in Root.description.fields.map(\.schema) {
            let described = try #require(schema["properties"]?[field.name], "\(field.name) is in the schema")
            #expect(described["description"]?.string?.hasPrefix(field.meaning) == true)
            #expect(described["default"] == field.standard)
            #expect(field.standard?.isNull != true)
            let isRequired = schema["required"]?.sequence?.contains(.string(field.name)) ?? false
            #expect(isRequired == field.isRequired)
            try checkSlip(Root.self, field.name)
        }
        #expect(schema["properties"]?.mapping?.count == Root.description.fields.count)
        #expect(schema["additionalProperties"] == false)
    }

    private func checkSlip<Root: Described>(_: Root.Type, _ name: String) throws {
        let slip = name + "x"
        var findings = Findings(file: "f", vocabulary: .standard)
        let position = Position(line: 7, column: 3)
        _ = Root.description.decode(Node(.mapping([.init(slip, at: position, "y")])), &findings)
        let found = try #require(findings.diagnostics.first { $0.field == slip })
        #expect(found.position == position)
        let isNear = name.count > 3
        let nearest = Suggestion.nearest(to: slip, among: Root.description.fields.map(\.schema.name))
        #expect(!isNear || nearest == name)
        #expect(found.message == nearest.map { "unknown field; did you mean \($0)?" } ?? found.message)
        #expect(found.message.contains("known here") == (nearest == nil))
    }

    @Test func everyObjectIsDescribedOnceAndWhole() throws {
        try check(IntentSpec.self)
        try check(Suspension.self)
        try check(Pause.self)
        try check(ServiceLevel.self)
        try check(Workload.self)
        try check(Workload.Port.self)
        try check(Workload.SecretReference.self)
        try check(Workload.Scaling.self)
        try check(Workload.JobSettings.self)
        try check(Resources.self)
        try check(GPUWish.self)
        try check(Storage.self)
        try check(Storage.Volume.self)
        try check(Storage.Source.self)
        try check(Constraints.self)
        try check(Negotiation.self)
        try check(EnergyWish.self)
        try check(ComplianceWish.self)
        try check(PerformanceWish.self)
        try check(AvailabilityWish.self)
        try check(AvailabilityWish.MaintenanceWindow.self)
        try check(SecurityWish.self)
        try check(SecurityWish.FirewallRule.self)
        try check(Metadata.self)
        try check(KubernetesForm.self)
        try check(FLAREForm.self)
        #expect(IntentSchema.json()["$defs"]?.mapping?.count == 27)
    }

    @Test func theSchemaKnowsTheDefaultsOfTheReference() throws {
        let objects = try #require(IntentSchema.json()["$defs"])
        let expected: [(object: String, field: String, value: Node)] = [
            ("port", "protocol", "TCP"), ("gpu", "count", 1), ("gpu", "shared", false), ("gpu", "interruptible", false),
            ("gpu", "multi_instance", false), ("gpu", "dedicated", false), ("scaling", "min_replicas", 1),
            ("scaling", "max_replicas", 10), ("scaling", "auto_scale", false), ("scaling", "target_cpu_percent", 70),
            ("scaling", "target_gpu_percent", 80), ("job", "parallel_tasks", 1), ("job", "max_retries", 3),
            ("job", "completion_policy", "All"), ("constraints", "max_latency_ms", 100),
            ("constraints", "preemptible", false), ("maintenance_window", "frequency", "weekly"),
            ("negotiation", "max_negotiation_rounds", 3), ("negotiation", "price_flexibility", 0.15),
            ("negotiation", "timeout_seconds", 300), ("negotiation", "fallback_strategy", "queue"),
            ("negotiation", "auto_accept_threshold", 0.05), ("energy", "power_usage_effectiveness", 2.0),
            ("energy", "renewable_energy_only", false), ("performance", "max_jitter_ms", 50),
            ("performance", "min_uptime_percent", 99.0), ("security", "network_isolation", "public"),
            ("sla", "availability", "99.0%"), ("sla", "backup_strategy", "none"),
        ]
        for (object, field, value) in expected {
            let described = objects[object]?["properties"]?[field]?["default"]
            #expect(described == value, "\(object).\(field)")
        }
        let flexibility = objects["negotiation"]?["properties"]?["resource_flexibility"]?["default"]
        #expect(flexibility?.number == 0.1)
    }

    @Test func theSchemaSaysWhatMayNotStandTogether() {
        let constraints = IntentSchema.json()["$defs"]?["constraints"]
        let pair = Node.mapping(["anyOf": [.mapping(["required": ["max_network_latency", "max_latency_ms"]])]])
        #expect(constraints?["not"] == pair)
        let description = constraints?["properties"]?["max_network_latency"]?["description"]?.string
        #expect(description?.hasSuffix("another spelling of max_latency_ms.") == true)
    }

    @Test func theSchemaHasBothFormsAndIsAlwaysTheSame() {
        let schema = IntentSchema.json()
        #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        #expect(
            schema["oneOf"] == [
                .mapping(["$ref": "#/$defs/flare_form"]), .mapping(["$ref": "#/$defs/kubernetes_form"]),
            ]
        )
        #expect(DocumentPrinter.json(schema) == DocumentPrinter.json(IntentSchema.json()))
        #expect(
            IntentSchema.spec.fields.map(\.name) == [
                "objective", "workload", "constraints", "sla", "suspend", "paused", "dependsOn", "driftPolicy", "idle",
                "ttlAfterFinished",
            ]
        )
    }

    @Test func everyKeywordLimitsWhatItShould() throws {
        let objects = try #require(IntentSchema.json()["$defs"])
        let port = objects["port"]?["properties"]?["port"]
        #expect(port?["type"] == "integer")
        #expect(port?["minimum"] == 1)
        #expect(port?["maximum"] == 65535)
        #expect(objects["workload"]?["properties"]?["ports"]?["items"] == .mapping(["$ref": "#/$defs/port"]))
        #expect(objects["workload"]?["properties"]?["type"]?["enum"] == (["service", "job", "batch"] as Node))
        #expect(objects["energy"]?["properties"]?["power_usage_effectiveness"]?["minimum"] == 1)
        #expect(objects["energy"]?["properties"]?["power_usage_effectiveness"]?["maximum"] == nil)
        #expect(objects["resources"]?["properties"]?["cpu"]?["type"] == (["string", "number"] as Node))
        #expect(objects["gpu"]?["properties"]?["shared"]?["type"] == "boolean")
        #expect(objects["gpu"]?["properties"]?["model"]?["examples"]?.sequence?.contains("nvidia-h100") == true)
        #expect(objects["metadata"]?["properties"]?["labels"]?["additionalProperties"] == .mapping(["type": "string"]))
        #expect(objects["constraints"]?["properties"]?["max_hourly_cost"]?["pattern"]?.string?.contains("EUR") == true)
    }
}

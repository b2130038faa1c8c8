import Documents
import Testing

@testable import Intents

/// The one way in which each value is written: the order of fields and the spelling of values.
struct CanonicalTextTests {
    @Test func aJobIsWrittenThisWay() throws {
        let text = DocumentPrinter.yaml(IntentEncoder.document(try readIntent(CompleteIntent.job)))
        let expected = """
            apiVersion: intent-operator.dev/v1alpha1
            kind: Intent
            metadata:
              name: complete-job
            spec:
              objective: Latency_Minimization
              workload:
                type: job
                name: complete-job
                image: app
                resources:
                  gpu:
                    dedicated: true
                job:
                  parallel_tasks: 4
                  max_retries: 5
                  timeout: 2h
                  completion_policy: Any
              constraints:
                max_latency_ms: 50
              ttlAfterFinished: 48h

            """
        #expect(text == expected)
    }

    /// A field of a service, a spelling that people use, and the one that is written.
    struct Spelling: Sendable, CustomTestStringConvertible {
        /// The way to the field from the spec.
        let path: [String]
        /// The spelling in the file.
        let given: String
        /// The node that is written.
        let written: Node

        init(_ path: String, _ given: String, _ written: Node) {
            self.path = path.split(separator: ".").map(String.init)
            (self.given, self.written) = (given, written)
        }

        var testDescription: String { path.joined(separator: ".") }

        /// A small intent with only this field added.
        var text: String {
            guard path.count > 1 else { return flare(more: "\(path[0]): \(given)") }
            let inner = path.dropFirst().reversed().reduce(given) { "{\($1): \($0)}" }
            if path[0] == "resources" { return flare(resources: inner) }
            return path[0] == "workload"
                ? flare(workload: "\(path[1]): " + path.dropFirst(2).reversed().reduce(given) { "{\($1): \($0)}" })
                : flare(more: "\(path[0]): \(inner)")
        }
    }

    @Test(arguments: [
        Spelling("resources.cpu", "8.0", "8"),
        Spelling("resources.cpu", "4500m", "4.5"),
        Spelling("resources.cpu", "1000", "1000"),
        Spelling("resources.memory", "1024Mi", "1Gi"),
        Spelling("resources.memory", "1073741824", "1Gi"),
        Spelling("resources.gpu.model", "NVIDIA-A100", "nvidia-a100"),
        Spelling("resources.gpu.count", "2.0", 2),
        Spelling("resources.gpu.memory", "81920Mi", "80Gi"),
        Spelling("resources.gpu.cores", "16896", 16896),
        Spelling("resources.gpu.clock_speed", "1500M", "1.5G"),
        Spelling("resources.gpu.compute_capability", "9", "9.0"),
        Spelling("resources.gpu.fp32_tflops", "83.0", "83"),
        Spelling("resources.gpu.multi_gpu_efficiency", "85%", "0.85"),
        Spelling("workload.scaling.min_replicas", "3", 3),
        Spelling("workload.commands", "[1.50]", ["1.50"]),
        Spelling("constraints.max_hourly_cost", "10 EUR/hour", "10.00 EUR"),
        Spelling("constraints.max_total_cost", "1000EUR", "1000.00 EUR"),
        Spelling("constraints.location", "us-east-1", "us-east-1"),
        Spelling("constraints.deadline", "2030-12-15T01:00+01:00", "2030-12-15T00:00:00Z"),
        Spelling("constraints.availability.timezone", "Etc/UTC", "Etc/UTC"),
        Spelling("constraints.availability.blackout_dates", "[2030-12-24T00:00:00Z]", ["2030-12-24"]),
        Spelling("constraints.negotiation.price_flexibility", "20%", 0.2),
        Spelling("constraints.energy.max_carbon_footprint", "0.5kg CO2/h", "500g CO2/h"),
        Spelling("constraints.energy.power_usage_effectiveness", "\"1.40\"", 1.4),
        Spelling("constraints.performance.min_network_bandwidth", "500 Mbit/s", "500Mbps"),
        Spelling("constraints.performance.min_uptime_percent", "99.90", 99.9),
        Spelling("constraints.performance.min_uptime_percent", "99.0", 99),
        Spelling("constraints.performance.max_cold_start_time", "90s", "1m30s"),
        Spelling("constraints.performance.max_jitter_ms", "0", 0),
        Spelling("sla.availability", "99.90", "99.9%"),
        Spelling("sla.max_interruption_time", "0.5h", "30m"),
        Spelling("sla.backup_strategy", "checkpoint", "checkpoint"),
        Spelling("suspend.until", "2027-01-04T08:00:00.250+01:00", "2027-01-04T07:00:00.250Z"),
    ])
    func aValueIsWrittenInOneSpelling(spelling: Spelling) throws {
        let spec = IntentEncoder.spec(try readIntent(spelling.text).spec)
        let path = spelling.path[0] == "resources" ? ["workload"] + spelling.path : spelling.path
        #expect(path.reduce(Optional(spec)) { $0?[$1] } == spelling.written)
    }

    @Test func aLatencyIsWrittenInMillisecondsWhateverItsSpelling() throws {
        for (spelling, milliseconds) in [("50ms", 50), ("0.5s", 500), ("1s 5ms", 1005)] {
            let spec = try readIntent(flare(more: "constraints: {max_network_latency: \(spelling)}")).spec
            #expect(spec.constraints.maxLatencyMs == milliseconds)
            #expect(IntentEncoder.spec(spec)["constraints"] == .mapping(["max_latency_ms": .integer(milliseconds)]))
        }
        for spelling in ["0ms", "2m", "50", "soon"] {
            let said = read(flare(more: "constraints: {max_network_latency: \(spelling)}")).diagnostics
            #expect(said.map(\.field) == ["intent.constraints.max_network_latency"])
        }
    }
}

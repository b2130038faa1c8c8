import Documents
import Testing

@testable import Intents

/// A small intent's mistake, and exactly what is said of it.
struct Mistake: Sendable, CustomTestStringConvertible {
    /// The text of a file.
    let text: String
    /// Every line of what is said, behind the file's name.
    let said: [String]

    init(_ text: String, _ said: String...) { (self.text, self.said) = (text, said) }

    var testDescription: String { said.first ?? "nothing" }
}

/// What must hold between fields: each rule with its message and place.
///
/// In the small intent `type` stands on line 4, `resources` on line 7, and what a test adds starts on line 8.
struct RuleTests {
    private func expectSaid(_ mistake: Mistake, location: SourceLocation = #_sourceLocation) {
        let reading = read(mistake.text)
        #expect(
            reading.diagnostics.map(\.description) == mistake.said.map { "intent.yaml:" + $0 },
            sourceLocation: location
        )
        #expect(reading.intents.isEmpty == reading.hasErrors, sourceLocation: location)
    }

    @Test(arguments: [
        Mistake(
            flare(type: "job", workload: "scaling: {min_replicas: 2}"),
            "8:14: intent.workload.scaling: only a service scales; a job has job.parallel_tasks"
        ),
        Mistake(
            flare(type: "batch", workload: "scaling: {}"),
            "8:14: intent.workload.scaling: only a service scales; a batch has job.parallel_tasks"
        ),
        Mistake(
            flare(workload: "job: {timeout: 2h}"),
            "8:10: intent.workload.job: a service has no job settings; use scaling, or make the type job or batch"
        ),
        Mistake(
            flare(type: "job", workload: "ports: [{port: 80}]"),
            "8:12: warning: intent.workload.ports: ports are for services; this is a job"
        ),
        Mistake(
            flare(workload: "ports: [{port: 80}, {port: 80, protocol: UDP}, {port: 80}]"),
            "8:59: intent.workload.ports[2].port: port 80/TCP is taken by ports[0] already"
        ),
        Mistake(
            flare(workload: "secrets: [{name: a, env: A}, {name: b, env: A}]"),
            "8:49: intent.workload.secrets[1].env: A is taken by secrets[0] already"
        ),
        Mistake(
            flare(workload: "env: [B=1, A=1]\nsecrets: [{name: a, env: A}]"),
            "9:30: intent.workload.secrets[0].env: A is set by env[1] too; a secret and a plain value exclude each other"
        ),
        Mistake(
            flare(workload: "env: [A=1, B=1, A=2]"),
            "8:21: warning: intent.workload.env[2]: A is set by env[0] already; the last one counts"
        ),
    ])
    func holdsInAWorkload(mistake: Mistake) { expectSaid(mistake) }

    @Test(arguments: [
        Mistake(
            flare(workload: "scaling: {min_replicas: 5, max_replicas: 3}"),
            "8:29: intent.workload.scaling.min_replicas: 5 is more than max_replicas (3)"
        ),
        Mistake(
            flare(workload: "scaling: {min_replicas: 11}"),
            "8:29: intent.workload.scaling.min_replicas: 11 is more than max_replicas, 10 unless said"
        ),
        Mistake(
            flare(workload: "scaling: {min_replicas: 0}"),
            "8:29: intent.workload.scaling.min_replicas: 0 is not a number of replicas (1–1000); to hold none, use suspend"
        ),
        Mistake(
            flare(workload: "scaling: {max_replicas: 1001}"),
            "8:29: intent.workload.scaling.max_replicas: 1001 is not a number of replicas (1–1000)"
        ),
        Mistake(
            flare(workload: "scaling: {target_cpu_percent: 0, target_gpu_percent: 101}"),
            "8:35: intent.workload.scaling.target_cpu_percent: 0 is not a percentage (1–100)",
            "8:58: intent.workload.scaling.target_gpu_percent: 101 is not a percentage (1–100)"
        ),
        Mistake(
            flare(type: "job", workload: "job: {parallel_tasks: 0, max_retries: -1, timeout: 0s}"),
            "8:27: intent.workload.job.parallel_tasks: 0 is not a number of tasks (1–1000)",
            "8:43: intent.workload.job.max_retries: -1 is not a number of retries (0–1000)",
            "8:56: intent.workload.job.timeout: \"0s\" is no time at all; write it like \"2h\""
        ),
        Mistake(
            flare(resources: "{gpu: {shared: true, dedicated: true}}"),
            "7:48: intent.workload.resources.gpu.dedicated: a GPU cannot be dedicated and shared; keep one of the two"
        ),
        Mistake(
            flare(resources: "{gpu: {count: 0, memory: 0Gi}}"),
            "7:30: intent.workload.resources.gpu.count: 0 is not a number of GPUs (1–1024)",
            "7:41: intent.workload.resources.gpu.memory: \"0Gi\" asks for nothing: leave the field out; write it like \"80Gi\""
        ),
    ])
    func holdsInNumbersOfThings(mistake: Mistake) { expectSaid(mistake) }

    @Test(arguments: [
        Mistake(
            flare(
                workload: """
                    storage:
                      volumes:
                        - {name: a, size: 1Gi, type: temporary, path: /a}
                        - {name: a, size: 1Gi, type: temporary, path: /a/}
                    """
            ),
            "11:18: intent.workload.storage.volumes[1].name: \"a\" is taken by volumes[0] already",
            "11:55: intent.workload.storage.volumes[1].path: \"/a\" is taken by volumes[0] already"
        ),
        Mistake(
            flare(
                workload: "storage: {volumes: [{name: a, size: 1Gi, type: persistent, path: a, source: {type: s3}}]}"
            ),
            "8:70: intent.workload.storage.volumes[0].path: \"a\" is not a path from the root; write it like \"/data\"",
            "8:81: intent.workload.storage.volumes[0].source.uri: missing; where in the object store",
            "8:81: intent.workload.storage.volumes[0].source.credentials: missing; "
                + "the name of the credentials on the platform, never their value"
        ),
        Mistake(
            flare(workload: "storage: {volumes: [{name: a, size: 1Gi, type: persistent, path: /a/../b}]}"),
            "8:70: intent.workload.storage.volumes[0].path: \"/a/../b\" is not a path from the root; write it like \"/data\""
        ),
    ])
    func holdsInVolumes(mistake: Mistake) { expectSaid(mistake) }

    @Test(arguments: [
        Mistake(
            flare(more: "constraints: {availability: {window_start: \"09:00\"}}"),
            "8:46: intent.constraints.availability.window_start: a window that starts needs window_end"
        ),
        Mistake(
            flare(more: "constraints: {availability: {window_end: \"09:00\"}}"),
            "8:44: intent.constraints.availability.window_end: a window that ends needs window_start"
        ),
        Mistake(
            flare(more: "constraints: {availability: {window_start: \"09:00\", window_end: \"9:00\"}}"),
            "8:67: intent.constraints.availability.window_end: the window ends when it starts; "
                + "leave both out where it is always open"
        ),
        Mistake(
            flare(more: "constraints: {availability: {days_of_week: [Mon, Tue, Mon]}}"),
            "8:57: intent.constraints.availability.days_of_week[2]: Mon stands here twice"
        ),
        Mistake(
            flare(
                more: """
                    constraints:
                      availability:
                        maintenance_windows:
                          - {start: "2030-01-01T02:00:00Z", end: "2030-01-01T02:00:00Z"}
                    """
            ),
            "11:48: intent.constraints.availability.maintenance_windows[0].end: "
                + "2030-01-01T02:00:00Z is not after start (2030-01-01T02:00:00Z)"
        ),
        Mistake(
            flare(more: "constraints: {availability: {timezone: Europe/Berln}}"),
            "8:42: intent.constraints.availability.timezone: \"Europe/Berln\" is not a time zone; "
                + "write it like \"Europe/Berlin\""
        ),
    ])
    func holdsInTimes(mistake: Mistake) { expectSaid(mistake) }

    @Test(arguments: [
        Mistake(
            flare(more: "dependsOn: [store, gateway, store]"),
            "8:31: intent.dependsOn[2]: store stands here twice"
        ),
        Mistake(
            flare(more: "dependsOn: [Store]"),
            "8:15: intent.dependsOn[0]: \"Store\" is not an intent's name: up to 253 lower-case letters, digits, - and ., "
                + "a letter or digit at both ends; write it like \"store\""
        ),
        Mistake(
            flare(more: "dependsOn: [\((0...100).map { "d\($0)" }.joined(separator: ", "))]"),
            "8:14: intent.dependsOn: 101 names are more than the 100 that may be"
        ),
        Mistake(
            flare(more: "driftPolicy: report"),
            "8:16: intent.driftPolicy: \"report\" is not a drift policy; use Correct or Report (did you mean Report?)"
        ),
        Mistake(
            flare(type: "job", more: "idle: {for: 10m}"),
            "8:9: intent.idle: only a service can be idle; a job ends when its work is done"
        ),
        Mistake(
            flare(more: "idle: {below: 101%, for: 0s}"),
            "8:17: intent.idle.below: \"101%\" is not a percentage: it is more than 100; write it like \"99.9%\"",
            "8:28: intent.idle.for: \"0s\" is no time at all; write it like \"30m\""
        ),
        Mistake(
            flare(more: "ttlAfterFinished: 7d"),
            "8:21: intent.ttlAfterFinished: a service never finishes; only a job or batch leaves a record"
        ),
    ])
    func holdsInHowItIsKept(mistake: Mistake) { expectSaid(mistake) }

    @Test(arguments: [
        Mistake(
            flare(more: "constraints: {max_latency_ms: 50, max_network_latency: 50ms}"),
            "8:58: intent.constraints.max_network_latency: says the same as max_latency_ms; keep one of the two"
        ),
        Mistake(
            flare(more: "constraints: {max_hourly_cost: 0 EUR, max_total_cost: 0.00 EUR}"),
            "8:34: intent.constraints.max_hourly_cost: \"0 EUR\" buys nothing; write it like \"10 EUR\"",
            "8:57: intent.constraints.max_total_cost: \"0.00 EUR\" buys nothing; write it like \"10 EUR\""
        ),
        Mistake(
            flare(more: "constraints: {max_hourly_cost: 10 USD, max_total_cost: 5 EUR/hour}"),
            "8:34: intent.constraints.max_hourly_cost: \"10 USD\" is not an hourly rate: EUR is the only currency; "
                + "write it like \"0.45 EUR/hour\"",
            "8:58: intent.constraints.max_total_cost: \"5 EUR/hour\" is not an amount: it is a rate, and a sum is wanted; "
                + "write it like \"10 EUR\""
        ),
        Mistake(
            flare(more: "constraints: {max_hourly_cost: -1 EUR, max_total_cost: 100}"),
            "8:34: intent.constraints.max_hourly_cost: \"-1 EUR\" is not an hourly rate: it is less than nothing; "
                + "write it like \"0.45 EUR/hour\"",
            "8:58: intent.constraints.max_total_cost: \"100\" is not an amount: it names no currency; "
                + "write it like \"10 EUR\""
        ),
        Mistake(
            flare(more: "constraints: {energy: {power_usage_effectiveness: 0.9}}\nsla: {availability: 101%}"),
            "8:53: intent.constraints.energy.power_usage_effectiveness: "
                + "0.9 is not a power usage effectiveness: 1 is the best there is; write it like \"1.4\"",
            "9:23: intent.sla.availability: \"101%\" is not a percentage: it is more than 100; write it like \"99.9%\""
        ),
        Mistake(
            flare(more: "constraints: {negotiation: {price_flexibility: 15, timeout_seconds: 0}}"),
            "8:50: intent.constraints.negotiation.price_flexibility: "
                + "\"15\" is not a fraction between 0 and 1: 15 of a hundred is 0.15; write it like \"0.15\"",
            "8:71: intent.constraints.negotiation.timeout_seconds: 0 is not a timeout in seconds (1–86400)"
        ),
        Mistake(
            flare(more: "constraints: {security: {firewall_rules: [{port: 22, protocol: TCP, source: 10.0.0.1/8}]}}"),
            "8:45: intent.constraints.security.firewall_rules[0].action: missing; what happens to the traffic",
            "8:79: intent.constraints.security.firewall_rules[0].source: "
                + "\"10.0.0.1/8\" is not a network: bits are set behind the prefix of 8; write it like \"10.0.0.0/8\""
        ),
    ])
    func holdsInLimits(mistake: Mistake) {
        let reading = read(mistake.text)
        #expect(Set(reading.diagnostics.map(\.description)) == Set(mistake.said.map { "intent.yaml:" + $0 }))
        #expect(reading.intents.isEmpty)
    }

    @Test(arguments: [
        flare(more: "constraints: {deadline: \"2001-01-01T00:00:00Z\"}"),
        flare(resources: "{gpu: {multi_instance: true, count: 4}}"),
        flare(resources: "{gpu: {interruptible: true, dedicated: true}}", more: "constraints: {preemptible: false}"),
        flare(more: "constraints: {max_total_cost: 10 EUR}"),
        flare(workload: "scaling: {min_replicas: 1000, max_replicas: 1000}"),
        flare(workload: "ports: [{port: 53}, {port: 53, protocol: UDP}]"),
        flare(more: "constraints: {availability: {window_start: \"22:00\", window_end: \"06:00\"}}"),
        flare(type: "job", workload: "job: {max_retries: 0}"),
    ])
    func leavesAloneWhatIsAllowed(text: String) { #expect(findings(text).isEmpty) }

    @Test func aRuleIsSilentAboutWhatCouldNotBeRead() {
        let said = findings(flare(workload: "scaling: {min_replicas: 20, max_replicas: many}"))
        #expect(said == ["intent.yaml:8:47: intent.workload.scaling.max_replicas: expected a whole number, found text"])
        let other = findings(flare(type: "servise", workload: "scaling: {}\njob: {}"))
        #expect(other.count == 1)
    }
}

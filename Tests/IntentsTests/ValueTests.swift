import Documents
import Testing

@testable import Intents

/// Values of the wrong kind, words that are none, and everything wrong said at once.
struct ValueTests {
    @Test(arguments: [
        (
            flare(workload: "ports: [{port: 70000}]"),
            "8:20: intent.workload.ports[0].port: 70000 is not a port (1–65535)"
        ),
        (
            flare(workload: "ports: [{port: \"80\"}]"),
            "8:20: intent.workload.ports[0].port: expected a whole number, found text; write it without quotes"
        ),
        (flare(workload: "ports: [{port: 80.5}]"), "8:20: intent.workload.ports[0].port: 80.5 is not a whole number"),
        (
            flare(workload: "ports: [80]"),
            "8:13: intent.workload.ports[0]: expected a mapping with the fields port, protocol, expose, domain, found a whole number"
        ),
        (flare(workload: "ports: 80"), "8:12: intent.workload.ports: expected a list, found a whole number"),
        (
            flare(workload: "ports: [{port: 80, expose: \"true\"}]"),
            "8:32: intent.workload.ports[0].expose: expected true or false, found text; write it without quotes"
        ),
        (
            flare(workload: "ports: [{port: 80, expose: yes}]"),
            "8:32: intent.workload.ports[0].expose: expected true or false, found text"
        ),
        (
            flare(workload: "ports: [{port: 80, domain: Api.Example.com}]"),
            "8:32: intent.workload.ports[0].domain: \"Api.Example.com\" is not a domain: up to 253 lower-case letters, digits, - and ., a letter or digit at both ends; write it like \"api.example.com\""
        ),
        (
            flare(workload: "commands: [true]"),
            "8:16: intent.workload.commands[0]: expected text such as \"python3 main.py\", found true or false; put it in quotes"
        ),
        (flare(workload: "commands: python3"), "8:15: intent.workload.commands: expected a list, found text"),
        (
            flare(workload: "commands: [\"\"]"),
            "8:16: intent.workload.commands[0]: \"\" is not a command; write it like \"python3 main.py\""
        ),
        (flare(workload: "env: {A: 1}"), "8:10: intent.workload.env: expected a list, found a mapping"),
        (flare(workload: "env: [A]"), "8:11: intent.workload.env[0]: this entry has no =; write it like \"THREADS=8\""),
        (
            flare(workload: "env: [1A=x]"),
            "8:11: intent.workload.env[0]: \"1A\" is not the name of a variable: letters, digits, _, - and ., not starting with a digit; write it like \"THREADS=8\""
        ),
        (
            flare(resources: "{cpu: true}"),
            "7:22: intent.workload.resources.cpu: expected text such as \"4.5\", found true or false; put it in quotes"
        ),
        (
            flare(resources: "{memory: 32GB}"),
            "7:25: intent.workload.resources.memory: \"32GB\" is not a quantity: \"GB\" is no suffix; for powers of 1024 write Gi; write it like \"32Gi\""
        ),
        (
            flare(resources: "[]"),
            "7:16: intent.workload.resources: expected a mapping with the fields cpu, memory, gpu, found a list"
        ),
        (
            flare(resources: "{gpu: {memory_min: 8Gi}}"),
            "7:23: intent.workload.resources.gpu.memory_min: unknown field; did you mean memory?"
        ),
        (flare(more: "constrains: {}"), "8:3: intent.constrains: unknown field; did you mean constraints?"),
        (
            flare(more: "zzz: {}"),
            "8:3: intent.zzz: unknown field; known here: objective, workload, constraints, sla, suspend, paused, "
                + "dependsOn, driftPolicy, idle, ttlAfterFinished"
        ),
        (
            flare(more: "suspend: true"),
            "8:12: intent.suspend: expected a mapping with the fields reason, until, mode, found true or false"
        ),
        (
            flare(more: "suspend: {mode: Stop}"),
            "8:19: intent.suspend.mode: \"Stop\" is not a mode; use release or stop (did you mean stop?)"
        ),
        (
            flare(more: "\"a b\": {}"),
            "8:3: intent[\"a b\"]: unknown field; known here: objective, workload, constraints, sla, suspend, paused, "
                + "dependsOn, driftPolicy, idle, ttlAfterFinished"
        ),
        (
            flare(more: "constraints: {deadline: 2030-12-15}"),
            "8:27: intent.constraints.deadline: \"2030-12-15\" is not a moment: the time of day is missing; write it like \"2027-01-04T07:00:00Z\""
        ),
        (
            flare(type: "Service"),
            "4:11: intent.workload.type: \"Service\" is not a type; use service, job or batch (did you mean service?)"
        ),
        (flare(type: "cron"), "4:11: intent.workload.type: \"cron\" is not a type; use service, job or batch"),
        (flare(type: "[job]"), "4:11: intent.workload.type: expected one of service, job or batch, found a list"),
    ])
    func saysWhatIsWrongAndWhere(text: String, said: String) {
        let reading = read(text)
        #expect(reading.diagnostics.map(\.description) == ["intent.yaml:" + said])
        #expect(reading.intents.isEmpty)
    }

    @Test func saysEverythingAtOnce() {
        let text = """
            intent:
              objective: Cheap
              workload:
                type: service
                name: Bad_Name
                imag: app
                ports: [{port: 0}, {protocol: tcp}]
                resources: {cpu: -1, gpu: {tier: gold, count: none}}
              constraints: {max_hourly_cost: free, location: 5, nope: 1}
              sla: none
            """
        #expect(
            read(text).diagnostics.map { "\($0.position.line):\($0.position.column) \($0.field)" } == [
                "2:14 intent.objective", "5:11 intent.workload.name", "6:5 intent.workload.imag",
                "7:20 intent.workload.ports[0].port", "7:35 intent.workload.ports[1].protocol",
                "7:24 intent.workload.ports[1].port", "8:22 intent.workload.resources.cpu",
                "8:38 intent.workload.resources.gpu.tier", "8:51 intent.workload.resources.gpu.count",
                "4:5 intent.workload.image", "9:34 intent.constraints.max_hourly_cost",
                "9:50 intent.constraints.location",
                "9:53 intent.constraints.nope", "10:8 intent.sla",
            ]
        )
    }

    @Test func numbersAreReadWhereTextIsWanted() throws {
        let text = flare(
            workload: "commands: [8, 1.50]",
            resources: "{cpu: 8, gpu: {compute_capability: 8.0, fp32_tflops: 19.5}}",
            more: "sla: {availability: 99.9}"
        )
        let spec = try readIntent(text).spec
        #expect(spec.workload.commands == ["8", "1.50"])
        #expect(spec.workload.resources.cpu == .units(8))
        #expect(spec.workload.resources.gpu?.computeCapability == ComputeCapability(major: 8, minor: 0))
        #expect(spec.workload.resources.gpu?.fp32Tflops == Quantity(thousandths: 19_500))
        #expect(spec.sla.availability == Quantity(thousandths: 99_900))
        #expect(try readIntent(flare(workload: "ports: [{port: 80.0}]")).spec.workload.ports.map(\.port) == [80])
    }

    @Test func openWordsThatNobodyKnowsAreAWarning() throws {
        let text = flare(
            resources: "{gpu: {model: nvidia-h10}}",
            more: "constraints: {location: Mars, availability_zone: here, providers: [aws, azur, provider-3]}"
        )
        let reading = read(text)
        let intent = try #require(reading.intents.first)
        #expect(intent.problems == reading.diagnostics)
        #expect(intent.intent.spec.workload.resources.gpu?.model == "nvidia-h10")
        #expect(
            reading.diagnostics.map(\.description) == [
                "intent.yaml:7:30: warning: intent.workload.resources.gpu.model: "
                    + "\"nvidia-h10\" is not a known GPU model; did you mean nvidia-h100?",
                "intent.yaml:8:27: warning: intent.constraints.location: \"Mars\" is not a known location",
                "intent.yaml:8:52: warning: intent.constraints.availability_zone: \"here\" is not a known availability zone",
                "intent.yaml:8:75: warning: intent.constraints.providers[1]: "
                    + "\"azur\" is not a known provider; did you mean azure?",
            ]
        )
    }

    @Test func theVocabularyIsTheCallers() {
        let vocabulary = Vocabulary(models: ["x1"], locations: ["Moon"], providers: ["us"])
        let text = flare(resources: "{gpu: {model: X1}}", more: "constraints: {location: Moon, providers: [us, aws]}")
        let reading = IntentReader.read(Array(text.utf8), file: "a.yaml", vocabulary: vocabulary)
        #expect(reading.diagnostics.map(\.field) == ["intent.constraints.providers[1]"])
    }

    @Test func aMessageShowsNoSecret() {
        let text = flare(
            workload: """
                env: [hunter2, "1X=hunter2"]
                storage: {volumes: [{name: a, size: 1Gi, type: temporary, path: /a, source: {type: s3, uri: "hunter2 x", credentials: c}}]}
                """
        )
        let said = findings(text)
        #expect(said.count == 3)
        #expect(said.allSatisfy { !$0.contains("hunter2") })
    }

    @Test func aLongTextIsCutAndControlsAreHidden() {
        #expect("a\u{1B}[2Jb".excerpt == "\"a?[2Jb\"")
        #expect(String(repeating: "a", count: 61).excerpt == "\"" + String(repeating: "a", count: 60) + "…\"")
        #expect(String(repeating: "a", count: 60).excerpt.utf8.count == 62)
    }
}

import Documents
import Testing

@testable import Intents

/// Every field of the schema, read, written and described.
struct FieldTests {
    @Test func everyFieldOfAServiceIsRead() throws {
        let intent = try readIntent(CompleteIntent.service)
        #expect(intent.name == "complete.service")
        #expect(intent.namespace == "research")
        #expect(intent.labels == ["team": "search"])
        #expect(intent.annotations == ["example.com/note": "seen"])
        #expect(intent.spec.objective == .cost)
        let workload = intent.spec.workload
        #expect(workload.kind == .service)
        #expect(workload.name == "complete-service")
        #expect(workload.image == "ghcr.io/example/app:1.0")
        #expect(workload.commands == ["python3 main.py", "100"])
        #expect(workload.env == ["THREADS=8", "EMPTY="])
        var port = Workload.Port()
        (port.port, port.transport, port.expose, port.domain) = (8000, .udp, true, "api.example.com")
        #expect(workload.ports == [port])
        #expect(workload.secrets.map(\.name) == ["token"])
        #expect(workload.secrets.map(\.variable) == ["HF_TOKEN"])
        var scaling = Workload.Scaling()
        (scaling.minReplicas, scaling.maxReplicas, scaling.autoScale) = (2, 20, true)
        (scaling.targetCPUPercent, scaling.targetGPUPercent) = (60, 65)
        #expect(workload.scaling == scaling)
        #expect(workload.wantedSlots == 2)
        #expect(intent.spec.sla.availability == Quantity(thousandths: 99_900))
        #expect(intent.spec.sla.maxInterruptionTime == .seconds(300))
        #expect(intent.spec.sla.backupStrategy == "checkpoint")
        #expect(intent.spec.suspend?.reason == "night")
        #expect(intent.spec.suspend?.until?.text == "2027-01-04T07:00:00Z")
        #expect(intent.spec.suspend?.mode == .stop)
        #expect(intent.spec.paused?.reason == "looking into it")
        #expect(intent.spec.paused?.until?.text == "2027-01-05T07:00:00Z")
        #expect(intent.spec.dependsOn == ["vector-store", "api.gateway"])
        #expect(intent.spec.driftPolicy == .report)
        #expect(intent.spec.idle?.below == Quantity(thousandths: 2500))
        #expect(intent.spec.idle?.period == .seconds(3600))
    }

    @Test func everyWishForHardwareIsRead() throws {
        let workload = try readIntent(CompleteIntent.service).spec.workload
        #expect(workload.resources.cpu == Quantity(thousandths: 4500))
        #expect(workload.resources.memory == .gibibytes(32))
        let gpu = try #require(workload.resources.gpu)
        #expect(gpu.model == "nvidia-h100")
        #expect(gpu.count == 2)
        #expect(gpu.memory == .gibibytes(80))
        #expect(gpu.cores == 1024)
        #expect(gpu.clockSpeed == .units(1_500_000_000))
        #expect(gpu.computeCapability == ComputeCapability(major: 8, minor: 0))
        #expect(gpu.architecture == .hopper)
        #expect(gpu.tier == .premium)
        #expect(gpu.interconnect == .nvlink)
        #expect(gpu.topology == .allToAll)
        #expect(gpu.shared && gpu.interruptible && gpu.multiInstance && !gpu.dedicated)
        #expect(gpu.fp32Tflops == Quantity(thousandths: 19_500))
        #expect(gpu.multiGPUEfficiency == Quantity(thousandths: 950))
        let volume = try #require(workload.storage.volumes.first)
        #expect(volume.name == "cache")
        #expect(volume.size == .gibibytes(100))
        #expect(volume.kind == .temporary)
        #expect(volume.path == "/cache")
        #expect(volume.source?.kind == .gcs)
        #expect(volume.source?.uri == "gs://example/data")
        #expect(volume.source?.credentials == "reader")
    }

    @Test func everyConstraintIsRead() throws {
        let constraints = try readIntent(CompleteIntent.service).spec.constraints
        #expect(constraints.maxHourlyCost == Money(micros: 10_000_000))
        #expect(constraints.maxTotalCost == Money(micros: 200_000_000))
        #expect(constraints.location == "EU")
        #expect(constraints.availabilityZone == "eu-west-1a")
        #expect(constraints.maxLatencyMs == 80)
        #expect(constraints.deadline?.text == "2030-12-15T00:00:00Z")
        #expect(constraints.preemptible)
        #expect(constraints.providers == ["aws", "provider-2"])
        let availability = try #require(constraints.availability)
        #expect(availability.windowStart == 540)
        #expect(availability.windowEnd == 1050)
        #expect(availability.timeZone == "Europe/Berlin")
        #expect(availability.daysOfWeek == [1, 7])
        #expect(availability.blackoutDates == ["2030-12-24"])
        #expect(availability.maintenanceWindows.map(\.start.text) == ["2030-01-01T00:00:00Z"])
        #expect(availability.maintenanceWindows.map(\.end.text) == ["2030-01-01T02:00:00Z"])
        #expect(availability.maintenanceWindows.map(\.frequency) == [.monthly])
        let negotiation = try #require(constraints.negotiation)
        #expect(negotiation.maxNegotiationRounds == 4)
        #expect(negotiation.priceFlexibility == Quantity(thousandths: 200))
        #expect(negotiation.resourceFlexibility == Quantity(thousandths: 300))
        #expect(negotiation.timeoutSeconds == 60)
        #expect(negotiation.fallback == .lowerTier)
        #expect(negotiation.autoAcceptThreshold == Quantity(thousandths: 10))
    }

    @Test func everyOtherLimitIsRead() throws {
        let constraints = try readIntent(CompleteIntent.service).spec.constraints
        #expect(constraints.energy.maxCarbonFootprint == .units(50))
        #expect(constraints.energy.energyEfficiencyRating == .b)
        #expect(constraints.energy.powerUsageEffectiveness == Quantity(thousandths: 1400))
        #expect(constraints.energy.renewableEnergyOnly && constraints.energy.greenCertifiedOnly)
        let compliance = constraints.compliance
        #expect(compliance.dataResidency == ["EU"])
        #expect(compliance.certifications == ["ISO27001"])
        #expect(compliance.encryptionAtRest && compliance.encryptionInTransit && compliance.auditLogging)
        #expect(compliance.gdprCompliant && compliance.hipaaCompliant)
        #expect(constraints.performance.minNetworkBandwidth == .units(10_000_000_000))
        #expect(constraints.performance.maxJitterMs == 10)
        #expect(constraints.performance.minUptimePercent == Quantity(thousandths: 99_900))
        #expect(constraints.performance.maxColdStartTime == .seconds(30))
        let security = constraints.security
        #expect(security.networkIsolation == .private)
        #expect(security.firewallRules.map(\.port) == [22])
        #expect(security.firewallRules.map(\.transport) == [.udp])
        #expect(security.firewallRules.map(\.source) == ["10.0.0.0/8"])
        #expect(security.firewallRules.map(\.action) == [.deny])
        #expect(security.vpnAccess && security.bastionHost)
        #expect(security.intrusionDetection && security.vulnerabilityScanning)
    }

    @Test func everyFieldOfAJobIsRead() throws {
        let intent = try readIntent(CompleteIntent.job)
        let job = try #require(intent.spec.workload.job)
        #expect(job.parallelTasks == 4)
        #expect(job.maxRetries == 5)
        #expect(job.timeout == .seconds(7200))
        #expect(job.completionPolicy == .any)
        #expect(intent.spec.workload.resources.gpu?.dedicated == true)
        #expect(intent.spec.workload.wantedSlots == 4)
        #expect(intent.spec.constraints.maxLatencyMs == 50)
        #expect(intent.name == "complete-job")
    }

    @Test(arguments: [CompleteIntent.service, CompleteIntent.job])
    func whatIsWrittenIsReadBack(text: String) throws {
        let intent = try readIntent(text)
        let document = IntentEncoder.document(intent)
        #expect(try Self.made(document) == intent)
        #expect(IntentEncoder.document(try Self.made(document)) == document)
        for completeness in [Completeness.brief, .complete] {
            let spec = IntentEncoder.spec(intent.spec, completeness)
            var findings = Findings(file: "", vocabulary: .standard)
            #expect(IntentSpec.description.decode(spec, &findings) == intent.spec)
            #expect(findings.diagnostics.isEmpty)
        }
    }

    /// The intent of a document that was made and not read.
    private static func made(_ node: Node) throws -> Intent {
        let reading = IntentReader.read([Document(file: "a", index: 0, root: node)])
        #expect(reading.diagnostics.isEmpty)
        return try #require(reading.intents.first?.intent)
    }

    @Test func nothingIsWrittenThatEqualsItsDefault() throws {
        let intent = try readIntent(flare())
        let expected = Node.mapping([
            "objective": "Cost_Minimization",
            "workload": .mapping(["type": "service", "name": "small", "image": "app", "resources": .mapping([:])]),
        ])
        #expect(IntentEncoder.spec(intent.spec) == expected)
    }

    @Test func theCompleteFormWritesTheDefaultsOfWhatIsThere() throws {
        let intent = try readIntent(flare(type: "batch", workload: "job: {timeout: 1h}", resources: "{gpu: {}}"))
        let workload = IntentEncoder.flare(intent.spec, .complete)["intent"]?["workload"]
        let job = Node.mapping(["parallel_tasks": 1, "max_retries": 3, "timeout": "1h", "completion_policy": "All"])
        #expect(workload?["job"] == job)
        let gpu = Node.mapping([
            "count": 1, "shared": false, "interruptible": false, "multi_instance": false, "dedicated": false,
        ])
        #expect(workload?["resources"]?["gpu"] == gpu)
        #expect(workload?["storage"] == nil)
    }

    @Test func theOperatorsOwnFieldsAreNotSentToFLARE() throws {
        let intent = try readIntent(
            flare(more: "suspend: {}\npaused: {reason: x}\ndependsOn: [a]\ndriftPolicy: Report\nidle: {}")
        )
        #expect(intent.spec.suspend == Suspension())
        let sent = IntentEncoder.flare(intent.spec)
        #expect(sent["intent"]?["suspend"] == nil)
        #expect(sent["intent"]?["paused"] == nil)
        let complete = IntentEncoder.flare(intent.spec, .complete)["intent"]?.mapping
        #expect(complete?.contains { IntentSpec.own.contains($0.key) } == false)
        let job = try readIntent(flare(type: "job", more: "ttlAfterFinished: 2d"))
        #expect(job.spec.ttlAfterFinished == .seconds(172_800))
        #expect(IntentEncoder.flare(job.spec)["intent"]?["ttlAfterFinished"] == nil)
        #expect(IntentEncoder.spec(intent.spec)["suspend"] == .mapping([:]))
        #expect(IntentEncoder.spec(intent.spec)["paused"] == .mapping(["reason": "x"]))
    }

    @Test func nullMeansThatNothingIsSaid() throws {
        let text = flare(
            workload: "scaling: null\nports: ~\njob:",
            more: "constraints: {max_hourly_cost: null}\nsla: null"
        )
        #expect(try readIntent(text) == readIntent(flare()))
        #expect(findings("intent: {objective: null, workload: null}").count == 2)
    }

    @Test(arguments: ["model", "architecture", "tier", "interconnect", "topology", "compute_capability"])
    func theWordAnyWishesNothing(field: String) throws {
        let gpu = try readIntent(flare(resources: "{gpu: {\(field): any}}")).spec.workload.resources.gpu
        #expect(gpu == GPUWish())
    }

    @Test func anyPlaceAndNoBackupWishNothing() throws {
        let spec = try readIntent(flare(more: "constraints: {location: any}\nsla: {backup_strategy: none}")).spec
        #expect(spec.constraints.location == nil)
        #expect(spec.sla.backupStrategy == nil)
    }
}

import Documents
import FLARE
import Intents
import Placement
import Reconciling
import Testing

/// The order that is written for an offer.
@Suite struct FLAREOrderTests {
    private static func intent(_ order: Order, _ dialect: FLAREDialect = .seed) throws -> Node {
        var configuration = Fixtures.configuration()
        configuration.dialect = dialect
        let prepared = Fixtures.platform([:], configuration).platform.prepare(order)
        let body = try DocumentParser.json(Array(prepared.body.utf8))
        #expect(body.mapping?.map(\.key) == ["intent"])
        return try #require(body["intent"])
    }

    @Test(arguments: [
        ("inference", "inference-0a1b2c3d", "the usual"),
        (String(repeating: "a", count: 54), String(repeating: "a", count: 54) + "-0a1b2c3d", "just fits"),
        (String(repeating: "a", count: 63), String(repeating: "a", count: 54) + "-0a1b2c3d", "cut"),
        (
            String(repeating: "a", count: 53) + "-b", String(repeating: "a", count: 53) + "-0a1b2c3d",
            "no hyphen at the cut"
        ),
        (String(repeating: "a", count: 52) + ".-b", String(repeating: "a", count: 52) + "-0a1b2c3d", "nor a dot"),
        ("", "0a1b2c3d", "no name"), ("---", "0a1b2c3d", "nothing but hyphens"),
    ])
    func theNameCarriesTheAttempt(name: String, sent: String, reason: String) throws {
        let order = Fixtures.order(Fixtures.spec(.service, name: name))
        #expect(Fixtures.platform([:]).platform.prepare(order).reference == sent, "\(reason)")
        #expect(try Self.intent(order)["workload"]?["name"]?.string == sent)
        #expect(sent.utf8.count <= 63)
    }

    @Test(arguments: [true, false])
    func aNameIsOursWhereNobodyElseBuys(isExclusive: Bool) {
        var configuration = Fixtures.configuration()
        configuration.exclusiveAccount = isExclusive
        let platform = Fixtures.platform([:], configuration).platform
        let order = Fixtures.order(Fixtures.spec(.service, name: String(repeating: "a", count: 60)))
        let reference = platform.prepare(order).reference
        #expect(platform.traits.recognizesOwn == isExclusive)
        #expect(platform.isOwn(reference) == isExclusive)
        let own = platform.ownReference(reference, of: order.key, order.spec)
        #expect(own == (isExclusive ? OwnReference(slot: 0, attempt: "0a1b2c3d") : nil))
        for other in ["other-0a1b2c3d", reference + "4", "0a1b2c3d", "aa0a1b2c3d", "a", ""] {
            #expect(platform.ownReference(other, of: order.key, order.spec) == nil, "\(other)")
        }
        #expect(!platform.isOwn("inference") && !platform.isOwn("inference0a1b2c3d"))
    }

    @Test func whatGoesOnFromACheckpointIsToldFromWhich() throws {
        var order = Fixtures.order(Fixtures.spec(.service))
        let own = try Self.intent(order)["workload"]?["env"]?.sequence?.compactMap(\.string) ?? []
        order.continues = Fixtures.attempt
        let sent = try Self.intent(order)["workload"]?["env"]?.sequence?.compactMap(\.string)
        #expect(sent == own + ["INTENT_OPERATOR_CONTINUES=\(Fixtures.attempt.rawValue)"])
    }

    @Test func everyLengthOfNameStaysValidAndTellsAttemptsApart() {
        let platform = Fixtures.platform([:]).platform
        for length in 1...80 {
            var order = Fixtures.order(Fixtures.spec(.service, name: String(repeating: "x", count: length)))
            let first = platform.prepare(order).reference
            order.attempt = AttemptID(rawValue: "ffffffff-4e5f-4a6b-8c7d-9e0f1a2b3c4d")
            #expect(first.utf8.count <= 63)
            #expect(first.hasSuffix("-0a1b2c3d"))
            #expect(platform.prepare(order).reference != first)
        }
    }

    @Test func theOfferIsPinned() throws {
        var spec = Fixtures.spec(.service)
        spec.constraints.providers = ["flare", "provider-1", "provider-2"]
        spec.constraints.location = "EU"
        let constraints = try #require(try Self.intent(Fixtures.order(spec))["constraints"])
        #expect(constraints["providers"] == ["provider-1"])
        #expect(constraints["location"] == "eu-west-1")
        #expect(constraints["availability_zone"] == nil)
    }

    @Test(arguments: [GPUWish.Tier.premium, nil])
    func aTierThatTheChosenOfferIsNotOfIsNotAskedFor(_ tier: GPUWish.Tier?) throws {
        var spec = Fixtures.spec(.service)
        spec.workload.resources.gpu = GPUWish()
        spec.workload.resources.gpu?.tier = .gaming
        var offer = Fixtures.order(spec).candidate.offer
        offer.tier = tier
        let gpu = try Self.intent(Fixtures.order(spec, offer: offer))["workload"]?["resources"]?["gpu"]
        #expect(gpu?["model"]?.string == "nvidia-h100")
        #expect(gpu?["tier"]?.string == tier?.rawValue)
    }

    @Test func theZoneIsPinnedWhereTheOfferHasOne() throws {
        var offer = Offer(id: Offer.ID(platform: .flare, name: "p/eu/m/80Gi/zone=a"), model: "m")
        offer.zone = "eu-a"
        var spec = Fixtures.spec(.service)
        spec.constraints.availabilityZone = "eu-b"
        let pinned = try Self.intent(Fixtures.order(spec, offer: offer))["constraints"]
        #expect(pinned?["availability_zone"] == "eu-a")
        offer.zone = nil
        let kept = try Self.intent(Fixtures.order(spec, offer: offer))["constraints"]
        #expect(kept?["availability_zone"] == "eu-b")
    }

    @Test(arguments: [
        ("provider-1/eu-west-1/nvidia-h100/80Gi", "nvidia-h100" as String?, "as FLARE writes it"),
        ("p/l/NVIDIA A100 %2F 40%25GB/40Gi/spot", "NVIDIA A100 / 40%GB", "decoded"), ("p/l//80Gi", nil, "no model"),
        ("offer-7", nil, "another form of name"),
    ])
    func theModelIsPinnedInThePlatformsSpelling(name: String, model: String?, reason: String) throws {
        let offer = Offer(id: Offer.ID(platform: .flare, name: name), model: "catalogue-name")
        let gpu = try Self.intent(Fixtures.order(Fixtures.spec(.service), offer: offer))["workload"]?["resources"]?[
            "gpu"
        ]
        #expect(gpu?["model"]?.string == model, "\(reason)")
    }

    @Test func offersNamesLeadBackToTheirModels() async throws {
        let reply = #"{"available_gpus":[{"model":"a/b%2Fc%25","provider":"p/q","location":"l","memory":"1Gi"}]}"#
        let (platform, _) = Fixtures.platform([Fixtures.resources: [.json(200, reply)]])
        let offer = try #require(try await platform.offers().first)
        let gpu = try Self.intent(Fixtures.order(Fixtures.spec(.service), offer: offer))["workload"]?["resources"]?[
            "gpu"
        ]
        #expect(gpu?["model"]?.string == "a/b%2Fc%25")
    }

    @Test func aServiceStatesItsScalingWithTheMaximumThatTheCapPays() throws {
        var spec = Fixtures.spec(.service)
        spec.workload.scaling = Workload.Scaling()
        spec.workload.scaling?.minReplicas = 2
        spec.workload.scaling?.maxReplicas = 10
        spec.workload.scaling?.autoScale = true
        let scaling = try #require(try Self.intent(Fixtures.order(spec, maxReplicas: 4))["workload"]?["scaling"])
        #expect(scaling["min_replicas"] == 2)
        #expect(scaling["max_replicas"] == 4)
        #expect(scaling["auto_scale"] == true)
        #expect(scaling["target_cpu_percent"] == 70)
        #expect(scaling["target_gpu_percent"] == 80)
    }

    @Test(arguments: [
        (nil as Int?, 1 as Int64, 1 as Int64), (1, 1, 1), (3, 1, 3),
    ])
    func aServiceWithoutScalingNeverGetsThePlatformsTenReplicas(maximum: Int?, least: Int64, most: Int64) throws {
        let order = Fixtures.order(Fixtures.spec(.service), maxReplicas: maximum)
        let scaling = try #require(try Self.intent(order)["workload"]?["scaling"])
        #expect(scaling["min_replicas"]?.integer == least)
        #expect(scaling["max_replicas"]?.integer == most)
    }

    @Test func theLeastNeverPassesTheMost() throws {
        var spec = Fixtures.spec(.service)
        spec.workload.scaling = Workload.Scaling()
        spec.workload.scaling?.minReplicas = 5
        let scaling = try Self.intent(Fixtures.order(spec, maxReplicas: 3))["workload"]?["scaling"]
        #expect(scaling?["min_replicas"] == 3)
        #expect(scaling?["max_replicas"] == 3)
    }

    @Test(arguments: [Workload.Kind.job, .batch])
    func aJobIsAlwaysComplete(kind: Workload.Kind) throws {
        let workload = try #require(try Self.intent(Fixtures.order(Fixtures.spec(kind)))["workload"])
        #expect(workload["type"]?.string == kind.rawValue)
        #expect(workload["scaling"] == nil)
        #expect(
            workload["job"]?.mapping?.map(\.key) == ["parallel_tasks", "max_retries", "timeout", "completion_policy"]
        )
        #expect(workload["job"]?["timeout"] == "8760h")
        #expect(workload["job"]?["completion_policy"] == "All")
    }

    @Test(arguments: [
        (Duration.seconds(5400) as Duration?, Duration.seconds(7200) as Duration?, "1h30m", "the order's word counts"),
        (nil, .seconds(7200), "2h", "else the intent's"), (nil, nil, "8760h", "else a year"),
        (.seconds(90_061), nil, "25h1m1s", "without units that Go cannot read"),
    ])
    func aJobAlwaysHasATimeout(ordered: Duration?, wished: Duration?, sent: String, reason: String) throws {
        var spec = Fixtures.spec(.job)
        spec.workload.job = Workload.JobSettings()
        spec.workload.job?.timeout = wished
        let job = try Self.intent(Fixtures.order(spec, timeout: ordered))["workload"]?["job"]
        #expect(job?["timeout"]?.string == sent, "\(reason)")
    }

    @Test func theWholeIntentGoesAlong() throws {
        var spec = Fixtures.spec(.service)
        spec.objective = .cost
        spec.workload.env = ["A=1"]
        spec.workload.commands = ["run"]
        spec.workload.resources.cpu = .units(8)
        spec.workload.resources.memory = .gibibytes(32)
        var volume = Storage.Volume()
        volume.name = "data"
        volume.size = .gibibytes(100)
        volume.path = "/data"
        spec.workload.storage.volumes = [volume]
        spec.constraints.maxHourlyCost = Money(micros: 50_000_000)
        spec.sla.availability = Quantity(thousandths: 99_900)
        let intent = try Self.intent(Fixtures.order(spec))
        #expect(intent["objective"] == "Cost_Minimization")
        #expect(intent["workload"]?["env"] == ["A=1"])
        #expect(intent["workload"]?["commands"] == ["run"])
        #expect(intent["workload"]?["resources"]?["cpu"] == "8")
        #expect(intent["workload"]?["resources"]?["memory"] == "32Gi")
        #expect(intent["workload"]?["storage"]?["volumes"]?.sequence?.first?["size"] == "100Gi")
        #expect(intent["constraints"]?["max_hourly_cost"] == "50.00 EUR")
        #expect(intent["sla"]?["availability"] == "99.9%")
    }

    @Test func storageNeverGoesWithoutVolumes() throws {
        let storage = try Self.intent(Fixtures.order(Fixtures.spec(.service)))["workload"]?["storage"]
        #expect(storage == nil || storage?["volumes"]?.sequence != nil)
    }

    @Test func theOperatorsOwnFieldsStayHere() throws {
        var spec = Fixtures.spec(.service)
        spec.suspend = Suspension()
        spec.paused = Pause()
        let intent = try Self.intent(Fixtures.order(spec))
        #expect(intent["suspend"] == nil)
        #expect(intent["paused"] == nil)
    }

    @Test func theSameOrderGivesTheSameText() {
        let platform = Fixtures.platform([:]).platform
        let order = Fixtures.order(Fixtures.spec(.job))
        #expect(platform.prepare(order) == platform.prepare(order))
        #expect(platform.prepare(order).attempt == Fixtures.attempt)
    }
}

/// The newer dialect of orders.
@Suite struct HeadDialectTests {
    private static func workload(_ spec: IntentSpec, _ dialect: FLAREDialect) throws -> Node {
        var configuration = Fixtures.configuration()
        configuration.dialect = dialect
        let prepared = Fixtures.platform([:], configuration).platform.prepare(Fixtures.order(spec))
        return try #require(try DocumentParser.json(Array(prepared.body.utf8))["intent"]?["workload"])
    }

    private static func wish() throws -> IntentSpec {
        var spec = Fixtures.spec(.job)
        var gpu = GPUWish()
        gpu.memory = .gibibytes(40)
        gpu.cores = 1024
        gpu.clockSpeed = try Quantity(parsing: "1.5G")
        gpu.fp32Tflops = try Quantity(parsing: "19.5")
        gpu.multiGPUEfficiency = try Quantity(parsing: "0.95")
        spec.workload.resources.gpu = gpu
        spec.workload.resources.memory = .gibibytes(16)
        return spec
    }

    @Test func theDocumentedDialectKeepsTheDocumentedNames() throws {
        let workload = try Self.workload(Self.wish(), .seed)
        let gpu = try #require(workload["resources"]?["gpu"])
        #expect(workload["type"] == "job")
        #expect(workload["job"] != nil)
        #expect(gpu["memory"] == "40Gi")
        #expect(gpu["cores"] == 1024)
        #expect(gpu["clock_speed"] == "1.5G")
        #expect(gpu["fp32_tflops"] == "19.5")
        #expect(gpu["multi_gpu_efficiency"] == "0.95")
    }

    @Test func theNewerDialectHasItsOwnNamesAndNumbers() throws {
        let workload = try Self.workload(Self.wish(), .head)
        let gpu = try #require(workload["resources"]?["gpu"])
        #expect(workload["type"] == "batch")
        #expect(workload["batch"]?["completion_policy"] == "All")
        #expect(workload["job"] == nil)
        #expect(gpu["memory_min"] == "40Gi")
        #expect(gpu["cores_min"] == 1024)
        #expect(gpu["clock_speed_min"] == "1.5G")
        #expect(gpu["fp32_tflops"]?.number == 19.5)
        #expect(gpu["multi_gpu_efficiency"]?.number == 0.95)
        for old in ["memory", "cores", "clock_speed"] { #expect(gpu[old] == nil) }
        #expect(workload["resources"]?["memory"] == "16Gi", "only the GPU's memory has a range")
    }

    @Test func whatBothDialectsShareIsTheSame() throws {
        var spec = Fixtures.spec(.service)
        spec.workload.env = ["job=memory"]
        #expect(try Self.workload(spec, .seed) == Self.workload(spec, .head))
    }
}

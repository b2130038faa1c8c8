import Intents
import Testing

@testable import Placement

/// Each rule: what it lets through, what it rejects, and the words for it.
struct RuleTests {
    /// One wish held against one offer.
    struct Case: Sendable, CustomTestStringConvertible {
        /// What is tried.
        let testDescription: String
        /// The wish.
        let spec: IntentSpec
        /// The offer.
        let offer: Offer
        /// Why the offer is rejected, word for word; nil where it fits.
        let reason: String?

        init(_ testDescription: String, _ spec: IntentSpec, _ offer: Offer, _ reason: String? = nil) {
            self.testDescription = testDescription
            self.spec = spec
            self.offer = offer
            self.reason = reason
        }
    }

    /// Holds a case's wish against its offer and compares the reasons.
    private func check(_ item: Case, _ policy: PlacementPolicy = PlacementPolicy()) {
        let question = Question(item.spec, policy: policy, catalog: .standard, now: Stall.now)
        let listing = Listing(item.offer, catalog: .standard)
        let reasons = RuleBook.rules(for: question).compactMap { $0.rejects(listing) }
        #expect(reasons == (item.reason.map { [$0] } ?? []))
        let ranking = Market(offers: [item.offer], policy: policy).rank(item.spec, now: Stall.now)
        #expect(ranking.candidates.isEmpty == (item.reason != nil))
        if let reason = item.reason { #expect(ranking.refusal?.message.contains(reason) == true) }
    }

    @Test(arguments: gpus) func gpuWishes(item: Case) { check(item, Self.strict) }

    @Test(arguments: gpus.filter { $0.testDescription.hasSuffix("unknown") && $0.reason != nil })
    func whatNobodyStatesOfAGPUPassesUnlessConfigured(item: Case) {
        check(Case(item.testDescription, item.spec, item.offer))
    }

    /// The policy under which a GPU must state what is asked about.
    private static let strict: PlacementPolicy = {
        var policy = PlacementPolicy()
        policy.unstated[.gpu] = .fails
        return policy
    }()

    @Test(arguments: places) func placeWishes(item: Case) { check(item) }
    @Test(arguments: sellers) func sellerWishes(item: Case) { check(item) }
    @Test(arguments: amounts) func amountWishes(item: Case) { check(item) }

    static let gpus: [Case] = [
        Case("the model", Stall.gpu { $0.model = "nvidia-h100" }, Stall.offer()),
        Case("the model by another name", Stall.gpu { $0.model = "h100" }, Stall.offer("NVIDIA H100 80GB")),
        Case("any model", Stall.gpu { $0.model = "any" }, Stall.offer("quantum-9")),
        Case(
            "another model",
            Stall.gpu { $0.model = "nvidia-h100" },
            Stall.offer("t4"),
            "its GPU is nvidia-t4 PCIe 16Gi"
        ),
        Case("an unknown model by name", Stall.gpu { $0.model = "quantum-9" }, Stall.offer("Quantum 9")),
        Case(
            "an unknown model that is another",
            Stall.gpu { $0.model = "quantum-8" },
            Stall.offer("quantum-9"),
            "its GPU is quantum-9"
        ),
        Case("the form named", Stall.gpu { $0.model = "h100-pcie" }, Stall.offer("h100-pcie")),
        Case("another form", Stall.gpu { $0.model = "h100-pcie" }, Stall.offer(), "its GPU is nvidia-h100 SXM5 80Gi"),
        Case("the memory in the name", Stall.gpu { $0.model = "a100-80gb" }, Stall.offer("a100-80gb")),
        Case(
            "less memory than in the name",
            Stall.gpu { $0.model = "a100-80gb" },
            Stall.offer("nvidia-a100"),
            "its GPU is nvidia-a100 SXM4 40Gi"
        ),
        Case("enough memory", Stall.gpu { $0.memory = .gibibytes(80) }, Stall.offer()),
        Case("too little memory", Stall.gpu { $0.memory = .gibibytes(81) }, Stall.offer(), "it has memory 80Gi"),
        Case(
            "memory unknown",
            Stall.gpu { $0.memory = .gibibytes(1) },
            Stall.offer("quantum-9"),
            "it does not state its memory"
        ),
        Case("enough cores", Stall.gpu { $0.cores = 16896 }, Stall.offer()),
        Case("too few cores", Stall.gpu { $0.cores = 16897 }, Stall.offer(), "it has 16896 cores"),
        Case("fast clock", Stall.gpu { $0.clockSpeed = .units(1_980_000_000) }, Stall.offer()),
        Case("slow clock", Stall.gpu { $0.clockSpeed = .units(2_000_000_000) }, Stall.offer(), "it runs at 1.98 GHz"),
        Case("capability as a number", Stall.gpu { $0.computeCapability = .init(major: 8, minor: 9) }, Stall.offer()),
        Case(
            "9.0 is less than 10.0",
            Stall.gpu { $0.computeCapability = .init(major: 10, minor: 0) },
            Stall.offer(),
            "it has compute capability 9.0"
        ),
        Case(
            "a GPU without CUDA",
            Stall.gpu { $0.computeCapability = .init(major: 3, minor: 0) },
            Stall.offer("mi300x"),
            "it has no CUDA"
        ),
        Case("the architecture", Stall.gpu { $0.architecture = .hopper }, Stall.offer()),
        Case(
            "another architecture",
            Stall.gpu { $0.architecture = .ampere },
            Stall.offer(),
            "its architecture is hopper"
        ),
        Case(
            "an architecture that the reference lacks",
            Stall.gpu { $0.architecture = .ampere },
            Stall.offer("k80"),
            "its architecture is kepler"
        ),
        Case("the tier", Stall.gpu { $0.tier = .standard }, Stall.offer("rtx4080")),
        Case("a better tier is another", Stall.gpu { $0.tier = .standard }, Stall.offer(), "its tier is premium"),
        Case("the budget tier", Stall.gpu { $0.tier = .budget }, Stall.offer("v100")),
        Case("an equal link", Stall.gpu { $0.interconnect = .nvlink }, Stall.offer()),
        Case("a better link", Stall.gpu { $0.interconnect = .infiniband }, Stall.offer()),
        Case("a worse link", Stall.gpu { $0.interconnect = .nvswitch }, Stall.offer(), "its GPUs are linked by nvlink"),
        Case(
            "a link unknown",
            Stall.gpu { $0.interconnect = .pcie },
            Stall.offer("quantum-9"),
            "it does not say how its GPUs are linked"
        ),
        Case("the throughput, rounded", Stall.gpu { $0.fp32Tflops = .units(83) }, Stall.offer("rtx4090")),
        Case("too slow", Stall.gpu { $0.fp32Tflops = .units(84) }, Stall.offer("rtx4090"), "it has 82.6 TFLOPS"),
        Case(
            "throughput unknown",
            Stall.gpu { $0.fp32Tflops = .units(1) },
            Stall.offer("quantum-9"),
            "it does not state its throughput"
        ),
        Case("nvswitch topology", Stall.gpu { $0.topology = .nvswitch }, Stall.offer { $0.interconnect = .nvswitch }),
        Case("no nvswitch", Stall.gpu { $0.topology = .nvswitch }, Stall.offer(), "its GPUs are linked by nvlink"),
        Case("one GPU reaches all", Stall.gpu { $0.topology = .allToAll }, Stall.offer("t4")),
        Case(
            "all-to-all by nvlink",
            Stall.gpu {
                $0.topology = .allToAll; $0.count = 2
            },
            Stall.offer()
        ),
        Case(
            "all-to-all not by pcie",
            Stall.gpu(objective: .cost) {
                $0.topology = .allToAll; $0.count = 2
            },
            Stall.offer("t4"),
            "its GPUs are linked by pcie"
        ),
        Case(
            "a ring over anything",
            Stall.gpu {
                $0.topology = .ring; $0.count = 8
            },
            Stall.offer("quantum-9")
        ),
        Case(
            "a mesh over anything",
            Stall.gpu {
                $0.topology = .mesh; $0.count = 8
            },
            Stall.offer("t4")
        ),
        Case("can be split", Stall.gpu { $0.multiInstance = true }, Stall.offer()),
        Case("cannot be split", Stall.gpu { $0.multiInstance = true }, Stall.offer("t4"), "its GPU cannot be split"),
        Case(
            "splitting unknown",
            Stall.gpu { $0.multiInstance = true },
            Stall.offer("quantum-9"),
            "it does not say whether its GPU can be split"
        ),
        Case(
            "spot without leave",
            Stall.spec(),
            Stall.offer { $0.spot = true },
            "it can be taken back at any time (spot)"
        ),
        Case("spot by interruptible", Stall.gpu { $0.interruptible = true }, Stall.offer { $0.spot = true }),
        Case("spot by preemptible", Stall.spec { $0.constraints.preemptible = true }, Stall.offer { $0.spot = true }),
        Case("shared without leave", Stall.spec(), Stall.offer { $0.shared = true }, "others compute on its GPUs"),
        Case("shared by leave", Stall.gpu { $0.shared = true }, Stall.offer { $0.shared = true }),
        Case(
            "dedicated beats shared",
            Stall.gpu {
                $0.shared = true; $0.dedicated = true
            },
            Stall.offer { $0.shared = true },
            "others compute on its GPUs"
        ),
        Case("dedicated", Stall.gpu { $0.dedicated = true }, Stall.offer()),
    ]

    static let places: [Case] = [
        Case("the continent", Stall.spec { $0.constraints.location = "EU" }, Stall.offer()),
        Case("any place", Stall.spec { $0.constraints.location = "any" }, Stall.offer { $0.location = nil }),
        Case("another continent", Stall.spec { $0.constraints.location = "US" }, Stall.offer(), "it is in eu-west-1"),
        Case(
            "no place",
            Stall.spec { $0.constraints.location = "EU" },
            Stall.offer { $0.location = nil },
            "it does not say where it is"
        ),
        Case(
            "a word for no place",
            Stall.spec { $0.constraints.location = "EU" },
            Stall.offer { $0.location = "global" },
            "it does not say where it is"
        ),
        Case(
            "the place by the zone",
            Stall.spec { $0.constraints.location = "EU" },
            Stall.offer {
                $0.location = nil; $0.zone = "eu-west-1b"
            }
        ),
        Case("a region", Stall.spec { $0.constraints.location = "EU-WEST-1" }, Stall.offer()),
        Case(
            "another region",
            Stall.spec { $0.constraints.location = "eu-west-2" },
            Stall.offer(),
            "it is in eu-west-1"
        ),
        Case(
            "the zone",
            Stall.spec { $0.constraints.availabilityZone = "eu-west-1b" },
            Stall.offer { $0.zone = "EU-west-1b" }
        ),
        Case(
            "another zone",
            Stall.spec { $0.constraints.availabilityZone = "eu-west-1b" },
            Stall.offer { $0.zone = "eu-west-1c" },
            "it is in eu-west-1c"
        ),
        Case(
            "FLARE's region of the zone",
            Stall.spec { $0.constraints.availabilityZone = "eu-west-1b" },
            Stall.offer()
        ),
        Case(
            "the region of another zone",
            Stall.spec { $0.constraints.availabilityZone = "eu-west-10b" },
            Stall.offer(),
            "it is in eu-west-1"
        ),
        Case(
            "FlexAI is told no zone, so its region is not enough",
            Stall.spec {
                $0.constraints.availabilityZone = "eu-west-1b"
                $0.constraints.providers = ["flexai"]
            },
            Stall.offer(on: .flexai),
            "it is in eu-west-1"
        ),
        Case(
            "FlexAI in that very zone",
            Stall.spec {
                $0.constraints.availabilityZone = "eu-west-1b"
                $0.constraints.providers = ["flexai"]
            },
            Stall.offer(on: .flexai) { $0.location = "eu-west-1b" }
        ),
        Case(
            "no zone at all",
            Stall.spec { $0.constraints.availabilityZone = "eu-west-1b" },
            Stall.offer { $0.location = nil },
            "it does not say where it is"
        ),
        Case("low latency", Stall.spec { $0.constraints.maxLatencyMs = 50 }, Stall.offer { $0.latencyMs = 50 }),
        Case(
            "high latency",
            Stall.spec { $0.constraints.maxLatencyMs = 50 },
            Stall.offer { $0.latencyMs = 51 },
            "its latency is 51 ms"
        ),
        Case("latency unknown", Stall.spec { $0.constraints.maxLatencyMs = 50 }, Stall.offer()),
        Case(
            "early start",
            Stall.spec { $0.constraints.performance.maxColdStartTime = .seconds(30) },
            Stall.offer { $0.startup = .seconds(30) }
        ),
        Case(
            "late start",
            Stall.spec { $0.constraints.performance.maxColdStartTime = .seconds(30) },
            Stall.offer { $0.startup = .seconds(31) },
            "it takes 31000 ms to start"
        ),
        Case("start unknown", Stall.spec { $0.constraints.performance.maxColdStartTime = .seconds(30) }, Stall.offer()),
    ]

    private static let bare =
        "a bare FlexAI instance does not run registry.example.com/sample:1; name flexai in "
        + "constraints.providers, or allow bare instances with platforms.flexai.bareInstances"

    static let sellers: [Case] = [
        Case("a bare instance", Stall.spec(), Stall.offer(on: .flexai), bare),
        Case("FlexAI by name", Stall.spec { $0.constraints.providers = ["FlexAI"] }, Stall.offer(on: .flexai)),
        Case(
            "an environment that FlexAI brings",
            Stall.spec { $0.workload.image = "jupyter/tensorflow-notebook" },
            Stall.offer(on: .flexai)
        ),
        Case("FLARE by name", Stall.spec { $0.constraints.providers = ["flare"] }, Stall.offer()),
        Case(
            "a provider whatever its case",
            Stall.spec { $0.constraints.providers = ["aws", "PROVIDER-1"] },
            Stall.offer()
        ),
        Case(
            "another provider",
            Stall.spec { $0.constraints.providers = ["aws", "gcp"] },
            Stall.offer(),
            "provider-1 is not among aws, gcp"
        ),
        Case(
            "another platform",
            Stall.spec {
                $0.constraints.providers = ["flare"]; $0.workload.image = "jupyter/x"
            },
            Stall.offer(on: .flexai),
            "flexai is not among flare"
        ),
    ]
}

import Intents
import Testing

@testable import Placement

/// Names as platforms and people write them, and what they mean.
struct GPUCatalogTests {
    @Test func everyModelAndAliasFindsItsModel() {
        #expect(GPUCatalog.standard.gpus.count == 36)
        for gpu in GPUCatalog.standard.gpus {
            for name in [gpu.model] + gpu.aliases {
                #expect(GPUCatalog.standard.find(name)?.gpu.model == gpu.model, "\(name)")
                #expect(GPUCatalog.standard.find(name.uppercased())?.gpu.model == gpu.model, "\(name) in capitals")
                let spaced = String(name.map { $0 == "-" ? " " : $0 })
                #expect(GPUCatalog.standard.find(spaced)?.gpu.model == gpu.model, "\(name) with spaces")
                let scored = String(name.map { $0 == "-" ? "_" : $0 })
                #expect(GPUCatalog.standard.find(scored)?.gpu.model == gpu.model, "\(name) with underscores")
                #expect(GPUCatalog.standard.canonical(name) == gpu.model, "\(name)")
            }
        }
    }

    @Test(arguments: [
        ("nvidia-a100-80gb", "nvidia-a100", "SXM4", 80), ("NVIDIA A100", "nvidia-a100", "SXM4", 40),
        ("a100-sxm4-80gb", "nvidia-a100", "SXM4", 80), ("A100_PCIE_40GB", "nvidia-a100", "PCIe", 40),
        ("h100-pcie", "nvidia-h100", "PCIe", 80), ("h100-nvl", "nvidia-h100", "NVL", 94),
        ("NVIDIA H100 80GB HBM3", "nvidia-h100", "SXM5", 80), ("nvidia-h100-94gb", "nvidia-h100", "NVL", 94),
        ("Tesla V100-SXM2-32GB", "nvidia-v100", "SXM2", 32), ("NVIDIA GeForce RTX 4090", "nvidia-rtx-4090", "PCIe", 24),
        ("AMD Instinct MI300X OAM", "amd-mi300x", "OAM", 192), ("AMD Radeon RX 7900 XTX", "amd-rx-7900xtx", "PCIe", 24),
        ("rtx 6000 ada generation", "nvidia-rtx-6000-ada", "PCIe", 48),
        ("nvidia-a6000", "nvidia-rtx-a6000", "PCIe", 48),
        ("p100-16gb", "nvidia-p100", "PCIe", 16), ("p100-sxm2", "nvidia-p100", "SXM2", 16),
        ("gb200-nvl72", "nvidia-gb200", "NVL72", 186),
    ])
    func namesPickFormAndMemory(name: String, model: String, variant: String, gibibytes: Int) throws {
        let match = try #require(GPUCatalog.standard.find(name))
        #expect(match.gpu.model == model)
        #expect(match.variant.name == variant)
        #expect(match.memory == .gibibytes(Int64(gibibytes)))
    }

    @Test(arguments: [
        ("nvidia-a100", "80GB", 80), ("nvidia-a100", "40 GiB", 40), ("nvidia-a100", "81920MiB", 80),
        ("nvidia-a100", "80", 80), ("nvidia-a100", "plenty", 40), ("nvidia-a100", "", 40),
        ("nvidia-a100-80gb", "40GB", 40), ("rtx3080", "12Gi", 12), ("nvidia-h100", "94GB", 94),
    ])
    func memoryTextBeatsTheName(name: String, text: String, gibibytes: Int) {
        #expect(GPUCatalog.standard.find(name, memoryText: text)?.memory == .gibibytes(Int64(gibibytes)))
    }

    @Test(arguments: ["", "nvidia", "quantum-9", "h100-mig-1g.10gb", "80gb", "a1000", "-", "any"])
    func strangersAreNotFound(name: String) {
        #expect(GPUCatalog.standard.find(name) == nil)
        #expect(GPUCatalog.standard.complete(Offer(id: .init(platform: .flare, name: "x"), model: name)).tier == nil)
    }

    @Test func memoryTextThatIsNoneIsPassedOver() {
        for text in ["-5GB", "1.5GB", "99999999999GB", "GB", "0GB", "5000TB", "12 apples"] {
            #expect(MemoryText.read(text, unit: .optional) == nil, "\(text)")
        }
        #expect(MemoryText.read("16", unit: .required) == nil)
        #expect(MemoryText.read("1TB", unit: .required) == .gibibytes(1024))
    }

    @Test func completionFillsWhatNobodyStates() {
        let offer = GPUCatalog.standard.complete(Stall.offer("H100 PCIe"))
        #expect(offer.model == "nvidia-h100")
        #expect(offer.variant == "PCIe")
        #expect(offer.gpuMemory == .gibibytes(80))
        #expect(offer.tier == .premium)
        #expect(offer.architecture == .hopper)
        #expect(offer.computeCapability == ComputeCapability(major: 9, minor: 0))
        #expect(offer.fp32Tflops == Quantity(thousandths: 51_200))
        #expect(offer.interconnect == .pcie, "a bridge is no NVLink between all GPUs of a machine")
        #expect(offer.cores == 14592)
        #expect(offer.clockSpeed == Quantity(thousandths: 1_755_000_000_000))
        #expect(offer.multiInstance == true)
    }

    @Test func completionKeepsWhatIsStated() {
        let stated = Stall.offer {
            $0.gpuMemory = .gibibytes(94)
            $0.tier = .budget
            $0.interconnect = .nvswitch
            $0.fp32Tflops = .units(1)
            $0.cores = 5
        }
        let offer = GPUCatalog.standard.complete(stated)
        #expect(offer.variant == "NVL", "the memory picks the form")
        #expect((offer.tier, offer.interconnect, offer.cores) == (.budget, .nvswitch, 5))
        #expect(offer.fp32Tflops == .units(1))
    }

    @Test func completingTwiceIsCompletingOnce() {
        for offer in Stall.offers {
            let once = GPUCatalog.standard.complete(offer)
            #expect(GPUCatalog.standard.complete(once) == once)
        }
    }

    @Test(arguments: [
        ("nvidia-h100", GPUWish.Interconnect.nvlink), ("a40", .pcie), ("gh200", .pcie), ("mi300x", .nvlink),
        ("t4", .pcie),
    ])
    func linksAreWorthWhatTheyAreBetweenGPUs(name: String, link: GPUWish.Interconnect) {
        #expect(GPUCatalog.standard.find(name)?.variant.interconnect == link)
    }

    @Test func architecturesThatTheReferenceLacksAreKnown() {
        #expect(GPUCatalog.standard.find("p100")?.gpu.architecture == .pascal)
        #expect(GPUCatalog.standard.find("mi300x")?.gpu.computeCapability == nil)
    }

    @Test func brokenCataloguesAreRefused() throws {
        #expect(throws: DecodingError.self) { try GPUCatalog(json: Array("{\"gpus\": [{}]}".utf8)) }
        #expect(throws: DecodingError.self) { try GPUCatalog(json: Array("nothing".utf8)) }
        #expect(try GPUCatalog(json: Array("{\"gpus\": []}".utf8)).gpus.isEmpty)
    }

    @Test func modelsWithoutFormsOrMemoryCannotBeFound() throws {
        var bare = try #require(GPUCatalog.standard.find("t4")).gpu
        bare.variants = []
        var thin = try #require(GPUCatalog.standard.find("l4")).gpu
        thin.variants[0].memory = []
        #expect(GPUCatalog(gpus: [bare, thin]).gpus.isEmpty)
    }
}

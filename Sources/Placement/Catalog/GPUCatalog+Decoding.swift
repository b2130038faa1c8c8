import FoundationEssentials
import Intents

extension GPUCatalog {
    /// The catalogue that comes with the operator.
    package static let standard: GPUCatalog = {
        do {
            return try GPUCatalog(json: PackageResources.gpus_json)
        } catch {
            preconditionFailure("gpus.json, which is built in, cannot be read: \(error)")
        }
    }()

    /// Reads a catalogue written as `gpus.json` is; throws a `DecodingError` that names the field.
    package init(json: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let document = try decoder.decode(CatalogDocument.self, from: Data(json))
        self.init(gpus: document.gpus.map(\.gpu))
    }
}

/// `gpus.json` as a whole.
private struct CatalogDocument: Decodable {
    /// The models.
    var gpus: [ModelDocument]
}

/// One model in `gpus.json`.
private struct ModelDocument: Decodable {
    var model: String
    var aliases: [String]
    var architecture: String
    var computeCapability: String?
    var tier: String
    var variants: [VariantDocument]

    var gpu: GPU {
        GPU(
            model: model,
            aliases: aliases,
            architecture: GPUWish.Architecture(rawValue: architecture),
            computeCapability: computeCapability.flatMap(ComputeCapability.init(catalogText:)),
            tier: GPUWish.Tier(rawValue: tier) ?? .budget,
            variants: variants.map(\.variantOfGPU)
        )
    }
}

/// One form of a model in `gpus.json`.
private struct VariantDocument: Decodable {
    var variant: String
    var fp32Tflops: Double
    var memoryGib: [Int64]
    var cores: Int
    var boostClockGhz: Double
    var interconnect: String
    var mig: Bool
    var tdpWatts: Double?

    var variantOfGPU: GPU.Variant {
        GPU.Variant(
            name: variant,
            memory: memoryGib.map(Quantity.gibibytes),
            fp32Tflops: Quantity(thousandths: Int64((fp32Tflops * 1000).rounded())),
            cores: cores,
            clockSpeed: Quantity(thousandths: Int64((boostClockGhz * 1_000_000).rounded()) * 1_000_000),
            interconnect: GPUWish.Interconnect(catalogText: interconnect),
            multiInstance: mig,
            watts: tdpWatts.map { Quantity(thousandths: Int64(($0 * 1000).rounded())) }
        )
    }
}

extension GPUWish.Interconnect {
    /// What the catalogue's word for a link is worth between the GPUs of one machine.
    ///
    /// A bridge joins two cards and is seldom mounted where GPUs are rented, and `nvlink-c2c` joins a GPU to its own CPU:
    /// both count as PCI Express. AMD's Infinity Fabric joins all GPUs of a board at the speed of NVLink.
    fileprivate init(catalogText text: String) {
        switch text {
        case "nvswitch": self = .nvswitch
        case "nvlink", "infinity-fabric": self = .nvlink
        case "infiniband": self = .infiniband
        default: self = .pcie
        }
    }
}

extension ComputeCapability {
    /// Reads "8.9"; nil for anything else.
    fileprivate init?(catalogText text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let major = parts[0], let minor = parts[1] else { return nil }
        self.init(major: major, minor: minor)
    }
}

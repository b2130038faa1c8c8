import Intents

/// A GPU's name taken apart: the chip, and what the name says of its form and memory.
///
/// `nvidia-a100-80gb`, `NVIDIA A100`, `A100_SXM4_80GB` and `Tesla V100-SXM2-16GB` name a chip and say more or less about it.
/// Vendors, brands and words that tell no chips apart are left out.
struct GPUName: Hashable, Sendable {
    /// The chip's name without vendor, brand, dashes and spaces: `a100`, `rtx4090`, `7900xtx`.
    var chip: String
    /// The form that the name states: `sxm`, `pcie`, `nvl` or `oam`.
    var form: String?
    /// The memory that the name states.
    var memory: Quantity?

    /// Words that tell no chips apart.
    private static let ignored: Set<String> = [
        "nvidia", "amd", "tesla", "geforce", "radeon", "instinct", "quadro", "generation", "edition", "server",
        "workstation", "blackwell", "tensor", "core", "gpu", "hbm2", "hbm2e", "hbm3", "hbm3e", "gddr6", "gddr6x",
    ]

    /// Takes a name apart; upper and lower case, spaces, dashes and underscores do not matter.
    init(_ text: String) {
        var words: [String] = []
        for word in text.lowercased().split(whereSeparator: { " -_/()".contains($0) }).map(String.init) {
            if Self.ignored.contains(word) { continue }
            if let form = Self.form(word) {
                self.form = form
            } else if let memory = MemoryText.read(word, unit: .required), !words.isEmpty {
                self.memory = memory
            } else {
                words.append(word)
            }
        }
        chip = words.joined()
    }

    /// The form that a word states: `sxm5` and `sxm` are one.
    private static func form(_ word: String) -> String? {
        let letters = word.prefix { $0.isLetter }
        guard word.dropFirst(letters.count).allSatisfy(\.isNumber) else { return nil }
        return ["sxm", "pcie", "nvl", "oam"].first { $0 == letters }
    }
}

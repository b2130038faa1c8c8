/// The known words of the fields in which any word is allowed; other words give a warning.
package struct Vocabulary: Hashable, Sendable {
    /// GPU models and their other names, in lower case.
    package var models: [String]
    /// Places of the world, as they are written.
    package var locations: [String]
    /// Providers and platforms, as they are written.
    package var providers: [String]

    /// A vocabulary from its lists.
    package init(models: [String], locations: [String], providers: [String]) {
        self.models = models
        self.locations = locations
        self.providers = providers
    }

    /// What the reference names, the GPUs that are common in data centres, and the large clouds.
    package static let standard = Vocabulary(
        models: words(
            """
            nvidia-h100 nvidia-a100 nvidia-rtx-4090 nvidia-rtx-4080 nvidia-rtx-3090 nvidia-v100 nvidia-t4 amd-mi300x
            amd-rx-7900xtx any h100 h100-sxm h100-pcie h100-nvl h100-80gb nvidia-h200 h200 h200-sxm h200-nvl
            nvidia-gh200 gh200 nvidia-b200 b200 b200-sxm nvidia-gb200 gb200 nvidia-b300 b300 a100 a100-sxm a100-pcie
            a100-80gb a100-40gb nvidia-a100-40gb nvidia-a100-80gb nvidia-a30 a30 nvidia-a10 a10 nvidia-a10g a10g
            nvidia-a16 a16 nvidia-a40 a40 nvidia-rtx-a6000 a6000 rtxa6000 nvidia-a6000 nvidia-rtx-a5000 a5000 rtxa5000
            nvidia-rtx-a4000 a4000 rtxa4000 nvidia-l4 l4 nvidia-l40 l40 nvidia-l40s l40s nvidia-rtx-6000-ada rtx6000ada
            rtx-6000-ada nvidia-rtx-pro-6000 rtx-pro-6000 rtxpro6000 nvidia-rtx-5090 rtx5090 rtx4090 rtx4080 rtx3090
            nvidia-rtx-3080 rtx3080 t4 tesla-t4 nvidia-t4g t4g v100 tesla-v100 nvidia-p100 p100 nvidia-p4 p4 nvidia-k80
            k80 nvidia-m60 m60 mi300x amd-mi325x mi325x amd-mi250x mi250x 7900xtx rx-7900-xtx
            """
        ),
        locations: words("EU US Asia Canada Australia Brazil India Japan Singapore any"),
        providers: words("flexai flare aws gcp azure oci ovh scaleway hetzner lambda coreweave runpod vast")
    )

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// Whether a word names a GPU model.
    func knowsModel(_ word: String) -> Bool { models.contains(word) }

    /// Whether a word names a place: a known one, or one in the shape of a cloud's region, `eu-west-1`, `us-central1`.
    func knowsLocation(_ word: String) -> Bool { locations.contains(word) || Self.isRegion(word) }

    /// Whether a word names a provider: a known one, or a member of the federation, `provider-2`.
    func knowsProvider(_ word: String) -> Bool {
        if providers.contains(word) { return true }
        guard word.hasPrefix("provider-") else { return false }
        let number = word.dropFirst("provider-".count)
        return !number.isEmpty && number.allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// Whether a word has the shape of a zone: a region with a letter or a number behind it, `eu-west-1a`, `us-central1-b`.
    func knowsZone(_ word: String) -> Bool {
        if Self.isRegion(word) { return true }
        guard let last = word.last, last.isASCII, last.isLowercase || last.isNumber else { return false }
        let shortened = word.dropLast()
        return Self.isRegion(String(shortened.last == "-" ? shortened.dropLast() : shortened))
    }

    /// Lower-case words with `-` between them, at least two, and a number at the end of the last one or alone.
    private static func isRegion(_ word: String) -> Bool {
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        guard (2...4).contains(parts.count), let last = parts.last, let first = parts.first, let end = last.last else {
            return false
        }
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
        }
        return isPlain && end.isNumber && first.allSatisfy(\.isLetter) && first.count >= 2
    }
}

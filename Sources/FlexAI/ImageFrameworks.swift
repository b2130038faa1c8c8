/// Guesses from an image's name which frameworks an instance should bring.
enum ImageFrameworks {
    /// FlexAI's names, each with the words that stand for it in names of images.
    private static let known: [(name: String, words: Set<String>)] = [
        ("pytorch", ["pytorch", "torch", "torchserve", "pytorch2"]),
        ("tensorflow", ["tensorflow", "tensorflow2", "tf2"]),
        ("jax", ["jax", "flax"]),
        ("mxnet", ["mxnet"]),
        ("paddle", ["paddle", "paddlepaddle"]),
    ]

    /// The frameworks whose word stands in the image's path or tag, the registry's host and the digest left out.
    static func named(in image: String) -> [String] {
        var parts = image.utf8.prefix { $0 != UInt8(ascii: "@") }.split(separator: UInt8(ascii: "/"))
        if parts.count > 1, parts[0].contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }) {
            parts.removeFirst()
        }
        let words = parts.flatMap { $0.split { !isWord($0) } }.map { String(Substring($0)).lowercased() }
        return known.filter { !$0.words.isDisjoint(with: words) }.map(\.name)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

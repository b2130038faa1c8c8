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
        var parts = image.lowercased().prefix { $0 != "@" }.split(separator: "/")
        if parts.count > 1, parts[0].contains(where: { $0 == "." || $0 == ":" }) { parts.removeFirst() }
        let words = Set(parts.flatMap { $0.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) } }.map(String.init))
        return known.filter { !$0.words.isDisjoint(with: words) }.map(\.name)
    }
}

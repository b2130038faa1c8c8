/// What stands on the command line of `hack/crashtest`.
struct CrashOptions: Sendable {
    /// How many rounds.
    var rounds = 50
    /// The first round's seed; each further round has the next.
    var seed: UInt64 = 1
    /// How many rounds go on at a time.
    var jobs = 32
    /// Which sort of round; nil takes turns.
    var kind: RoundKind?
    /// The built `intentctl`.
    var binary = ""
    /// Where rounds have their folders.
    var folder = "/tmp"

    /// Something on the command line that makes no sense.
    struct Unclear: Error {
        /// What and what to do.
        let text: String
    }

    /// The options of some words.
    init(_ words: [String]) throws(Unclear) {
        var words = words[...]
        while let word = words.popFirst() {
            guard let value = words.popFirst() else { throw Unclear(text: "\(word) wants a value") }
            switch word {
            case "--rounds": rounds = try Self.number(value, word, 1...100_000)
            case "--seed": seed = UInt64(try Self.number(value, word, 0...Int.max))
            case "--jobs": jobs = try Self.number(value, word, 1...200)
            case "--kind":
                guard let known = RoundKind(rawValue: value) else {
                    let kinds = RoundKind.allCases.map(\.rawValue).joined(separator: ", ")
                    throw Unclear(text: "--kind is one of \(kinds)")
                }
                kind = known
            case "--binary": binary = value
            case "--folder": folder = value
            default: throw Unclear(text: "no option \(word); known are --rounds, --seed, --jobs and --kind")
            }
        }
    }

    private static func number(_ text: String, _ word: String, _ range: ClosedRange<Int>) throws(Unclear) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw Unclear(text: "\(word) wants a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

/// What goes wrong in a round, beside the operator being killed.
enum RoundKind: String, Sendable, CaseIterable {
    /// Nothing else.
    case kill
    /// Allocations are lost by their platform.
    case losses
    /// The disk under the ledger is full now and then.
    case disk
    /// The platforms' process is killed and started again.
    case platforms
    /// The ledger is put back from an older copy.
    case restored

    /// The kind of a round where they take turns: every other round kills and nothing else.
    static func turn(_ seed: UInt64) -> RoundKind {
        [.kill, .losses, .kill, .disk, .kill, .platforms, .kill, .restored][Int(seed % 8)]
    }
}

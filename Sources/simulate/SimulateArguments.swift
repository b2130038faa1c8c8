import Simulation

#if MUTANTS
import Reconciling
#endif

/// What a command line asks of the simulation.
struct SimulateArguments {
    /// What is to be played.
    enum Mode {
        /// Nothing: the arguments are explained.
        case help
        /// Histories from seeds.
        case seeds
        /// Small histories, cut off at every effect.
        case crashes
        #if MUTANTS
        /// Known-bad variants of our own code.
        case mutants
        #endif
    }

    /// How often a small history is cut off.
    enum Crashes {
        /// Once.
        case single
        /// Once, and once more at every later effect.
        case pairs
    }

    /// An argument that cannot be read, in words for people.
    struct Mistake: Error {
        /// What is wrong, and what would be right.
        let text: String
    }

    /// One argument: its name, what stands behind it, what it means, and what it does.
    private struct Option {
        let name: String
        /// What stands behind it; nil where nothing does.
        let value: String?
        let meaning: String
        let take: @Sendable (inout SimulateArguments, String) throws(Mistake) -> Void
    }

    /// What is to be played.
    var mode = Mode.seeds
    /// How many seeds; nil for one, or for as many as fit into `minutes`.
    var seeds: Int?
    /// The first seed.
    var seed: UInt64?
    /// How long seeds are played; nil for no bound.
    var minutes: Int?
    /// The only face that platforms have; nil for the one that each seed draws.
    var variant: WorldVariant?
    /// The lines of one seed's history that are played; nil for all.
    var kept: [Int]?
    /// The only small history that is cut off; nil for all.
    var history: String?
    /// The only platform on which it is; nil for all.
    var face: CrashFace?
    /// How often it is cut off.
    var crashes = Crashes.pairs
    /// Where it is cut off, instead of everywhere; a nil stands for nowhere.
    var points: [CrashPoint?] = []
    /// How many threads play.
    var jobs = 2

    /// Every argument that is understood.
    private static let options = usualOptions + mutantOptions

    private static let usualOptions: [Option] = [
        Option(name: "--seeds", value: "N", meaning: "play N seeds (100 unless --minutes or --seed is given)") {
            (arguments, text) throws(Mistake) in arguments.seeds = try number(text, "--seeds", 1...100_000_000)
        },
        Option(name: "--seed", value: "S", meaning: "begin with seed S; alone: play it, and show what happened") {
            (arguments, text) throws(Mistake) in
            guard let seed = UInt64(text) else { throw Mistake(text: "--seed wants a number, not \(text)") }
            arguments.seed = seed
        },
        Option(name: "--minutes", value: "M", meaning: "play seeds for M minutes") {
            (arguments, text) throws(Mistake) in arguments.minutes = try number(text, "--minutes", 1...100_000)
        },
        Option(name: "--variant", value: "NAME", meaning: "only platforms with this face: \(variants)") {
            (arguments, text) throws(Mistake) in
            guard let variant = WorldVariant(rawValue: text) else {
                throw Mistake(text: "--variant wants one of \(variants), not \(text)")
            }
            arguments.variant = variant
        },
        Option(name: "--keep", value: "LINES", meaning: "only these lines of the history, such as 0,3,7-9") {
            (arguments, text) throws(Mistake) in
            guard let lines = WorldTrial.numbers(text) else {
                throw Mistake(text: "--keep wants numbers and ranges such as 0,3,7-9, not \(text)")
            }
            arguments.kept = lines
        },
        Option(name: "--jobs", value: "N", meaning: "play on N threads (2 unless told otherwise)") {
            (arguments, text) throws(Mistake) in arguments.jobs = try number(text, "--jobs", 1...256)
        },
        Option(name: "--crashes", value: nil, meaning: "cut small histories off at every pair of effects") {
            (arguments, _) in arguments.mode = .crashes
        },
        Option(name: "--single", value: nil, meaning: "with --crashes: cut off once only") { (arguments, _) in
            arguments.crashes = .single
        },
        Option(name: "--history", value: "NAME", meaning: "with --crashes: only this one") {
            (arguments, text) throws(Mistake) in
            guard CrashHistory.named(text) != nil else {
                let names = CrashHistory.all.map(\.name).joined(separator: ", ")
                throw Mistake(text: "--history wants one of \(names), not \(text)")
            }
            arguments.history = text
        },
        Option(name: "--on", value: "PLATFORM", meaning: "with --crashes: only there (\(faces))") {
            (arguments, text) throws(Mistake) in
            guard let face = CrashFace(rawValue: text) else {
                throw Mistake(text: "--on wants one of \(faces), not \(text)")
            }
            arguments.face = face
        },
        Option(name: "--at", value: "7b,12a", meaning: "with --crashes: only before 7 and after 12, and show all") {
            (arguments, text) throws(Mistake) in
            for word in text.split(separator: ",") {
                let point = CrashPoint(word)
                guard point != nil || word == "none" else {
                    throw Mistake(text: "--at wants points such as 7b,12a,13l, or none, not \(text)")
                }
                arguments.points.append(point)
            }
        },
        Option(name: "--help", value: nil, meaning: "explain the arguments") { (arguments, _) in
            arguments.mode = .help
        },
    ]

    #if MUTANTS
    private static let mutantOptions = [
        Option(name: "--mutants", value: nil, meaning: "play known-bad variants of our own code") { (arguments, _) in
            arguments.mode = .mutants
        },
        Option(name: "--mutant", value: "NAME", meaning: "let one of them be at work: \(mutants)") {
            (_, text) throws(Mistake) in
            guard let mutant = Mutant.allCases.first(where: { $0.name == text }) else {
                throw Mistake(text: "--mutant wants one of \(mutants), not \(text)")
            }
            Mutant.choose(mutant)
        },
    ]

    private static let mutants = Mutant.allCases.map(\.name).joined(separator: ", ")
    #else
    private static let mutantOptions: [Option] = []
    #endif

    private static let faces = CrashFace.allCases.map(\.rawValue).joined(separator: ", ")

    private static let variants = WorldVariant.allCases.map(\.rawValue).joined(separator: ", ")

    /// Reads a command line.
    init(_ words: ArraySlice<String>) throws(Mistake) {
        var rest = words
        while let word = rest.popFirst() {
            guard let option = Self.options.first(where: { $0.name == word }) else {
                throw Mistake(text: "there is no argument \(word)")
            }
            var value = ""
            if let wanted = option.value {
                guard let next = rest.popFirst() else { throw Mistake(text: "\(word) wants \(wanted) behind it") }
                value = next
            }
            try option.take(&self, value)
        }
    }

    /// The arguments, explained.
    static var usage: String {
        let lines = options.map { option in
            let head = [option.name, option.value].compactMap(\.self).joined(separator: " ")
            return "  " + head + String(repeating: " ", count: max(2, 18 - head.count)) + option.meaning
        }
        return (["usage: hack/simulate [ARGUMENT…]"] + lines).joined(separator: "\n")
    }

    private static func number(_ text: String, _ name: String, _ range: ClosedRange<Int>) throws(Mistake) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw Mistake(text: "\(name) wants a number from \(range.lowerBound) to \(range.upperBound), not \(text)")
        }
        return number
    }
}

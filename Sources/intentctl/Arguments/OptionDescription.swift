/// One option of a command, described once: for the parser, the help and the documentation.
struct OptionDescription: Hashable, Sendable {
    /// Its name without `--`.
    var name: String
    /// Its letter without `-`.
    var letter: Character?
    /// What stands for its value in help; nil where it takes none.
    var value: String?
    /// Whether it may be given again.
    var repeats = false
    /// The environment variable that says the same.
    var environment: String?
    /// The path in the file that says the same.
    var path: String?
    /// Its value where nobody gives one; empty for none.
    var defaultText = ""
    /// What it does, in a sentence without a full stop.
    var summary: String
    /// The only values that it takes; empty where every text will do.
    var words: [String] = []

    /// How it is written: `--state DIR`.
    var usage: String {
        let short = letter.map { "-\($0)" }
        let long = letter == "o" ? nil : "--\(name)"
        return [short, long].compactMap(\.self).joined(separator: ", ") + (value.map { " \($0)" } ?? "")
    }

    /// How messages call it.
    var shown: String { letter == "o" ? "-o" : "--\(name)" }
}

extension OptionDescription {
    /// The option that stands for a setting.
    static func setting(_ flag: String, letter: Character? = nil) -> Self {
        guard let setting = SettingsCatalog.setting(flag: flag) else {
            preconditionFailure("no setting has the flag \(flag)")
        }
        return Self(
            name: flag,
            letter: letter,
            value: setting.isSwitch ? nil : setting.placeholder,
            repeats: setting.repeats,
            environment: setting.environment,
            path: setting.path,
            defaultText: setting.isSwitch ? "" : setting.defaultText,
            summary: setting.summary
        )
    }

    /// How the result is written; the first word is the default.
    static func output(_ words: String...) -> Self {
        Self(
            name: "output",
            letter: "o",
            value: words.joined(separator: "|"),
            environment: "INTENTCTL_OUTPUT",
            defaultText: words.first ?? "",
            summary: "How the result is written",
            words: words
        )
    }

    /// Where the settings' file is.
    static let config = Self(
        name: "config",
        value: "FILE",
        environment: "INTENTCTL_CONFIG",
        summary: "File of settings in YAML or JSON; flags and environment win over it"
    )
    /// Any setting by its path.
    static let set = Self(
        name: "set",
        value: "PATH=VALUE",
        repeats: true,
        summary: "One setting by its path in the file, such as limits.burst=5; secrets are refused here"
    )
    /// Asks for help.
    static let help = Self(name: "help", letter: "h", summary: "Show this help")
    /// Which kind's definition is printed.
    static let crd = Self(
        name: "crd",
        value: "intent|allocation",
        summary: "Print the CustomResourceDefinition of this kind instead",
        words: ["intent", "allocation"]
    )
    /// Shows changes as they come.
    static let watch = Self(
        name: "watch",
        environment: "INTENTCTL_WATCH",
        summary: "Go on and show changes as they come"
    )
    /// Why a person does something.
    static let reason = Self(name: "reason", value: "TEXT", summary: "Why; shown with the intent")
    /// When a suspension ends.
    static let until = Self(
        name: "until",
        value: "TIME",
        summary: "When it ends by itself: a moment such as 2027-01-04T07:00:00Z, or a span from now such as 8h"
    )
    /// Which slot.
    static let slot = Self(name: "slot", value: "N", summary: "The slot's number, from 0")
    /// That a task has failed.
    static let failed = Self(name: "failed", summary: "It has failed, and is tried again as often as its intent allows")
    /// By what costs are added up.
    static let by = Self(
        name: "by",
        value: "intent|label|platform|day",
        defaultText: "intent",
        summary: "By what costs are added up",
        words: ["intent", "label", "platform", "day"]
    )
    /// From when on costs count.
    static let since = Self(
        name: "since",
        value: "TIME",
        summary: "From when on: a day or moment such as 2027-01-04, or a span until now such as 24h"
    )
    /// What fills a slot.
    static let adopt = Self(
        name: "adopt",
        value: "ID",
        summary: "The allocation exists under this id and is ours; an empty slot takes it, and it goes with its intent"
    )
    /// That nothing fills a slot.
    static let abandon = Self(
        name: "abandon",
        summary: "The allocation does not exist, or is given up where nobody can be asked; the slot may be bought again"
    )
    /// What a token may do.
    static let permission = Self(
        name: "permission",
        value: "NAME",
        repeats: true,
        defaultText: "intents:read intents:write intents:delete",
        summary: "What the token may do; may be repeated"
    )
    /// How long a token lives.
    static let expires = Self(
        name: "expires",
        value: "DURATION",
        defaultText: "90d",
        summary: "How long the token lives"
    )
    /// Whose token it is.
    static let user = Self(name: "user", value: "ID", summary: "Whose token it is; for administrators")
}

extension OptionDescription {
    /// A price list in place of the platforms.
    static let offers = Self(
        name: "offers",
        value: "FILE",
        summary: "Ask this price list (CSV) and not the platforms; nothing can be bought from it"
    )
    /// FLUIDOS in place of offers.
    static let fluidos = Self(
        name: "fluidos",
        summary: "Print the FLUIDOS Solver that says the same, and ask no offers"
    )
    /// Which GPU.
    static let model = Self(name: "model", value: "NAME", summary: "Only offers with this GPU, by any of its names")
    /// How many GPUs.
    static let gpus = Self(name: "gpus", value: "N", summary: "Only offers with so many GPUs for one slot")
    /// How much memory a GPU has.
    static let gpuMemory = Self(
        name: "gpu-memory",
        value: "SIZE",
        summary: "Only offers with this memory a GPU, such as 40Gi"
    )
    /// Whose offers.
    static let provider = Self(
        name: "provider",
        value: "NAME",
        repeats: true,
        summary: "Only offers of this provider or platform; may be repeated"
    )
    /// Where.
    static let location = Self(name: "location", value: "PLACE", summary: "Only offers there: EU, US, DE, eu-west-1")
    /// How dear.
    static let maxPrice = Self(
        name: "max-price",
        value: "EUR",
        summary: "Only offers that cost no more in an hour, for --gpus GPUs or the whole machine"
    )
    /// Whether spot offers are listed.
    static let spot = Self(
        name: "spot",
        value: "only|never",
        summary: "Only spot offers, or none of them; both where nothing is said",
        words: ["only", "never"]
    )
    /// In which order.
    static let sort = Self(
        name: "sort",
        value: OfferFilter.Order.allCases.map(\.rawValue).joined(separator: "|"),
        defaultText: OfferFilter.Order.name.rawValue,
        summary: "The order: by name, or the best first",
        words: OfferFilter.Order.allCases.map(\.rawValue)
    )
}

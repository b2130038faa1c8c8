import Intents

/// One setting, described once: its names in the file, the environment and on the command line, its kind and its place.
struct SettingDescription: Sendable {
    /// Whether its value may be shown.
    enum Visibility: Sendable {
        /// It may.
        case plain
        /// It may not, and it is no flag, since everybody on a machine sees the flags.
        case secret
    }

    /// Its path in the file: `platforms.flexai.url`.
    let path: String
    /// Its name in the environment.
    let environment: String
    /// Its flag without `--`; nil where only `--set` sets it.
    let flag: String?
    /// What stands for its value in help.
    let placeholder: String
    /// Whether its flag needs no value.
    let isSwitch: Bool
    /// Whether its flag may be given again.
    let repeats: Bool
    /// Whether its value may be shown.
    let visibility: Visibility
    /// What it does, in a sentence without a full stop.
    let summary: String
    /// Takes a value over.
    let assign: @Sendable (inout Settings, SettingInput) throws(SettingFault) -> Void
    /// Shows its value.
    let show: @Sendable (Settings) -> String

    /// A setting that is kept at a place of `Settings`; the environment's name follows from the path where none is given.
    init<Value: Sendable>(
        _ path: String,
        _ place: any WritableKeyPath<Settings, Value> & Sendable,
        _ type: SettingType<Value>,
        _ summary: String,
        environment: String? = nil,
        flag: String? = nil,
        visibility: Visibility = .plain
    ) {
        self.path = path
        self.environment = environment ?? Self.environmentName(of: path)
        self.flag = flag
        self.visibility = visibility
        self.summary = summary
        placeholder = type.placeholder
        isSwitch = Value.self == Bool.self
        repeats = Value.self == [String].self
        assign = { settings, input throws(SettingFault) in settings[keyPath: place] = try type.read(input) }
        show = { settings in type.show(settings[keyPath: place]) }
    }

    /// The same for a setting that has no default.
    init<Value: Sendable>(
        _ path: String,
        _ place: any WritableKeyPath<Settings, Value?> & Sendable,
        _ type: SettingType<Value>,
        _ summary: String,
        environment: String? = nil,
        flag: String? = nil
    ) {
        self.init(path, place, type.optional, summary, environment: environment, flag: flag)
    }

    /// Its value where nobody sets it; empty for none.
    var defaultText: String { show(Settings()) }

    /// `platforms.flexai.bareInstances` → `FLEXAI_BARE_INSTANCES`; others begin with `INTENTCTL_`.
    static func environmentName(of path: String) -> String {
        let isPlatform = path.hasPrefix("platforms.")
        let letters = Array(isPlatform ? path.dropFirst("platforms.".count) : path[...])
        var name = isPlatform ? "" : "INTENTCTL_"
        for (index, letter) in letters.enumerated() {
            let previous = index > 0 ? letters[index - 1] : "."
            let isFollowedByLower = index + 1 < letters.count && letters[index + 1].isLowercase
            let isWordStart = letter.isUppercase && previous != "." && (!previous.isUppercase || isFollowedByLower)
            name += letter == "." ? "_" : (isWordStart ? "_" : "") + letter.uppercased()
        }
        return name
    }
}

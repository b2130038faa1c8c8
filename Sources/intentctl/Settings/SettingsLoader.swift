import Documents

/// Why the settings cannot be used: everything that is wrong with them, never with a secret in it.
struct SettingsError: Error, Hashable, Sendable {
    /// One line for each fault, with its place.
    var problems: [String]
}

/// Puts the settings together: the file, over it the environment, over both the flags.
struct SettingsLoader: Sendable {
    /// What came of it.
    struct Loaded: Sendable {
        /// The settings.
        var settings = Settings()
        /// What a person should look at.
        var warnings: [String] = []
    }

    /// The process's environment.
    var environment: [String: String]
    /// Reads a file whole; throws a sentence about why it cannot.
    var read: @Sendable (_ path: String) throws(FileTrouble) -> [UInt8]

    /// The largest secret that is read from a file, in bytes.
    static let longestSecret = 16 * 1024

    /// The settings; `flags` are those that stand for settings by their names, `assignments` the values of `--set`.
    ///
    /// A variable that is set to nothing counts as not set. Every fault is found, not only the first.
    func load(
        flags: [String: [String]] = [:],
        assignments: [String] = [],
        file: String? = nil
    ) throws(SettingsError) -> Loaded {
        var loaded = Loaded()
        var problems: [String] = []
        let file = file ?? environment["INTENTCTL_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        if let file { problems += apply(file: file, to: &loaded.settings) }
        problems += applyEnvironment(to: &loaded)
        problems += apply(assignments: assignments, to: &loaded.settings)
        problems += apply(flags: flags, to: &loaded.settings)
        problems += resolve(&loaded.settings.flexai.apiKey, "platforms.flexai.apiKeyFile")
        problems += resolve(&loaded.settings.flare.token, "platforms.flare.tokenFile")
        problems += resolve(&loaded.settings.metrics.prometheus.token, "metrics.prometheus.tokenFile")
        guard problems.isEmpty else { throw SettingsError(problems: problems) }
        return loaded
    }

    /// Takes over what the environment says.
    private func applyEnvironment(to loaded: inout Loaded) -> [String] {
        let given = SettingsCatalog.all.filter { !(environment[$0.environment] ?? "").isEmpty }
        var problems = clashes(among: given.map(\.path)).map { $0(\.environment) }
        for setting in given {
            let input = SettingInput.text(environment[setting.environment] ?? "")
            problems += Self.assign(setting, input, to: &loaded.settings, named: setting.environment)
        }
        let known = SettingsCatalog.all.map(\.environment) + Self.otherVariables
        for name in environment.keys.sorted() where Self.looksLikeOurs(name) && !known.contains(name) {
            let nearest = Suggestion.nearest(to: name, among: known).map { "; did you mean \($0)?" } ?? ""
            loaded.warnings.append("\(name): the environment holds no such setting\(nearest)")
        }
        return problems
    }

    /// Variables that are no settings.
    static let otherVariables = ["INTENTCTL_CONFIG", "INTENTCTL_OUTPUT", "INTENTCTL_WATCH"]

    /// Whether a variable's name begins as ours do.
    private static func looksLikeOurs(_ name: String) -> Bool {
        ["INTENTCTL_", "FLEXAI_", "FLARE_"].contains { name.hasPrefix($0) }
    }

    /// Takes over flags that stand for settings.
    private func apply(flags: [String: [String]], to settings: inout Settings) -> [String] {
        flags.sorted { $0.key < $1.key }.flatMap { name, values -> [String] in
            guard let setting = SettingsCatalog.setting(flag: name) else { return [] }
            return Self.assign(setting, .texts(values), to: &settings, named: "--\(name)")
        }
    }

    /// Takes over `--set PATH=VALUE`.
    private func apply(assignments: [String], to settings: inout Settings) -> [String] {
        var given: [(setting: SettingDescription, value: String)] = []
        var problems: [String] = []
        for assignment in assignments {
            guard let equals = assignment.firstIndex(of: "=") else {
                problems.append("--set: must be PATH=VALUE, such as limits.burst=5")
                continue
            }
            let path = String(assignment[..<equals])
            if let setting = SettingsCatalog.setting(at: path) {
                given.append((setting, String(assignment[assignment.index(after: equals)...])))
            } else {
                let nearest = Suggestion.nearest(to: path, among: SettingsCatalog.all.map(\.path))
                problems.append("--set \(path): no such setting" + (nearest.map { "; did you mean \($0)?" } ?? ""))
            }
        }
        problems += clashes(among: given.map(\.setting.path)).map { $0(\.path) }
        for (setting, value) in given {
            if setting.visibility == .secret {
                problems.append("--set \(setting.path): everybody sees flags; use \(setting.environment) or a file")
            } else {
                problems += Self.assign(setting, .text(value), to: &settings, named: "--set \(setting.path)")
            }
        }
        return problems
    }

    /// Takes over what the file says.
    private func apply(file: String, to settings: inout Settings) -> [String] {
        let bytes: [UInt8]
        do { bytes = try read(file) } catch { return ["\(file): \(error.reason)"] }
        let documents: [Document]
        do throws(Diagnostic) {
            documents = try DocumentParser.parse(bytes, file: file, format: DocumentFormat(fileName: file) ?? .yaml)
        } catch {
            return [error.description]
        }
        guard documents.count <= 1 else { return ["\(file): must hold one document, not \(documents.count)"] }
        guard let root = documents.first?.root else { return [] }
        var reader = SettingsFileReader(file: file)
        reader.read(root, under: "")
        for (setting, node) in reader.found {
            do throws(SettingFault) {
                try setting.assign(&settings, .node(node))
            } catch {
                reader.report(error.message, at: error.position ?? node.position, setting.path)
            }
        }
        let clashes = clashes(among: reader.found.map(\.setting.path)).map { "\(file): " + $0(\.path) }
        return reader.problems.map(\.description) + clashes
    }

    /// Pairs of settings of which one layer may give only one.
    private func clashes(
        among paths: [String]
    ) -> [@Sendable (KeyPath<SettingDescription, String>) -> String] {
        [
            ("platforms.flexai.apiKey", "platforms.flexai.apiKeyFile"),
            ("platforms.flare.token", "platforms.flare.tokenFile"),
            ("metrics.prometheus.token", "metrics.prometheus.tokenFile"),
        ]
        .filter { paths.contains($0.0) && paths.contains($0.1) }
        .map { pair in
            { name in
                let names = [pair.0, pair.1].compactMap { SettingsCatalog.setting(at: $0)?[keyPath: name] }
                return names.joined(separator: " and ") + ": give one of the two"
            }
        }
    }

    /// Takes one value over; returns what is wrong with it.
    private static func assign(
        _ setting: SettingDescription,
        _ input: SettingInput,
        to settings: inout Settings,
        named name: String
    ) -> [String] {
        do throws(SettingFault) {
            try setting.assign(&settings, input)
            return []
        } catch {
            return ["\(name): \(error.message)"]
        }
    }

    /// Reads a secret from its file.
    private func resolve(_ source: inout SecretSource, _ path: String) -> [String] {
        guard case .file(let file) = source else { return [] }
        let bytes: [UInt8]
        do { bytes = try read(file) } catch { return ["\(path): \(file): \(error.reason)"] }
        let isBlank = { (byte: UInt8) in byte <= 0x20 }
        let secret = bytes.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        guard bytes.count <= Self.longestSecret, !secret.isEmpty, secret.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return ["\(path): \(file): must hold one word without blanks; it is not shown here"]
        }
        source = .value(SecretText(String(decoding: Array(secret), as: UTF8.self)))
        return []
    }
}

/// Why a file cannot be read, in a sentence without a full stop.
struct FileTrouble: Error, Hashable, Sendable {
    /// The reason.
    var reason: String

    /// A reason.
    init(_ reason: String) { self.reason = reason }
}

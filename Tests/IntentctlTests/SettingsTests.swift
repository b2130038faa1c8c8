import Documents
import Testing

@testable import intentctl

/// Every setting reaches its place from the file, from the environment and from the command line, in this order.
@Suite struct SettingsPrecedenceTests {
    /// Three values of each setting, as text and as they are shown: the file's, the environment's, the flag's.
    static let samples: [String: [String]] = [
        "state": ["/a", "/b", "/c"], "intents": ["x", "y", "z"], "listen": ["127.0.0.1:1", "[::1]:2", ":3"],
        "run.once": ["true", "false", "true"], "run.timeout": ["1m", "2m", "3h"],
        "run.simulate": ["true", "false", "true"], "run.dryRun": ["true", "false", "true"],
        "log.format": ["json", "plain", "auto"], "log.level": ["debug", "warning", "error"],
        "platforms.flexai.url": ["https://a.example", "http://b.example:8080", "https://c.example/v2"],
        "platforms.flexai.organization": ["o1", "o2", "o3"], "platforms.flexai.currency": ["USD", "GBP", "CHF"],
        "platforms.flexai.location": ["EU", "US", "eu-west-1"],
        "platforms.flexai.idempotencyKeys": ["honoured", "ignored", "honoured"],
        "platforms.flexai.keyLifetime": ["1h", "2h", "48h"],
        "platforms.flexai.onUnknownCreate": ["retryAfter: 10m", "halt", "retryAfter: 1h"],
        "platforms.flexai.exclusiveAccount": ["true", "false", "true"],
        "platforms.flexai.listingDelayBound": ["30s", "1m", "2m"],
        "platforms.flexai.bareInstances": ["allowed", "forbidden", "allowed"],
        "platforms.flexai.defaults.cpuCores": ["1", "2", "3"], "platforms.flexai.defaults.ramGB": ["4", "5", "6"],
        "platforms.flexai.defaults.environment": ["a", "b", "c"],
        "platforms.flexai.paths.gpuTypes": ["/a", "/b", "/c"], "platforms.flexai.paths.create": ["/a", "/b", "/c"],
        "platforms.flexai.paths.list": ["/a", "/b", "/c"],
        "platforms.flexai.paths.status": ["/a/{id}", "/b/{id}", "/{id}/c"],
        "platforms.flexai.paths.stop": ["/a/{id}", "/b/{id}", "/{id}/c"],
        "platforms.flexai.paths.delete": ["/a/{id}", "/b/{id}", "/{id}/c"],
        "platforms.flexai.certificateAuthority": ["/ca1", "/ca2", "/ca3"],
        "kubernetes.enabled": ["true", "false", "true"], "kubernetes.kubeconfig": ["/a", "/b", "/c"],
        "kubernetes.context": ["a", "b", "c"], "kubernetes.namespace": ["a", "b", "c"],
        "kubernetes.allNamespaces": ["true", "false", "true"],
        "kubernetes.operatorNamespace": ["a", "b", "c"],
        "kubernetes.watchLabelSelector": ["a=b", "c!=d", "e"],
        "kubernetes.leaderElect": ["true", "false", "true"], "kubernetes.shard": ["0/2", "1/3", "4/5"],
        "platforms.flare.url": ["https://a.example", "http://b.example:8080", "https://c.example/api/v1"],
        "platforms.flare.dialect": ["head", "seed", "head"],
        "platforms.flare.onUnknownCreate": ["retryAfter: 10m", "halt", "retryAfter: 1h"],
        "platforms.flare.exclusiveAccount": ["true", "false", "true"],
        "platforms.flare.listingDelayBound": ["30s", "1m", "2m"],
        "platforms.flare.certificateAuthority": ["/ca1", "/ca2", "/ca3"],
        "limits.callsAtATime": ["1", "2", "64"], "limits.callsPerSecond": ["1", "2", "3"],
        "limits.burst": ["1", "2", "3"], "policies.provisioningTimeout": ["1m", "2m", "3m"],
        "policies.deletionGuard.percent": ["0", "50", "100"], "policies.deletionGuard.minimum": ["0", "1", "2"],
        "policies.deletionGuard.quiet": ["0s", "1s", "30s"], "policies.pollSettled": ["1s", "2m", "1h"],
        "policies.pollChanging": ["100ms", "1s", "10s"], "policies.restOffer": ["0s", "1m", "1h"],
        "approval.above": ["1.00 EUR/hour", "20.00 EUR/hour", "0.50 EUR/hour"],
        "quotas": [
            "[{selector: {team: a}, maxGpus: 4}]", "[{selector: {}, maxHourlyCost: 10.00 EUR/hour}]",
            "[{selector: {a: b, c: d}, maxTotalCost: 500.00 EUR/month}, {selector: {}, maxTotalCost: 9.00 EUR/day}]",
        ],
        "metrics.prometheus.url": ["https://a.example", "http://b.example:9090", "https://c.example/prometheus"],
        "metrics.prometheus.gpuQuery": ["a", "none", "sum by (host) (b)"],
        "metrics.prometheus.cpuQuery": ["a", "b", "none"], "metrics.prometheus.hostLabel": ["a", "b", "c"],
        "metrics.prometheus.interval": ["1s", "30s", "1m"],
        "metrics.prometheus.certificateAuthority": ["/ca1", "/ca2", "/ca3"],
        "metrics.scaleUpAfter": ["0s", "2m", "3m"], "metrics.scaleDownAfter": ["0s", "20m", "30m"],
        "exchangeRates": ["{USD: 0.92 EUR}", "{GBP: 1.15 EUR}", "{CHF: 1.00 EUR}"],
        "providers": [#"{"a":{"latencyMs":1}}"#, #"{"b":{}}"#, #"{"c":{"regions":{"eu-west-1":{"vpn":true}}}}"#],
        "placement.unstated.gpu": ["fails", "passes", "fails"],
        "placement.unstated.machine": ["fails", "passes", "fails"],
        "placement.unstated.place": ["passes", "fails", "passes"],
        "placement.unstated.time": ["fails", "passes", "fails"],
        "placement.unstated.energy": ["fails", "passes", "fails"],
        "placement.unstated.compliance": ["passes", "fails", "passes"],
        "placement.unstated.residency": ["passes", "fails", "passes"],
        "placement.unstated.performance": ["fails", "passes", "fails"],
        "placement.unstated.security": ["passes", "fails", "passes"],
        "placement.unstated.sla": ["fails", "passes", "fails"],
        "operator.userIDTemplate": ["a-{intent}", "b", "c"],
        "simulation.latency": ["1ms", "2ms", "3ms"], "simulation.bootTime": ["1s", "3s", "4s"],
        "simulation.jobRuntime": ["1m", "2m", "3m"], "simulation.capacity": ["2", "3", "4"],
        "simulation.books": ["/a", "/b", "/c"], "simulation.userIDs": ["echoed", "kept", "echoed"],
    ]

    /// The settings whose samples stand above, and the secrets, which have tests of their own.
    static let plain = SettingsCatalog.all.filter { samples[$0.path] != nil }

    @Test("Every setting has samples or is a secret")
    func complete() {
        let rest = Set(SettingsCatalog.all.map(\.path)).subtracting(Self.samples.keys)
        #expect(
            rest == [
                "platforms.flexai.apiKey", "platforms.flexai.apiKeyFile", "platforms.flare.token",
                "platforms.flare.tokenFile", "metrics.prometheus.token", "metrics.prometheus.tokenFile",
            ]
        )
        #expect(Self.plain.count == Self.samples.count)
    }

    @Test("No two settings share a path, a variable or a flag, and no path leads through another setting")
    func unique() {
        let all = SettingsCatalog.all
        #expect(Set(all.map(\.path)).count == all.count)
        #expect(Set(all.map(\.environment)).count == all.count)
        #expect(Set(all.compactMap(\.flag)).count == all.compactMap(\.flag).count)
        for one in all { #expect(!all.contains { $0.path.hasPrefix(one.path + ".") }) }
    }

    @Test("The file, over it the environment, over it the command line", arguments: plain.map(\.path))
    func precedence(_ path: String) throws {
        let setting = try #require(SettingsCatalog.setting(at: path))
        let values = try #require(Self.samples[path])
        let files = Samples.files(["c.yaml": Self.yaml(path, values[0])])
        func load(
            _ environment: [String: String],
            _ flags: [String: [String]],
            _ assignments: [String]
        ) throws -> Settings {
            let loader = SettingsLoader(environment: environment, read: files.read)
            return try loader.load(flags: flags, assignments: assignments, file: "c.yaml").settings
        }
        let fromFile = try load([:], [:], [])
        #expect(setting.show(fromFile) == values[0])
        let fromEnvironment = try load([setting.environment: values[1]], [:], [])
        #expect(setting.show(fromEnvironment) == values[1])
        let assigned = try load([setting.environment: values[1]], [:], ["\(path)=\(values[2])"])
        #expect(setting.show(assigned) == values[2])
        if let flag = setting.flag {
            let flagged = try load([setting.environment: values[1]], [flag: [values[2]]], ["\(path)=\(values[1])"])
            #expect(setting.show(flagged) == values[2])
        }
        #expect(setting.show(try load([setting.environment: ""], [:], [])) == values[0], "set to nothing is not set")
        for other in SettingsCatalog.all where other.path != path {
            #expect(other.show(fromFile) == other.defaultText, "\(other.path) must not change")
        }
    }

    @Test(
        "The environment's names follow from the paths",
        arguments: [
            ("platforms.flexai.bareInstances", "FLEXAI_BARE_INSTANCES"), ("platforms.flare.dialect", "FLARE_DIALECT"),
            ("platforms.flexai.idempotencyKeys", "FLEXAI_IDEMPOTENCY_KEYS"),
            ("platforms.flexai.defaults.ramGB", "FLEXAI_DEFAULTS_RAM_GB"), ("platforms.flexai.url", "FLEXAI_API_URL"),
            ("platforms.flexai.apiKey", "FLEXAI_API_KEY"), ("platforms.flexai.organization", "FLEXAI_ORG_ID"),
            ("platforms.flare.url", "FLARE_API_URL"), ("platforms.flare.token", "FLARE_API_TOKEN"),
            ("platforms.flexai.currency", "FLEXAI_CURRENCY"),
            ("limits.callsAtATime", "INTENTCTL_LIMITS_CALLS_AT_A_TIME"),
            ("state", "INTENTCTL_STATE"), ("intents", "INTENTCTL_INTENTS"),
            ("operator.userIDTemplate", "INTENTCTL_OPERATOR_USER_ID_TEMPLATE"),
        ]
    )
    func environmentNames(_ path: String, _ name: String) {
        #expect(SettingsCatalog.setting(at: path)?.environment == name)
    }

    @Test("The defaults are those of the documentation")
    func defaults() {
        let expected = [
            "limits.callsAtATime": "16", "policies.provisioningTimeout": "10m", "policies.deletionGuard.percent": "25",
            "policies.deletionGuard.minimum": "5", "policies.deletionGuard.quiet": "2s", "policies.pollSettled": "1m",
            "policies.pollChanging": "5s", "policies.restOffer": "3m", "platforms.flexai.currency": "EUR",
            "platforms.flexai.keyLifetime": "24h", "platforms.flexai.onUnknownCreate": "halt",
            "platforms.flexai.idempotencyKeys": "ignored", "platforms.flexai.bareInstances": "forbidden",
            "platforms.flexai.defaults.cpuCores": "8", "platforms.flexai.defaults.ramGB": "32",
            "platforms.flexai.defaults.environment": "jupyter", "platforms.flare.dialect": "seed",
            "run.timeout": "10m", "platforms.flexai.url": "",
        ]
        for (path, text) in expected { #expect(SettingsCatalog.setting(at: path)?.defaultText == text, "\(path)") }
    }

    /// A file that gives one setting.
    static func yaml(_ path: String, _ value: String) -> String {
        let keys = path.split(separator: ".")
        let isMapping = ["{", "[{", "retryAfter:"].contains { value.hasPrefix($0) }
        var text = ""
        for (index, key) in keys.enumerated() {
            let indent = String(repeating: "  ", count: index)
            let isLast = index == keys.count - 1
            text += "\(indent)\(key):"
            if !isLast {
                text += "\n"
            } else {
                text += isMapping ? (value.hasPrefix("r") ? " {\(value)}" : " \(value)") : " \"\(value)\""
            }
        }
        return text + "\n"
    }
}

/// What is wrong with settings, and where.
@Suite struct SettingsFaultTests {
    @Test(
        "In the file, with its place",
        arguments: [
            (
                "platforms:\n  flexai:\n    ulr: x\n",
                "c.yaml:3:5: platforms.flexai.ulr: there is no such setting; did you mean url?"
            ),
            ("platform: {}\n", "c.yaml:1:1: platform: there is no such setting; did you mean platforms?"),
            ("zzz: 1\n", "c.yaml:1:1: zzz: there is no such setting"),
            ("limits: 3\n", "c.yaml:1:9: limits: must be a mapping, not a whole number"),
            ("limits:\n  burst: 0\n", "c.yaml:2:10: limits.burst: must be a whole number from 1 to 1000000"),
            ("limits:\n  burst: [1]\n", "c.yaml:2:10: limits.burst: must be one value, not a list"),
            (
                "exchangeRates: {USD: 0}\n",
                "c.yaml:1:22: exchangeRates: USD: must be the euros that one is worth, such as 0.92"
            ),
            (
                "exchangeRates: {usd: 1}\n",
                "c.yaml:1:17: exchangeRates: usd: must be another currency than EUR, such as USD"
            ),
            ("quotas: {}\n", "c.yaml:1:9: quotas: must be a list, not a mapping"),
            ("quotas: [1]\n", "c.yaml:1:10: quotas: must hold mappings, not a whole number"),
            ("quotas: [{selector: {}}]\n", "c.yaml:1:10: quotas: a quota needs maxHourlyCost, maxTotalCost or maxGpus"),
            ("quotas: [{maxGPUs: 1}]\n", "c.yaml:1:20: quotas: maxGPUs: is no part of a quota; did you mean maxGpus?"),
            ("quotas: [{maxGpus: -1}]\n", "c.yaml:1:20: quotas: maxGpus: must be a whole number from 0"),
            (
                "quotas: [{maxTotalCost: 5 EUR}]\n",
                "c.yaml:1:25: quotas: maxTotalCost: must read such as 500 EUR/month or 20 EUR/day"
            ),
            (
                "approval: {above: cheap}\n",
                "c.yaml:1:19: approval.above: must be an amount an hour, such as 20 EUR/hour"
            ),
            ("providers: {a: 1}\n", "c.yaml:1:16: providers: a: must be a mapping, not a whole number"),
            (
                "providers: {a: {latncyMs: 1}}\n",
                "c.yaml:1:17: providers: a: latncyMs: there is no such attribute; did you mean latencyMs?"
            ),
            (
                "providers: {a: {regions: {eu: {vpn: maybe}}}}\n",
                "c.yaml:1:37: providers: a: regions: eu: vpn: must be true or false"
            ),
            (
                "providers: {a: {uptimePercent: 101}}\n",
                "c.yaml:1:32: providers: a: uptimePercent: must be a percentage from 0 to 100, such as 99.9"
            ),
            (
                "providers: {a: {availability: {timezone: Mars/Base}}}\n",
                "c.yaml:1:42: providers: a: availability: timezone: Mars/Base is no time zone; write it like"
                    + " \"Europe/Berlin\""
            ),
            (
                "placement: {unstated: {gpu: perhaps}}\n",
                "c.yaml:1:29: placement.unstated.gpu: must be one of fails, passes"
            ),
            ("providers: []\n", "c.yaml:1:12: providers: must be a mapping, not a list"),
            (
                "platforms: {flexai: {onUnknownCreate: {wait: 1m}}}\n",
                "c.yaml:1:39: platforms.flexai.onUnknownCreate: must be halt or retryAfter: DURATION"
            ),
            (
                "policies: {pollSettled: 1 hour}\n",
                "c.yaml:1:25: policies.pollSettled: must be a span of time such as 10m"
            ),
            ("policies: {pollSettled: 0s}\n", "c.yaml:1:25: policies.pollSettled: must be from 1s to 1h"),
            (
                "log: {level: inf}\n",
                "c.yaml:1:14: log.level: must be one of debug, info, warning, error; did you mean info?"
            ),
            (
                "platforms: {flare: {url: ftp://h}}\n",
                "c.yaml:1:26: platforms.flare.url: must be a URL that begins with https:// or http://"
            ),
            ("[1]\n", "c.yaml:1:1: must be a mapping, not a list"),
            ("a: 1\n---\nb: 2\n", "c.yaml: must hold one document, not 2"),
            ("a: [\n", "c.yaml:"),
        ]
    )
    func file(_ text: String, _ expected: String) throws {
        let loader = SettingsLoader(environment: [:], read: Samples.files(["c.yaml": text]).read)
        let error = try #require(throws: SettingsError.self) { try loader.load(file: "c.yaml") }
        #expect(error.problems.count == 1)
        #expect(error.problems.first?.hasPrefix(expected) == true, "\(error.problems)")
    }

    @Test(
        "An empty file, and null for a section or a setting, say nothing",
        arguments: ["", "limits:\n", "limits: {burst: }\n"]
    )
    func silent(_ text: String) throws {
        let loader = SettingsLoader(environment: [:], read: Samples.files(["c.yaml": text]).read)
        #expect(try loader.load(file: "c.yaml").settings == Settings())
    }

    @Test("On the command line and in the environment")
    func others() throws {
        let loader = SettingsLoader(environment: ["FLEXAI_CURRENCY": "euro"], read: Samples.files([:]).read)
        let error = try #require(throws: SettingsError.self) {
            try loader.load(
                flags: ["listen": ["nowhere"], "intents": [""]],
                assignments: ["limits.brust=1", "limits.burst", "limits.burst=x"],
                file: "none.yaml"
            )
        }
        #expect(
            error.problems
                == [
                    "none.yaml: cannot be read: no such file",
                    "FLEXAI_CURRENCY: must be a currency of three capital letters, such as EUR",
                    "--set limits.brust: no such setting; did you mean limits.burst?",
                    "--set: must be PATH=VALUE, such as limits.burst=5",
                    "--set limits.burst: must be a whole number from 1 to 1000000",
                    "--intents: must name a file or a directory",
                    "--listen: must be an address and a port, such as 127.0.0.1:8080",
                ]
        )
    }

    @Test("Variables that look like ours and are none are told of, without their value")
    func unknownVariables() throws {
        let environment = [
            "INTENTCTL_STTE": "hunter2", "FLEXAI_NONSENSE_X": "1", "PATH": "/bin", "INTENTCTL_OUTPUT": "json",
        ]
        let loaded = try SettingsLoader(environment: environment, read: Samples.files([:]).read).load()
        #expect(
            loaded.warnings == [
                "FLEXAI_NONSENSE_X: the environment holds no such setting",
                "INTENTCTL_STTE: the environment holds no such setting; did you mean INTENTCTL_STATE?",
            ]
        )
    }

    @Test(
        "Lists of paths",
        arguments: [
            ("intents: [a, b]\n", ["a", "b"]), ("intents: a\n", ["a"]),
        ]
    )
    func lists(_ text: String, _ expected: [String]) throws {
        let loader = SettingsLoader(environment: [:], read: Samples.files(["c.yaml": text]).read)
        #expect(try loader.load(file: "c.yaml").settings.intents == expected)
        let environment = SettingsLoader(environment: ["INTENTCTL_INTENTS": "a:b"], read: Samples.files([:]).read)
        #expect(try environment.load().settings.intents == ["a", "b"])
    }

    @Test("The file's name can come from the environment, and JSON is read too")
    func named() throws {
        let files = Samples.files(["c.json": #"{"limits": {"burst": 7}}"#])
        let loader = SettingsLoader(environment: ["INTENTCTL_CONFIG": "c.json"], read: files.read)
        #expect(try loader.load().settings.limits.burst == 7)
    }

    @Test(
        "Addresses",
        arguments: [
            ("127.0.0.1:80", "127.0.0.1", 80), (":8080", "", 8080), ("[::1]:0", "::1", 0),
            ("localhost:65535", "localhost", 65535),
        ] as [(String, String, UInt16)]
    )
    func addresses(_ text: String, _ host: String, _ port: UInt16) {
        #expect(ListenAddress(parsing: text) == ListenAddress(host: host, port: port))
        #expect(ListenAddress(host: host, port: port).text == text)
    }

    @Test(
        "Texts that are no addresses",
        arguments: ["", "80", ":", "a:", "a:65536", "a:-1", "::1:80", "[a]:1", "a b:1", "http://a:1"]
    )
    func noAddresses(_ text: String) {
        #expect(ListenAddress(parsing: text) == nil)
    }
}

/// Secrets reach their place and are never shown.
@Suite struct SettingsSecretTests {
    private static let secret = "sk-Very5ecret"

    private func load(
        _ environment: [String: String],
        _ file: String = "",
        _ files: [String: String] = [:]
    ) throws -> Settings {
        let all = Samples.files(files.merging(["c.yaml": file]) { $1 })
        return try SettingsLoader(environment: environment, read: all.read).load(file: "c.yaml").settings
    }

    @Test("From the file, the environment, and files that they name")
    func sources() throws {
        let inFile = "platforms: {flexai: {apiKey: \(Self.secret)}, flare: {tokenFile: t}}\n"
        let both = try load([:], inFile, ["t": "  flr_1\n"])
        #expect(both.secrets == [Self.secret, "flr_1"])
        #expect(try load(["FLEXAI_API_KEY": "other"], inFile, ["t": "x"]).flexai.apiKey.secret?.reveal() == "other")
        let byFile = try load(
            ["FLEXAI_API_KEY_FILE": "k", "FLARE_API_TOKEN": "direct"],
            inFile,
            ["k": "from-file", "t": ""]
        )
        #expect(byFile.secrets == ["from-file", "direct"])
    }

    @Test("Nothing that prints, interpolates or looks into settings shows a secret")
    func neverShown() throws {
        let settings = try load(["FLEXAI_API_KEY": Self.secret, "FLARE_API_TOKEN": Self.secret])
        var dumped = ""
        dump(settings, to: &dumped)
        let texts = [
            "\(settings)", String(reflecting: settings), String(describing: settings.flexai.apiKey), dumped,
            "\(settings.flexai.apiKey.secret.debugDescription)",
        ]
        for text in texts { #expect(!text.contains("Very5ecret")) }
        for setting in SettingsCatalog.all {
            #expect(!setting.show(settings).contains("Very5ecret"), "\(setting.path)")
        }
        #expect(settings.secrets == [Self.secret, Self.secret])
    }

    @Test(
        "No error about a secret holds any of it",
        arguments: [
            (["FLEXAI_API_KEY": "sk-Very5ecret two"], "", [:]),
            (["FLARE_API_TOKEN_FILE": "t"], "", ["t": "sk-Very5ecret two"]),
            (["FLARE_API_TOKEN_FILE": "t"], "", ["t": "\n"]), (["FLARE_API_TOKEN_FILE": "missing"], "", [:]),
            ([:], "platforms: {flexai: {apiKey: [sk-Very5ecret]}}\n", [:]),
            ([:], "platforms: {flexai: {apiKey: sk-Very5ecret é}}\n", [:]),
            (["FLEXAI_API_KEY": "sk-Very5ecret", "FLEXAI_API_KEY_FILE": "k"], "", ["k": "a"]),
            ([:], "platforms: {flexai: {apiKey: sk-Very5ecret, apiKeyFile: k}}\n", ["k": "a"]),
            (["FLEXAI_API_URL": "https://me:sk-Very5ecret@h"], "", [:]),
            (["FLARE_API_URL": "https://h/?token=sk-Very5ecret"], "", [:]),
        ] as [([String: String], String, [String: String])]
    )
    func errors(_ environment: [String: String], _ file: String, _ files: [String: String]) throws {
        let error = try #require(throws: SettingsError.self) { try load(environment, file, files) }
        #expect(!error.problems.isEmpty)
        #expect(!error.problems.joined().contains("Very5ecret"))
    }

    @Test("A secret on the command line is refused, unseen")
    func flags() throws {
        let loader = SettingsLoader(environment: [:], read: Samples.files([:]).read)
        let error = try #require(throws: SettingsError.self) {
            try loader.load(assignments: ["platforms.flexai.apiKey=\(Self.secret)"])
        }
        #expect(error.problems == ["--set platforms.flexai.apiKey: everybody sees flags; use FLEXAI_API_KEY or a file"])
    }
}

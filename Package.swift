// swift-tools-version: 6.3
import PackageDescription

/// One set of compiler rules for every room: Swift 6 mode, explicit existentials and imports, memory-unsafe code
/// marked as such, and no warning left standing.
let rules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// A C library of the system, found by pkg-config and installed under its Debian name.
func system(_ name: String, pkgConfig: String, debian: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debian])])
}

/// A room: a module under `Sources/` that may import only the rooms named here.
func room(_ name: String, _ imports: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: imports, resources: resources, swiftSettings: rules)
}

/// The tests of one subject, under `Tests/`.
func tests(_ name: String, _ imports: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: imports, resources: resources, swiftSettings: rules)
}

let package = Package(
    name: "intent-operator",
    products: [.executable(name: "intentctl", targets: ["intentctl"])],
    targets: [
        system("CCurl", pkgConfig: "libcurl", debian: "libcurl4-openssl-dev"),
        system("CYAML", pkgConfig: "yaml-0.1", debian: "libyaml-dev"),
        system("CSQLite", pkgConfig: "sqlite3", debian: "libsqlite3-dev"),
        system("CMicrohttpd", pkgConfig: "libmicrohttpd", debian: "libmicrohttpd-dev"),

        room("Documents", ["CYAML"]),
        room("Intents", ["Documents"]),
        room("Placement", ["Intents"], resources: [.embedInCode("gpus.json")]),
        room("Reconciling", ["Intents", "Placement", "Documents"]),
        room("Wire", ["CCurl", "CMicrohttpd"]),
        room("FlexAI", ["Reconciling", "Placement", "Intents", "Documents"]),
        room("FLARE", ["Reconciling", "Placement", "Intents", "Documents"]),
        room("Metrics", ["Reconciling", "Intents", "Documents"]),
        room("Directory", ["Reconciling", "Intents", "Documents"]),
        room("Kubernetes", ["Reconciling", "Placement", "Intents", "Documents", "Wire"]),
        room("LocalLedger", ["Reconciling", "Placement", "Intents", "Documents", "CSQLite"]),
        room("Reporting"),
        room("Serving", ["Wire", "Reconciling", "Reporting"]),
        room("Simulation", ["Reconciling", "Placement", "Intents", "Documents", "FlexAI", "FLARE"]),
        .executableTarget(
            name: "intentctl",
            dependencies: [
                "Documents", "Intents", "Placement", "Reconciling", "Wire", "FlexAI", "FLARE", "Directory",
                "Kubernetes", "LocalLedger", "Metrics", "Reporting", "Serving", "Simulation",
            ],
            swiftSettings: rules
        ),
        // Times what no log is fine enough for; run by hack/bench and not shipped.
        .executableTarget(
            name: "bench",
            dependencies: ["Wire", "Reconciling", "Placement", "Intents", "Documents", "Kubernetes", "Simulation"],
            swiftSettings: rules
        ),
        // Plays histories in the simulated world; run by hack/simulate and not shipped.
        .executableTarget(name: "simulate", dependencies: ["Simulation", "Reconciling"], swiftSettings: rules),
        // Kills the built command again and again and audits the platforms' books; run by hack/crashtest and not shipped.
        .executableTarget(
            name: "crashtest",
            dependencies: ["Documents", "Intents", "Reconciling", "LocalLedger", "Wire"],
            swiftSettings: rules
        ),

        tests("DocumentsTests", ["Documents"]),
        tests("IntentsTests", ["Intents", "Documents"]),
        tests("PlacementTests", ["Placement", "Intents", "Documents"]),
        tests("ReconcilingTests", ["Reconciling", "Placement", "Intents", "Documents"]),
        tests("WireTests", ["Wire"]),
        tests("FlexAITests", ["FlexAI", "Reconciling", "Placement", "Intents", "Documents"]),
        tests("FLARETests", ["FLARE", "Reconciling", "Placement", "Intents", "Documents"]),
        tests("MetricsTests", ["Metrics", "Reconciling", "Intents", "Documents"]),
        tests("DirectoryTests", ["Directory", "Reconciling", "Intents", "Documents"]),
        // A stand-in for an API server, as far as recorded exchanges show one; for tests alone.
        .target(
            name: "StandInCluster",
            dependencies: ["Documents", "Intents", "Wire", "Reconciling", "Kubernetes"],
            path: "Tests/StandInCluster",
            swiftSettings: rules
        ),
        tests(
            "KubernetesTests",
            [
                "Kubernetes", "StandInCluster", "Simulation", "FlexAI", "Reconciling", "Placement", "Intents",
                "Documents",
                "Wire",
            ]
        ),
        tests("LocalLedgerTests", ["LocalLedger", "Reconciling", "Placement", "Intents", "Documents", "CSQLite"]),
        tests("ReportingTests", ["Reporting"]),
        tests("ServingTests", ["Serving", "Wire", "Reconciling", "Reporting"]),
        tests(
            "SimulationTests",
            ["Simulation", "Reconciling", "Placement", "Intents", "Documents", "FlexAI", "FLARE"]
        ),
        tests(
            "IntentctlTests",
            ["intentctl", "Documents", "Intents", "Placement", "Reconciling", "Reporting", "Simulation", "Wire"]
        ),
        tests(
            "EndToEndTests",
            ["Documents", "Intents", "Kubernetes", "Reconciling", "StandInCluster", "Wire"]
        ),
    ],
    swiftLanguageModes: [.v6]
)

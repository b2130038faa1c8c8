import Documents
import Testing

@testable import Intents

/// What changes a fingerprint, what does not, and that it never changes by itself.
struct FingerprintTests {
    /// What a change to a spec must do to its fingerprints.
    enum Effect: Sendable {
        /// A new generation only.
        case inPlace
        /// An allocation that carries the whole intent is replaced.
        case wholeIntent
        /// Every allocation is replaced.
        case everything
    }

    private static let job = flare(type: "job")

    @Test(
        arguments: [
            (flare(more: "constraints: {max_hourly_cost: 10 EUR}"), .inPlace),
            (flare(more: "constraints: {max_total_cost: 10 EUR}"), .inPlace),
            (flare(more: "constraints: {negotiation: {}}"), .inPlace),
            (flare(more: "sla: {availability: 99.9%}"), .inPlace),
            (flare(more: "suspend: {}"), .inPlace),
            (flare(more: "paused: {}"), .inPlace),
            (flare(more: "dependsOn: [store]"), .inPlace),
            (flare(more: "driftPolicy: Report"), .inPlace),
            (flare(more: "idle: {}"), .inPlace),
            (flare(workload: "scaling: {max_replicas: 3}"), .wholeIntent),
            (flare(type: "job"), .wholeIntent),
            (flare(type: "job", workload: "job: {max_retries: 1}"), .wholeIntent),
            (flare(more: "constraints: {location: EU}"), .everything),
            (flare(more: "constraints: {providers: [aws]}"), .everything),
            (flare(more: "constraints: {deadline: \"2030-01-01T00:00:00Z\"}"), .wholeIntent),
            (flare(more: "constraints: {preemptible: true}"), .wholeIntent),
            (flare(more: "constraints: {compliance: {gdpr_compliant: true}}"), .wholeIntent),
            (flare(resources: "{cpu: 8}"), .everything),
            (flare(resources: "{gpu: {count: 2}}"), .everything),
            (flare(workload: "env: [A=1]"), .everything),
            (flare(workload: "commands: [run]"), .everything),
            (flare(workload: "ports: [{port: 80}]"), .everything),
            (flare(workload: "secrets: [{name: a, env: A}]"), .everything),
            (flare(workload: "storage: {volumes: [{name: a, size: 1Gi, type: temporary, path: /a}]}"), .everything),
        ] as [(String, Effect)]
    )
    func aChangeHasItsEffect(text: String, effect: Effect) throws {
        let before = try readIntent(flare()).fingerprints
        let after = try readIntent(text).fingerprints
        #expect((before.shape(for: .wholeIntent) != after.shape(for: .wholeIntent)) == (effect != .inPlace))
        #expect((before.shape(for: .instance) != after.shape(for: .instance)) == (effect == .everything))
    }

    @Test func spellingsAndNamesChangeNothing() throws {
        let plain = try readIntent(flare(resources: "{cpu: 8, memory: 1Gi}")).fingerprints
        let other = try readIntent(flare(workload: "env: []", resources: "{memory: 1024Mi, cpu: \"8.0\", gpu: null}"))
        #expect(plain == other.fingerprints)
        var renamed = other
        renamed.name = "else"
        renamed.labels = ["a": "b"]
        #expect(renamed.fingerprints == plain)
        renamed.spec.workload.name = "else"
        for scope in AllocationScope.allCases {
            #expect(renamed.fingerprints.shape(for: scope) == plain.shape(for: scope))
        }
    }

    /// A changed fingerprint replaces what was bought: these may only change on purpose, and never by a new release.
    @Test func fingerprintsAreTheSameForever() throws {
        let small = try readIntent(flare()).fingerprints
        #expect(small.shape(for: .instance) == "920ec016eaa8781be4184d9fba783e23")
        let complete = try readIntent(CompleteIntent.service).fingerprints
        #expect(complete.shape(for: .wholeIntent) == "a93409308810e7fcfe4d97e98652a606")
    }

    @Test func differentContentsAreFedDifferently() {
        let nodes: [Node] = [
            .null, false, true, 0, 1, 1.0, "", "1", "null", [], [[]], ["a", "b"], ["ab"], [1, 2], [12], .mapping([:]),
            .mapping(["a": "b"]), .mapping(["a": ["b"]]), .mapping(["ab": ""]), .mapping(["a": .null]),
        ]
        #expect(Set(nodes.map { Fingerprint.text(of: $0) }).count == nodes.count)
        #expect(nodes.allSatisfy { Fingerprint.text(of: $0).utf8.count == 32 })
    }
}

import Documents
import Testing

@testable import Intents

/// Every word of every enumeration, and its neighbours that are none.
struct WordTests {
    /// Each place of an enumeration, `%` standing for the word, and its words.
    static let places: [(text: String, words: [String])] = [
        ("intent: {objective: %, workload: {type: job, name: a, image: b, resources: {}}}", words(Objective.self)),
        (flare(type: "%"), words(Workload.Kind.self)),
        (flare(resources: "{gpu: {architecture: %}}"), words(GPUWish.Architecture.self) + ["any"]),
        (flare(resources: "{gpu: {tier: %}}"), words(GPUWish.Tier.self) + ["any"]),
        (flare(resources: "{gpu: {interconnect: %}}"), words(GPUWish.Interconnect.self) + ["any"]),
        (flare(resources: "{gpu: {topology: %}}"), words(GPUWish.Topology.self) + ["any"]),
        (flare(workload: "ports: [{port: 1, protocol: %}]"), words(TransportProtocol.self)),
        (
            flare(workload: "storage: {volumes: [{name: a, size: 1, type: %, path: /a}]}"),
            words(Storage.Volume.Kind.self)
        ),
        (
            flare(
                workload: "storage: {volumes: [{name: a, size: 1, type: temporary, path: /a, "
                    + "source: {type: %, uri: \"s3://a\", credentials: c}}]}"
            ), words(Storage.Source.Kind.self)
        ),
        (
            flare(type: "job", workload: "job: {completion_policy: %}"),
            words(Workload.JobSettings.CompletionPolicy.self)
        ),
        (flare(more: "constraints: {negotiation: {fallback_strategy: %}}"), words(Negotiation.Fallback.self)),
        (flare(more: "constraints: {energy: {energy_efficiency_rating: %}}"), words(EnergyWish.Rating.self)),
        (flare(more: "constraints: {security: {network_isolation: %}}"), words(SecurityWish.NetworkIsolation.self)),
        (
            flare(
                more:
                    "constraints: {security: {firewall_rules: [{port: 1, protocol: TCP, source: \"::/0\", action: %}]}}"
            ),
            words(SecurityWish.FirewallRule.Action.self)
        ),
        (
            flare(
                more: "constraints: {availability: {maintenance_windows: [{start: \"2030-01-01T00:00:00Z\", "
                    + "end: \"2030-01-02T00:00:00Z\", frequency: %}]}}"
            ), words(AvailabilityWish.MaintenanceWindow.Frequency.self)
        ),
        (flare(more: "constraints: {availability: {days_of_week: [%]}}"), words(Weekday.self)),
        (flare(more: "suspend: {mode: %}"), words(Suspension.Mode.self)),
    ]

    private static func words<Word: RawRepresentable<String> & CaseIterable>(_: Word.Type) -> [String] {
        Word.allCases.map(\.rawValue)
    }

    private func put(_ word: String, in text: String) -> String {
        text.split(separator: "%", omittingEmptySubsequences: false).joined(separator: word)
    }

    @Test(arguments: places)
    func everyWordIsReadAndWritten(text: String, words: [String]) throws {
        var specs: Set<IntentSpec> = []
        for word in words {
            let intent = try readIntent(put(word, in: text))
            specs.insert(intent.spec)
            let document = IntentEncoder.document(intent)
            let again = IntentReader.read([Document(file: "a", index: 0, root: document)])
            #expect(again.intents.map(\.intent) == [intent])
        }
        #expect(specs.count == words.count)
    }

    @Test(arguments: places)
    func noOtherWordIsRead(text: String, words: [String]) throws {
        for word in words {
            let swapped = word == word.lowercased() ? word.uppercased() : word.lowercased()
            let reading = read(put("\"\(swapped)\"", in: text))
            #expect(reading.intents.isEmpty)
            let said = try #require(reading.diagnostics.first).message
            #expect(said.contains("did you mean"))
            for allowed in words { #expect(said.contains(allowed)) }
        }
        #expect(read(put("quite-something-else", in: text)).intents.isEmpty)
    }

    @Test func theWordsAreThoseOfTheReference() {
        #expect(Self.words(GPUWish.Architecture.self).contains("ada-lovelace"))
        let reference = ["hopper", "ada-lovelace", "ampere", "turing", "volta", "cdna3", "rdna3"]
        #expect(Set(reference).isSubset(of: Self.words(GPUWish.Architecture.self)))
        #expect(Self.words(GPUWish.Tier.self) == ["premium", "standard", "gaming", "inference", "budget"])
        #expect(Self.words(Negotiation.Fallback.self) == ["queue", "lower_tier", "shared", "spot", "fail"])
        #expect(Self.words(GPUWish.Topology.self) == ["all-to-all", "nvswitch", "ring", "mesh"])
    }
}

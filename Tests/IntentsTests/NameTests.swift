import Testing

@testable import Intents

/// Networks, names, variables, zones and capabilities.
struct NameTests {
    @Test(arguments: [
        ("10.0.0.0/8", 4, 8), ("0.0.0.0/0", 4, 0), ("192.168.1.7/32", 4, 32), ("2001:db8::/32", 16, 32),
        ("::/0", 16, 0),
        ("::1/128", 16, 128), ("fe80::1:2/128", 16, 128), ("1:2:3:4:5:6:7:8/128", 16, 128),
        ("::ffff:10.0.0.0/104", 16, 104), ("172.16.0.0/12", 4, 12),
    ])
    func readsNetworks(text: String, bytes: Int, length: Int) throws {
        let network = try NetworkRange(parsing: text)
        #expect(network.address.count == bytes)
        #expect(network.prefixLength == length)
    }

    @Test(arguments: [
        Refused("10.0.0.0", "ends in /32"), Refused("::1", "ends in /128"), Refused("10.0.0.0/33", "from 0 to 32"),
        Refused("::/129", "from 0 to 128"), Refused("10.0.0.1/8", "bits are set behind"),
        Refused("2001:db8::1/32", "bits are set behind"), Refused("10.0.0/8", "not a network"),
        Refused("10.0.0.256/32", "not a network"), Refused("010.0.0.0/8", "not a network"),
        Refused("", "not a network"),
        Refused("10.0.0.0/", "from 0 to 32"), Refused("10.0.0.0/8/8", "not a network"),
        Refused("10.0.0.0/-1", "from 0"),
        Refused("1::2::3/128", "not a network"), Refused("1:2:3:4:5:6:7/64", "not a network"),
        Refused("1:2:3:4:5:6:7:8::/64", "not a network"), Refused("12345::/16", "not a network"),
        Refused("g::/16", "not a network"), Refused("1.2.3.4::/16", "not a network"),
        Refused("+1::/16", "not a network"),
        Refused(":::/0", "not a network"), Refused("anywhere", "not a network"),
    ])
    func refusesNetworks(case refused: Refused) {
        expectRefused(refused) { (text) throws(UnitError) in try NetworkRange(parsing: text) }
    }

    @Test func aNetworkKnowsItsBytes() throws {
        #expect(
            try NetworkRange(parsing: "2001:db8::/32").address == [0x20, 0x01, 0x0D, 0xB8]
                + Array(repeating: 0, count: 12)
        )
        #expect(try NetworkRange(parsing: "::ffff:10.1.2.3/128").address.suffix(6) == [0xFF, 0xFF, 10, 1, 2, 3])
        #expect(try NetworkRange(parsing: "128.0.0.0/1").address == [128, 0, 0, 0])
    }

    @Test(arguments: [
        ("a", true), ("my-intent", true), ("9lives", true), ("a-", false), ("-a", false), ("A", false), ("a_b", false),
        ("", false), ("a.b", false), ("ä", false),
    ])
    func knowsLabels(text: String, isLabel: Bool) { #expect(DNSName.isLabel(text) == isLabel) }

    @Test func labelsAndNamesHaveALongestLength() {
        let longest = String(repeating: "a", count: 63)
        #expect(DNSName.isLabel(longest))
        #expect(!DNSName.isLabel(longest + "a"))
        let name = [longest, longest, longest, String(repeating: "b", count: 61)].joined(separator: ".")
        #expect(DNSName.isSubdomain(name))
        #expect(!DNSName.isSubdomain(name + "b"))
        #expect(!DNSName.isSubdomain("a..b"))
        #expect(DNSName.isSubdomain("a.b-c.d"))
    }

    @Test(arguments: [
        ("My Intent", "my-intent"), ("a_b", "a-b"), ("--x--", "x"), ("Ünder", "nder"), ("LLM: v2!", "llm-v2"),
    ])
    func suggestsLabels(text: String, label: String) { #expect(DNSName.label(from: text) == label) }

    @Test func suggestionsAreNamesThemselves() {
        #expect(DNSName.label(from: "!!!") == nil)
        #expect(DNSName.subdomain(from: "My.Team_Name..x") == "my.team-name.x")
        #expect(DNSName.subdomain(from: "...") == nil)
        let long = String(repeating: "Ab_", count: 60)
        #expect(DNSName.label(from: long).map { DNSName.isLabel($0) } == true)
    }

    @Test(arguments: [
        ("HF_TOKEN", true), ("_x", true), ("a.b-c", true), ("1A", false), ("", false), ("A B", false), ("Ä", false),
        ("A=B", false),
    ])
    func knowsVariables(name: String, isValid: Bool) { #expect(VariableName.isValid(name) == isValid) }

    @Test(arguments: ["Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "GMT", "Etc/GMT+5"])
    func knowsTimeZones(name: String) { #expect(TimeZoneName.isKnown(name)) }

    @Test func theListOfZonesIsWhole() {
        #expect(TimeZoneName.all.count == 597)
        for name in ["", "Europe", "europe/berlin", "Europe/", "Mars/Olympus", "/UTC"] {
            #expect(!TimeZoneName.isKnown(name))
        }
    }

    @Test(arguments: [("8.0", 8, 0), ("9", 9, 0), ("8.9", 8, 9), ("12.1", 12, 1)])
    func readsCapabilities(text: String, major: Int, minor: Int) throws {
        let capability = try ComputeCapability(parsing: text)
        #expect(capability == ComputeCapability(major: major, minor: minor))
        #expect(capability.text == "\(major).\(minor)")
    }

    @Test(arguments: [
        Refused("", "not a compute"), Refused("sm_90", "not a compute"), Refused("8.0.1", "not a compute"),
        Refused("0.5", "not a compute"), Refused("8.", "not a compute"), Refused("-8", "not a compute"),
        Refused("100.0", "not a compute"),
    ])
    func refusesCapabilities(case refused: Refused) {
        expectRefused(refused) { (text) throws(UnitError) in try ComputeCapability(parsing: text) }
    }

    @Test(arguments: [
        ("EU", true), ("any", true), ("eu-west-1", true), ("us-central1", true), ("europe-west4", true),
        ("westeurope", false),
        ("Mars", false), ("eu", false), ("eu-west-1a", false), ("1-1", false), ("", false), ("eu--1", false),
    ])
    func knowsLocations(word: String, isKnown: Bool) { #expect(Vocabulary.standard.knowsLocation(word) == isKnown) }

    @Test(arguments: [
        ("eu-west-1a", true), ("us-central1-b", true), ("fr-par-1", true), ("eu-west-1-2", true), ("here", false),
        ("", false),
        ("EU-1a", false), ("eu-west-1A", false),
    ])
    func knowsZones(word: String, isKnown: Bool) { #expect(Vocabulary.standard.knowsZone(word) == isKnown) }

    @Test(arguments: [
        ("aws", true), ("flexai", true), ("flare", true), ("provider-12", true), ("provider-", false),
        ("provider-x", false),
        ("AWS", false),
    ])
    func knowsProviders(word: String, isKnown: Bool) { #expect(Vocabulary.standard.knowsProvider(word) == isKnown) }
}

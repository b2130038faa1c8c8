import FlexAI
import Intents
import Placement
import Reconciling
import Testing

/// How the GPU types become offers.
@Suite struct FlexAIOffersTests {
    private static func offers(_ reply: String, currency: String = "EUR") async throws -> [Offer] {
        var configuration = Fixtures.configuration()
        configuration.currency = currency
        configuration.location = "eu-west-1"
        return try await Fixtures.platform([Fixtures.types: [.json(200, reply)]], configuration).platform.offers()
    }

    private static func offer(_ fields: String, currency: String = "EUR") async throws -> Offer? {
        try await offers(#"[{"id":"t",\#(fields)}]"#, currency: currency).first
    }

    @Test(arguments: [
        Fixtures.typesReply,
        String(Fixtures.typesReply.dropFirst(#"{"gpu_types":"#.utf8.count).dropLast()),
        Fixtures.typesReply.replacing("gpu_types", with: "types"),
        #"{"data":\#(Fixtures.typesReply)}"#,
    ])
    func theDocumentedTypeIsReadInEveryShape(reply: String) async throws {
        var expected = Offer(id: Offer.ID(platform: .flexai, name: "nvidia-a100"), model: "nvidia-a100")
        expected.gpuMemory = .gibibytes(40)
        expected.computeCapability = ComputeCapability(major: 8, minor: 0)
        expected.hourlyPerGPU = Money(micros: 3_500_000)
        expected.location = "eu-west-1"
        #expect(try await Self.offers(reply) == [expected])
    }

    @Test(arguments: [
        ("3.50", 3_500_000 as Int64?, "the documented number"), ("3", 3_000_000, "a whole number"),
        ("0.1", 100_000, "exact, not a double's 0.1000…"), ("2.0000001", 2_000_001, "rounded up, never down"),
        ("1e1", 10_000_000, "an exponent"), (#""3.50""#, 3_500_000, "text"), (#""3.50 EUR""#, 3_500_000, "with euros"),
        (#""3.50 EUR/hour""#, 3_500_000, "a rate"), (#""3.50 USD""#, nil, "another currency is not guessed"),
        ("0", nil, "nothing is unknown, not free"), ("-1", nil, "less than nothing"), ("null", nil, "null"),
        (#""free""#, nil, "a word"), ("true", nil, "a truth"), ("[3]", nil, "a list"), ("1e300", nil, "too much"),
    ])
    func thePriceIsExactOrUnknown(price: String, micros: Int64?, reason: String) async throws {
        let offer = try await Self.offer(#""price_per_hour":\#(price)"#)
        #expect(offer?.hourlyPerGPU?.micros == micros, "\(reason)")
        #expect(offer != nil, "a strange price is still an offer")
    }

    @Test(arguments: [("EUR", "EUR"), ("eur", "EUR"), ("USD", "USD"), ("", "")])
    func pricesAreInTheConfiguredCurrency(currency: String, stated: String) async throws {
        let offer = try await Self.offer(#""price_per_hour":3.5"#, currency: currency)
        #expect(offer?.hourlyPerGPU?.micros == 3_500_000)
        #expect(offer?.currency == stated)
        let inEuros = try await Self.offer(#""price_per_hour":"3.5 EUR""#, currency: currency)
        #expect(inEuros?.currency == "EUR", "a price that names its currency has that one")
    }

    @Test(arguments: [
        (#""40GB""#, 40 as Int64?), (#""80 GB""#, 80), (#""80Gi""#, 80), (#""80GiB""#, 80), (#""81920MB""#, 80),
        ("24", 24),
        (#""24""#, 24), (#""1TB""#, 1024), (#""40gb""#, 40), ("null", nil), (#""a lot""#, nil), (#""-4GB""#, nil),
        (#""40 parsecs""#, nil), ("99999999", nil), ("0", nil), (#""""#, nil),
    ])
    func memoryIsReadAsVendorsWriteIt(memory: String, gibibytes: Int64?) async throws {
        let offer = try await Self.offer(#""memory":\#(memory)"#)
        #expect(offer?.gpuMemory == gibibytes.map { Quantity.gibibytes($0) })
    }

    @Test(arguments: [
        ("true", true, nil as Int?), ("false", false, nil), ("null", true, nil), (#""false""#, false, nil),
        ("4", true, 4),
        ("0", false, nil), (#""true""#, true, nil),
    ])
    func whatIsNotAvailableIsNoOffer(available: String, isOffered: Bool, count: Int?) async throws {
        let offer = try await Self.offer(#""available":\#(available)"#)
        #expect((offer != nil) == isOffered)
        #expect(offer?.available == count)
    }

    @Test(arguments: [
        (#""8.0""#, ComputeCapability(major: 8, minor: 0)), (#""8.9""#, ComputeCapability(major: 8, minor: 9)),
        ("8.0", ComputeCapability(major: 8, minor: 0)), ("9", ComputeCapability(major: 9, minor: 0)),
        (#""ampere""#, nil), ("null", nil),
    ])
    func capabilitiesAreNumbers(text: String, capability: ComputeCapability?) async throws {
        #expect(try await Self.offer(#""compute_capability":\#(text)"#)?.computeCapability == capability)
    }

    @Test func oneBrokenTypeHoldsUpNoOther() async throws {
        let reply = #"{"gpu_types":[7,{"name":""},null,{"id":"b"},{"id":["x"]},{"id":"a"}]}"#
        #expect(try await Self.offers(reply).map(\.id.name) == ["a", "b"])
    }

    @Test func aTypeThatIsNamedTwiceCountsAtItsDearerPrice() async throws {
        for entries in [["3", "5"], ["5", "3"]] {
            let reply = "[" + entries.map { #"{"id":"a","price_per_hour":\#($0)}"# }.joined(separator: ",") + "]"
            #expect(try await Self.offers(reply).map(\.hourlyPerGPU) == [Money(micros: 5_000_000)])
        }
        let unknown = #"[{"id":"a","price_per_hour":3},{"id":"a"}]"#
        #expect(try await Self.offers(unknown).map(\.hourlyPerGPU) == [nil])
    }

    @Test func anEmptyShelfIsNoError() async throws {
        #expect(try await Self.offers(#"{"gpu_types":[]}"#).isEmpty)
        #expect(try await Self.offers("[]").isEmpty)
    }

    @Test(arguments: [
        "", "null", "{}", "7", #""text""#, "<html></html>", #"{"gpu_types":null}"#, #"{"gpu_types":{}}"#,
        #"{"gpu_types":[{"nothing":1}]}"#, #"{"error":"no","gpu_types":[]}"#, #"{"detail":[]}"#, #"{"a":[],"b":[]}"#,
        #"{"gpu_types":[],"next":"page2"}"#, #"{"gpu_types":[],"count":3}"#,
    ])
    func foreignRepliesAreNeverAnEmptyShelf(reply: String) async {
        let problem = await failure { () async throws(PlatformError) in
            _ = try await Fixtures.platform([Fixtures.types: [.json(200, reply)]]).platform.offers()
        }
        #expect(problem?.code == "MALFORMED_REPLY")
        #expect(problem?.consequence == .retry(after: nil))
    }
}

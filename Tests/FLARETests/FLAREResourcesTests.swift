import FLARE
import Intents
import Placement
import Reconciling
import Testing

/// How the federation's resources become offers.
@Suite struct FLAREResourcesTests {
    private static func offers(_ reply: String) async throws(PlatformError) -> [Offer] {
        try await Fixtures.platform([Fixtures.resources: [.json(200, reply)]]).platform.offers()
    }

    private static func offer(_ fields: String) async throws(PlatformError) -> Offer? {
        try await offers(#"[{"model":"m",\#(fields)}]"#).first
    }

    @Test(arguments: [
        Fixtures.resourcesReply, Fixtures.resourcesReply.replacing("available_gpus", with: "resources"),
        #"{"status":"success","data":\#(Fixtures.resourcesReply)}"#,
        String(Fixtures.resourcesReply.dropFirst(#"{"available_gpus":"#.utf8.count).dropLast()),
    ])
    func theDocumentedResourceIsReadInEveryShape(reply: String) async throws {
        let name = "provider-1/eu-west-1/nvidia-h100/80Gi"
        var expected = Offer(id: Offer.ID(platform: .flare, name: name), model: "nvidia-h100")
        expected.provider = "provider-1"
        expected.location = "eu-west-1"
        expected.gpuMemory = .gibibytes(80)
        expected.available = 8
        expected.hourlyPerGPU = Money(micros: 4_500_000)
        #expect(try await Self.offers(reply) == [expected])
    }

    @Test(arguments: [
        (#""0.45 EUR""#, 450_000 as Int64?, "an amount"), (#""0.45 EUR/hour""#, 450_000, "a rate"),
        (#""0 EUR""#, nil, "unknown, not free"), (#""0.00 EUR/hour""#, nil, "unknown, not free"),
        (#""5 USD""#, nil, "not euros"), ("4.5", 4_500_000, "a number: FLARE speaks euros only"), ("null", nil, "null"),
        (#""""#, nil, "nothing"), (#""-1 EUR""#, nil, "less than nothing"), (#""cheap""#, nil, "a word"),
    ])
    func thePriceIsExactOrUnknown(price: String, micros: Int64?, reason: String) async throws {
        let offer = try await Self.offer(#""cost_per_hour":\#(price)"#)
        #expect(offer != nil)
        #expect(offer?.hourlyPerGPU?.micros == micros, "\(reason)")
    }

    @Test(arguments: [
        ("8", 8 as Int?), ("0", 0), (#""4""#, 4), ("-2", 0), ("null", nil), ("1.5", nil), (#""many""#, nil),
    ])
    func theCountIsWhatCanBeHad(count: String, available: Int?) async throws {
        #expect(try await Self.offer(#""count":\#(count)"#)?.available == available)
    }

    @Test func moreAttributesAreReadWhereTheyAreTold() async throws {
        let offer = try #require(
            try await Self.offer(
                """
                "provider":"p","location":"l","memory":"24Gi","zone":"a","spot":true,"latency_ms":12,"tier":"Gaming",\
                "architecture":"ada-lovelace","interconnect":"nvlink","compute_capability":"8.9"
                """
            )
        )
        #expect(offer.id.name == "p/l/m/24Gi/zone=a/spot")
        #expect(offer.zone == "a")
        #expect(offer.spot)
        #expect(offer.latencyMs == 12)
        #expect(offer.tier == .gaming)
        #expect(offer.architecture == .adaLovelace)
        #expect(offer.interconnect == .nvlink)
        #expect(offer.computeCapability == ComputeCapability(major: 8, minor: 9))
    }

    @Test func anOfferKeepsItsNameWhateverItsPriceAndCount() async throws {
        let first = try await Self.offer(#""provider":"p","count":1,"cost_per_hour":"1 EUR""#)
        let second = try await Self.offer(#""provider":"p","count":9,"cost_per_hour":"7 EUR""#)
        #expect(first?.id == second?.id)
    }

    @Test func slashesInPartsDoNotMakeTwoOffersOne() async throws {
        let reply = #"[{"model":"m","provider":"a/b","location":"c"},{"model":"m","provider":"a","location":"b/c"}]"#
        #expect(try await Set(Self.offers(reply).map(\.id)).count == 2)
    }

    @Test func entriesOfOneNameAddUpAndCostTheDearest() async throws {
        let reply =
            #"[{"model":"m","count":8,"cost_per_hour":"4 EUR"},{"model":"m","count":4,"cost_per_hour":"5 EUR"}]"#
        let offers = try await Self.offers(reply)
        #expect(offers.count == 1)
        #expect(offers.first?.available == 12)
        #expect(offers.first?.hourlyPerGPU == Money(micros: 5_000_000))
        let unknown = try await Self.offers(#"[{"model":"m","count":8,"cost_per_hour":"4 EUR"},{"model":"m"}]"#)
        #expect(unknown.first?.available == nil)
        #expect(unknown.first?.hourlyPerGPU == nil)
        let huge = #"[{"model":"m","count":9223372036854775807},{"model":"m","count":5}]"#
        #expect(try await Self.offers(huge).first?.available == Int.max)
    }

    @Test func oneBrokenEntryHoldsUpNoOther() async throws {
        #expect(try await Self.offers(#"[7,null,{},{"model":""},{"model":"b"},{"model":["x"]}]"#).map(\.model) == ["b"])
    }

    @Test(arguments: [
        "", "null", "{}", "<html>", #"{"available_gpus":null}"#, #"{"available_gpus":[{}]}"#, #"{"status":"error"}"#,
        #"{"err":"no","available_gpus":[]}"#, #"{"a":[],"b":[]}"#, #"{"available_gpus":[],"total":4}"#,
    ])
    func foreignRepliesAreNeverAnEmptyMarket(reply: String) async {
        let problem = await failure { () async throws(PlatformError) in _ = try await Self.offers(reply) }
        #expect(problem?.code == "MALFORMED_REPLY")
        #expect(problem?.consequence == .retry(after: nil))
    }

    @Test func anEmptyMarketIsNoError() async throws {
        #expect(try await Self.offers(#"{"available_gpus":[]}"#).isEmpty)
        #expect(try await Self.offers(#"{"available_gpus":null,"count":0}"#).isEmpty)
    }
}

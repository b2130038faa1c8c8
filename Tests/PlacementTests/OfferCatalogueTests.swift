import Intents
import Testing

@testable import Placement

/// Price lists: what is read, what is skipped with its place, what is no price list.
struct OfferCatalogueTests {
    private static let header =
        "provider,region,zone,instance_type,gpu_model,gpu_count,gpu_memory_gib,vcpus,memory_gib,price_per_hour_usd,"
        + "spot_price_per_hour_usd\n"

    private func read(_ rows: String) throws -> OfferCatalogue {
        try OfferCatalogue(Array((Self.header + rows).utf8))
    }

    @Test func `A row is a machine, and another one where it has a spot price`() throws {
        let list = try read("gcp,europe-west4,europe-west4-a,a2-highgpu-8g,nvidia-a100,8,40,96,680,29.38,14.69\n")
        #expect(list.offers.count == 2)
        let offer = try #require(list.offers.first)
        #expect(offer.id.name == "gcp/europe-west4/europe-west4-a/a2-highgpu-8g/8xnvidia-a100/40/96/680")
        #expect(offer.platform.rawValue == "catalogue")
        #expect((offer.provider, offer.location, offer.zone) == ("gcp", "europe-west4", "europe-west4-a"))
        #expect(offer.gpuMemory == .gibibytes(40))
        #expect(offer.machine?.gpus == 8)
        #expect(offer.machine?.cpu == .units(96))
        #expect(offer.machine?.memory == .gibibytes(680))
        #expect(offer.machine?.hourly == .euros(29.38))
        #expect(offer.machine?.instanceType == "a2-highgpu-8g")
        #expect(offer.currency == "USD")
        #expect(list.offers.map(\.spot) == [false, true])
        #expect(list.offers[1].machine?.hourly == .euros(14.69))
        #expect(list.offers[1].id.name.hasSuffix("/spot"))
        #expect(list.problems.isEmpty)
    }

    @Test func `Blanks are unknown, and nothing costs nothing`() throws {
        let list = try read("vast,global,,,nvidia-l4,1,,,,0,\n")
        let offer = try #require(list.offers.first)
        #expect(list.offers.count == 1)
        #expect(offer.machine?.hourly == nil)
        #expect(!offer.isPriced)
        #expect(offer.gpuMemory == nil)
        #expect(offer.zone == nil)
        #expect(offer.machine?.cpu == nil)
    }

    @Test(arguments: [
        ("a,r,,t,m,x,80,,,1,", 6 + 4, "gpu_count", "\"x\" is no whole number from 1 to 1024"),
        ("a,r,,t,m,0,80,,,1,", 10, "gpu_count", "\"0\" is no whole number from 1 to 1024"),
        ("a,r,,t,m,,80,,,1,", 10, "gpu_count", "it is missing"),
        ("a,r,,t,m,1,80GB,,,1,", 12, "gpu_memory_gib", "\"80GB\" must be a number of at least 0, such as 80"),
        ("a,r,,t,m,1,80,-1,,1,", 15, "vcpus", "\"-1\" must be a number of at least 0, such as 80"),
        ("a,r,,t,m,1,80,,,-1,", 17, "price_per_hour_usd", "\"-1\" must be an amount of at least 0, such as 1.99"),
        ("a,r,,t,m,1,80 XiB,,,1,", 12, "gpu_memory_gib", "\"80 XiB\" must be a number of at least 0, such as 80"),
        ("a,r,,t,m,1,80,,64 apples,1,", 16, "memory_gib", "\"64 apples\" must be a number of at least 0, such as 80"),
        ("a,r,,t,m,1,80,,,1,-2", 19, "spot_price_per_hour_usd", "\"-2\" must be an amount of at least 0, such as 1.99"),
        ("a,r,,t,m,1,80,,,1 XBT,", 17, "price_per_hour_usd", "\"XBT\" is no currency; write it like USD"),
        ("a,r,,t,m,1,80,,,,", 17, "price_per_hour_usd", "it is missing, and so is the spot price"),
        ("a,r,,t,,1,80,,,1,", 8, "gpu_model", "it is missing"),
        (",r,,t,m,1,80,,,1,", 1, "provider", "it is missing"),
        ("a,r,,t,m,1,80", 1, "", "the row has 7 fields where 11 are expected"),
        ("a,\"r\"x,,t,m,1,80,,,1,", 6, "", "text follows a quoted field"),
    ])
    func `A bad row is skipped and its place named`(row: String, column: Int, field: String, message: String) throws {
        let list = try read(row + "\nb,r,,t,nvidia-l4,1,24,,,1,\n")
        #expect(list.offers.map(\.provider) == ["b"])
        #expect(list.problems == [.init(line: 2, column: column, field: field, message: message)])
        #expect(list.skipped == 1)
    }

    @Test func `A field may name its own currency`() throws {
        let list = try read("a,r,,t,m,1,80,,,1.50 EUR,0.9\n")
        #expect(list.offers.map(\.currency) == ["EUR", "USD"])
    }

    @Test(arguments: [
        ("", "the first line must name the columns"),
        ("provider,region,gpu_model,price_per_hour_usd\n", "the column gpu_count is missing"),
        ("provider,provider,region,gpu_model,gpu_count,price_per_hour_usd\n", "the column provider stands here twice"),
        ("provider,region,gpu_model,gpu_count,price_per_hour_xbt\n", "names no currency"),
        (
            "provider,region,gpu_model,gpu_count,price_per_hour_usd,spot_price_per_hour_eur\n",
            "all prices must be in one currency"
        ),
        ("provider,region,gpu_model,gpu_count,price_per_hour_usd\n", "not one of 0 rows is an offer"),
        ("provider,region,gpu_model,gpu_count,price_per_hour_usd\na,b,c,d,e\n", "not one of 1 rows is an offer"),
    ])
    func `A file without offers is an error`(text: String, message: String) {
        let error = #expect(throws: OfferCatalogue.Unreadable.self) { try OfferCatalogue(Array(text.utf8)) }
        #expect(error?.problem.message.contains(message) == true, "\(String(describing: error))")
    }

    @Test func `Columns stand in any order, and unknown ones are passed over`() throws {
        let text = "price_per_hour_eur,note,gpu_count,gpu_model,region,provider\n2,x,1,nvidia-l4,eu-west-1,a\n"
        let list = try OfferCatalogue(Array(text.utf8))
        #expect(list.offers.map(\.machine?.hourly) == [.euros(2)])
        #expect(list.offers.map(\.currency) == ["EUR"])
    }

    @Test(
        arguments: [
            ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a,b\rc,d", [["a", "b"], ["c", "d"]]),
            ("\"a,\"\"b\"\"\",\"\nc\"\n\n\nd\n", [["a,\"b\"", "\nc"], ["d"]]), (",\n", [["", ""]]),
            ("\u{FEFF}a", [["a"]]), ("", []),
        ] as [(String, [[String]])]
    )
    func `Quotes, commas and line ends are those of RFC 4180`(text: String, records: [[String]]) {
        var reader = CSVReader(Array(text.utf8))
        var found: [[String]] = []
        while case .fields(let fields) = reader.next() { found.append(fields.map(\.text)) }
        #expect(found == records)
    }

    @Test func `Lines and columns are counted through quoted line ends`() {
        var reader = CSVReader(Array("\"a\nb\",c\nd,\"e".utf8))
        guard case .fields(let first) = reader.next() else {
            Issue.record("no record")
            return
        }
        #expect(first.map(\.line) == [1, 2])
        #expect(first.map(\.column) == [1, 4])
        #expect(reader.next() == .broken("a quoted field does not end", line: 3, column: 3))
        #expect(reader.next() == nil)
    }

    @Test(
        arguments: [(1.08, 0.92, 993_600), (0.000001, 0.5, 1), (3, 0.333333, 999_999), (0, 0.5, 0)]
            as [(Double, Double, Int64)]
    )
    func `Other currencies are turned into euros, rounded up`(dollars: Double, rate: Double, micros: Int64) {
        #expect(Money.euros(dollars).exchanged(at: .euros(rate)).micros == micros)
    }

    @Test func `Amounts too large for euros stop at the largest`() {
        #expect(Money(micros: .max).exchanged(at: .euros(2)) == Money(micros: .max))
    }

    @Test func `A region that nobody knows stays an offer, and fails only those who ask for a place`() throws {
        let list = try read("a,moon-base-1,,t,nvidia-l4,1,24,,,1 EUR,\n")
        #expect(list.problems.isEmpty)
        let market = Market(offers: list.offers)
        #expect(market.rank(Stall.spec(), now: Stall.now).candidates.count == 1)
        let code = market.rank(Stall.spec { $0.constraints.location = "EU" }, now: Stall.now).refusal?.code
        #expect(code == "REGION_UNAVAILABLE")
        let there = Stall.spec { $0.constraints.location = "moon-base" }
        #expect(market.rank(there, now: Stall.now).candidates.count == 1, "a region's own name can be asked for")
    }

    @Test func `Without a rate an offer is left out, with it the market is in euros`() throws {
        let list = try read("a,eu-west-1,,t,nvidia-l4,1,24,,,1,\n")
        let without = Market(offers: list.offers)
        #expect(without.offers.isEmpty)
        #expect(without.leftOut.map(\.reason) == ["its price is in USD, for which exchangeRates has no rate"])
        #expect(without.rank(Stall.spec(), now: Stall.now).refusal?.message.contains("exchangeRates") == true)
        var with = without
        with.policy.exchangeRates = ["USD": .euros(0.92)]
        #expect(with.leftOut.isEmpty)
        #expect(with.rank(Stall.spec(), now: Stall.now).candidates.map(\.hourly) == [.euros(0.92)])
    }
}

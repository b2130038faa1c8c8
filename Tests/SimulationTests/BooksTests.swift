import Documents
import Intents
import Testing

@testable import Simulation

/// The books: whatever is called in whatever order, they add up.
@Suite struct BooksTests {
    /// What must hold of an estate at any moment.
    private static func audit(_ estate: SimulatedEstate, _ seed: Int) {
        let alive = estate.purchases.filter(\.isAlive)
        #expect(alive.count == estate.aliveCount, "seed \(seed)")
        #expect(alive.count + estate.purchases.count { !$0.isAlive } == estate.purchases.count, "seed \(seed)")
        #expect(Set(estate.purchases.map(\.id)).count == estate.purchases.count, "an id is never given twice")
        for (place, ware) in estate.shelf.enumerated() {
            let held = alive.filter { $0.ware == place }.reduce(0) { $0 + $1.gpuCount }
            #expect(held == ware.taken, "seed \(seed): \(ware.name)")
            #expect(ware.taken <= ware.capacity, "seed \(seed): \(ware.name) was oversold")
        }
        for purchase in estate.purchases {
            #expect((purchase.endedAt == nil) == (purchase.ending == nil), "seed \(seed)")
            #expect((purchase.endedAt ?? estate.now) >= purchase.createdAt, "seed \(seed)")
        }
    }

    @Test(arguments: 0..<30)
    func flexAIsBooksAddUp(_ seed: Int) {
        var dice = Dice(seed: UInt64(seed))
        var settings = FlexAISettings()
        settings.bootTime = .seconds(Int64.random(in: 0...60, using: &dice))
        settings.stopTime = .seconds(Int64.random(in: 0...30, using: &dice))
        settings.deleteTime = .seconds(Int64.random(in: 0...60, using: &dice))
        let capacities = SimulatedMarket.standard.capacity(times: 0.2).flexai
        var flexai = Caller(flexai: settings, shelf: capacities)
        var (cost, moment, accepted) = (Money.zero, Int64(0), 0)
        for _ in 0..<150 {
            moment += Int64.random(in: 0...20, using: &dice)
            flexai.now = second(moment)
            flexai.platform.advance(to: flexai.now)
            let id = flexai.platform.estate.purchases.randomElement(using: &dice)?.id ?? "none"
            switch Int.random(in: 0..<10, using: &dice) {
            case 0..<5:
                let type = capacities.randomElement(using: &dice)?.name ?? ""
                if flexai.create(type, count: Int.random(in: 1...8, using: &dice)).status == 201 { accepted += 1 }
            case 5: _ = flexai("POST", "/v1/compute/instances/\(id)/stop")
            case 6, 7: _ = flexai("DELETE", "/v1/compute/instances/\(id)")
            case 8: if let serial = flexai.platform.estate.serial(id) { flexai.platform.estate.lose(serial) }
            default:
                let listed = flexai("GET", "/v1/compute/instances").number("count")
                #expect(listed == flexai.platform.estate.aliveCount, "seed \(seed)")
            }
            let now = flexai.platform.estate.cost(at: second(moment))
            #expect(now >= cost, "seed \(seed): a bill never shrinks")
            cost = now
        }
        Self.audit(flexai.platform.estate, seed)
        #expect(
            accepted == flexai.platform.estate.purchases.count,
            "what was answered with 201 was bought, nothing else"
        )
        #expect(accepted > 20, "the test did something")
    }

    @Test(arguments: 0..<30)
    func flaresBooksAddUp(_ seed: Int) {
        var dice = Dice(seed: UInt64(seed))
        var settings = FLARESettings()
        settings.startTime = .seconds(Int64.random(in: 0...60, using: &dice))
        settings.deleteTime = .seconds(Int64.random(in: 0...60, using: &dice))
        settings.jobRuntime = .seconds(100)
        var flare = Caller(flare: settings, shelf: SimulatedMarket.standard.capacity(times: 0.3).flare)
        var (moment, accepted) = (Int64(0), 0)
        for _ in 0..<150 {
            moment += Int64.random(in: 0...20, using: &dice)
            flare.now = second(moment)
            let id = flare.platform.estate.purchases.randomElement(using: &dice)?.id ?? "none"
            let count = Int.random(in: 1...4, using: &dice)
            switch Int.random(in: 0..<10, using: &dice) {
            case 0..<4:
                let gpu = "{\"model\": \"any\", \"count\": \(count)}"
                let kind = Bool.random(using: &dice) ? "service" : "job"
                let body = Caller<SimulatedFLARE>.intent(type: kind, gpu: gpu, constraints: "{}")
                if flare.submit(body).status == 201 { accepted += 1 }
            case 4..<7: _ = flare("DELETE", "/api/v1/intents/\(id)")
            case 7:
                guard let serial = flare.platform.estate.serial(id) else { continue }
                _ = flare.platform.estate.resize(serial, to: count * 2)
            default:
                let listed = flare("GET", "/api/v1/intents").entries("intents").count
                #expect(listed == flare.platform.estate.aliveCount, "seed \(seed)")
            }
        }
        Self.audit(flare.platform.estate, seed)
        #expect(accepted == flare.platform.estate.purchases.count)
        #expect(accepted > 20, "the test did something")
    }

    @Test func sameSeedSameBooks() {
        func books() -> Node {
            var flexai = Caller(flexai: FlexAISettings())
            for at in 0..<50 {
                flexai.now = second(Int64(at))
                _ = flexai.create(count: 1)
            }
            return flexai.platform.estate.history()
        }
        #expect(books() == books())
    }

    @Test func billGrowsFromCreationToTheEnd() throws {
        var flexai = Caller(flexai: FlexAISettings())
        let id = try #require(flexai.create("nvidia-a100", count: 1).text("instance_id"))
        flexai.now = second(7200)
        _ = flexai("DELETE", "/v1/compute/instances/\(id)")
        let purchase = try #require(flexai.platform.estate.purchase(id))
        for (at, euros) in [(-10, 0.0), (0, 0.0), (3600, 3.5), (7200, 7.0), (99_999, 7.0)] {
            let expected = Money(micros: Int64(euros * 1_000_000))
            #expect(purchase.cost(at: second(Int64(at))) == expected, "at \(at) s")
        }
    }

    @Test func changedPriceIsForWhatIsBoughtLater() {
        var flexai = Caller(flexai: FlexAISettings())
        _ = flexai.create("nvidia-a100", count: 1)
        flexai.platform.estate.shelf[1].price = Money(micros: 1_000_000)
        _ = flexai.create("nvidia-a100", count: 1)
        #expect(flexai.platform.estate.purchases.map(\.hourly.micros) == [3_500_000, 1_000_000])
    }

    @Test func resizedAllocationIsBilledByItsParts() throws {
        var flare = Caller(flare: FLARESettings())
        _ = flare.submit()
        flare.now = second(3600)
        flare.platform.advance(to: flare.now)
        let isLarger = flare.platform.estate.resize(0, to: 6)
        #expect(isLarger)
        #expect(flare.platform.estate.cost(at: second(7200)) == Money(micros: 8_500_000 + 3 * 8_500_000))
        #expect(flare.platform.estate.shelf[flare.platform.estate.purchases[0].ware].taken == 6)
        for impossible in [10_000, 0, -1] {
            let isResized = flare.platform.estate.resize(0, to: impossible)
            #expect(!isResized, "\(impossible) GPUs")
        }
    }

    @Test func booksSayWhatAnAuditNeeds() throws {
        var flexai = Caller(flexai: FlexAISettings())
        let id = try #require(flexai.create("nvidia-a100", count: 2, key: "k").text("instance_id"))
        _ = flexai.create("nvidia-t4", count: 1)
        flexai.now = second(3600)
        _ = flexai("DELETE", "/v1/compute/instances/\(id)")
        let books = flexai.platform.estate.books()
        #expect(books["ever"]?.wholeNumber == 2)
        #expect(books["alive"]?.wholeNumber == 1)
        #expect(books["ended"]?.wholeNumber == 1)
        #expect(books["hourly"]?.string == "0.45 EUR/hour")
        #expect(books["cost"]?.string == "7.45 EUR")
        #expect(books["allocations"]?.sequence?.count == 1)
        let ended = try #require(flexai.platform.estate.history().sequence?.first)
        #expect(ended["id"]?.string == id)
        #expect(ended["reference"]?.string == "user-123")
        #expect(ended["idempotency_key"]?.string == "k")
        #expect(ended["ware"]?.string == "nvidia-a100")
        #expect(ended["created_at"]?.string == "2027-01-15T08:00:00Z")
        #expect(ended["ended_at"]?.string == "2027-01-15T09:00:00Z")
        #expect(ended["ending"]?.string == "deleted")
        #expect(ended["cost"]?.string == "7.00 EUR")
    }

    @Test func timeNeverGoesBack() {
        var flexai = Caller(flexai: FlexAISettings())
        flexai.now = second(100)
        _ = flexai.create()
        flexai.now = second(50)
        _ = flexai.create()
        #expect(flexai.platform.estate.purchases.map(\.createdAt) == [second(100), second(100)])
    }

    @Test func longListingIsWhole() {
        var flexai = Caller(flexai: FlexAISettings(), shelf: SimulatedMarket.standard.capacity(times: 1000).flexai)
        for _ in 0..<3000 { _ = flexai.create("nvidia-l4", count: 1) }
        let list = flexai("GET", "/v1/compute/instances")
        #expect(list.number("count") == 3000)
        #expect(list.entries("instances").count == 3000)
    }
}

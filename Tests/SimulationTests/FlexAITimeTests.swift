import Documents
import Intents
import Testing

@testable import Simulation

/// FlexAI's instances as time passes, and its looser dialect.
@Suite struct FlexAITimeTests {
    private typealias FlexAI = Caller<SimulatedFlexAI>

    @Test func bootingInstanceIsPendingWithoutAnAddress() throws {
        var settings = FlexAISettings()
        settings.bootTime = .seconds(60)
        var flexai = FlexAI(flexai: settings)
        let created = flexai.create()
        let id = try #require(created.text("instance_id"))
        #expect(created.text("status") == "pending")
        #expect(created.body["ip_address"] == Node(.null))
        for (at, status) in [(59, "pending"), (60, "running"), (3600, "running")] {
            flexai.now = second(Int64(at))
            #expect(flexai("GET", "/v1/compute/instances/\(id)").text("status") == status, "after \(at) s")
        }
    }

    @Test func stopTakesItsTimeAndWinsOverBooting() throws {
        var settings = FlexAISettings()
        settings.bootTime = .seconds(60)
        settings.stopTime = .seconds(30)
        var flexai = FlexAI(flexai: settings)
        let id = try #require(flexai.create().text("instance_id"))
        flexai.now = second(50)
        #expect(flexai("POST", "/v1/compute/instances/\(id)/stop").text("message") == "Instance is stopping")
        for (at, status) in [(61, "stopping"), (79, "stopping"), (80, "stopped"), (500, "stopped")] {
            flexai.now = second(Int64(at))
            #expect(flexai("GET", "/v1/compute/instances/\(id)").text("status") == status, "after \(at) s")
        }
        #expect(flexai("POST", "/v1/compute/instances/\(id)/stop").status == 200, "stopping twice is once")
    }

    @Test(arguments: [(FlexAISettings.Dialect.documented, "deleting"), (.loose, "running")])
    func deletionTakesItsTimeAndIsBilledMeanwhile(_ dialect: FlexAISettings.Dialect, _ word: String) throws {
        var settings = FlexAISettings()
        settings.dialect = dialect
        settings.deleteTime = .seconds(120)
        var flexai = FlexAI(flexai: settings)
        let id = try #require(flexai.create().text("instance_id"))
        #expect(flexai("DELETE", "/v1/compute/instances/\(id)").status == 200)
        flexai.now = second(100)
        #expect(flexai("GET", "/v1/compute/instances/\(id)").text("status") == word)
        #expect(flexai("DELETE", "/v1/compute/instances/\(id)").status == 200, "asking again does not start over")
        flexai.now = second(120)
        #expect(flexai("GET", "/v1/compute/instances/\(id)").status == 404)
        flexai.now = second(500)
        flexai.platform.advance(to: flexai.now)
        let purchase = try #require(flexai.platform.estate.purchase(id))
        #expect(purchase.endedAt == second(120), "the end has its own time, not that of the next call")
        #expect(purchase.ending == .deleted)
    }

    @Test func looseDialectAnswersInItsOwnShapes() throws {
        var settings = FlexAISettings()
        settings.dialect = .loose
        settings.userIDs = .echoed
        var flexai = FlexAI(flexai: settings)
        #expect(flexai("GET", "/v1/compute/gpu-types").body.sequence?.count == SimulatedMarket.standard.flexai.count)
        let created = flexai.create()
        let id = try #require(created.text("instance_id"))
        #expect(created.text("user_id") == "user-123")
        let stopped = flexai("POST", "/v1/compute/instances/\(id)/stop")
        #expect(stopped.body.mapping?.map(\.key) == ["instance_id", "status", "message"])
        #expect(stopped.text("status") == "stopped")
        let deleted = flexai("DELETE", "/v1/compute/instances/\(id)")
        #expect(deleted.body.mapping?.map(\.key) == ["instance_id", "message"])
    }

    @Test(arguments: [404, 405])
    func platformWithoutAListSaysSo(_ status: Int) {
        var settings = FlexAISettings()
        settings.listing = .absent(status: status)
        var flexai = FlexAI(flexai: settings)
        _ = flexai.create()
        #expect(flexai("GET", "/v1/compute/instances").status == status)
    }

    @Test(arguments: [
        (ListingView.whole, 4), (.stale(.seconds(15)), 2), (.stale(.seconds(100)), 0), (.firstPart(of: 2), 2),
        (.firstPart(of: 8), 0), (.empty, 0),
    ])
    func listingsCanDeviateFromTheTruth(_ view: ListingView, _ count: Int) {
        var flexai = FlexAI(flexai: FlexAISettings())
        for at in [0, 10, 20, 30] {
            flexai.now = second(Int64(at))
            _ = flexai.create(count: 1)
        }
        flexai.platform.listing = view
        #expect(flexai("GET", "/v1/compute/instances").number("count") == count)
    }

    @Test func staleListingShowsWhatIsGone() throws {
        var flexai = FlexAI(flexai: FlexAISettings())
        let id = try #require(flexai.create().text("instance_id"))
        flexai.now = second(50)
        _ = flexai("DELETE", "/v1/compute/instances/\(id)")
        flexai.now = second(60)
        flexai.platform.listing = .stale(.seconds(20))
        let stale = flexai("GET", "/v1/compute/instances")
        #expect(stale.entries("instances").map { $0["instance_id"]?.string } == [id])
        flexai.platform.listing = .whole
        #expect(flexai("GET", "/v1/compute/instances").number("count") == 0)
    }
}

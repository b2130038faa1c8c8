import Documents
import Foundation
import Intents
import Placement
import Testing

@testable import Reconciling

/// The samples of services and time do what their first lines say.
@Suite struct KeepingSampleTests {
    private func scene(_ name: String, at moment: String? = nil) throws -> Scene {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "manifests/samples/features/\(name).yaml")
        let reading = IntentReader.read([UInt8](try Data(contentsOf: file)), file: file.lastPathComponent)
        #expect(reading.diagnostics.isEmpty)
        let intent = try #require(reading.intents.first?.intent)
        var scene = Scene()
        scene.situation.wish = Wish(
            intent: intent,
            generation: 1,
            suspension: intent.spec.suspend,
            pause: intent.spec.paused
        )
        var offer = Offer(id: Offer.ID(platform: .flexai, name: "solid"), model: "nvidia-rtx-3090")
        offer.hourlyPerGPU = .euros(2)
        scene.situation.market = Market(offers: [offer])
        if let moment {
            scene.situation.now = try Timestamp(parsing: moment)
            scene.situation.looksBeganAt = scene.situation.now
        }
        scene.lookAtTheClock()
        return scene
    }

    @Test(
        "office-hours: open and closed in Berlin",
        arguments: [
            ("2027-03-10T07:00:00Z", true, "a Wednesday in winter, at eight"),
            ("2027-03-10T06:59:00Z", false, "before eight"),
            ("2027-07-14T06:00:00Z", true, "a Wednesday in summer, at eight"),
            ("2027-07-14T16:00:00Z", false, "six in the evening"),
            ("2027-03-13T10:00:00Z", false, "a Saturday"),
            ("2027-12-24T10:00:00Z", false, "a holiday"),
            ("2027-04-01T11:30:00Z", false, "maintenance, an hour earlier in summer"),
            ("2027-04-01T12:00:00Z", true, "after maintenance"),
        ]
    )
    func officeHours(moment: String, isOpen: Bool, why: String) throws {
        var scene = try scene("office-hours", at: moment)
        #expect(scene.decideAndApply().bought == (isOpen ? [0] : []), "\(why)")
    }

    @Test("office-hours: released five minutes after six")
    func closing() throws {
        for (moment, reason) in [("2027-03-10T17:04:59Z", nil), ("2027-03-10T17:05:00Z", Ending.Reason.windowClosed)] {
            var scene = try scene("office-hours", at: moment)
            let attempt = scene.add(.live)
            scene.see(attempt, .running)
            scene.decideAndApply()
            #expect(scene.row(attempt)?.ending?.reason == reason)
        }
    }

    @Test(
        "suspended-until: nothing until then, and bought again",
        arguments: ["2027-01-18T06:59:59Z", "2027-01-18T07:00:00Z"]
    )
    func suspended(moment: String) throws {
        var scene = try scene("suspended-until", at: moment)
        let decision = scene.decideAndApply()
        let isOver = moment.hasSuffix("07:00:00Z")
        #expect(decision.bought == (isOver ? [0] : []))
        if !isOver { #expect(decision.condition("Ready")?.message == "holidays") }
    }

    @Test("paused-until: nothing changes until noon")
    func paused() throws {
        var scene = try scene("paused-until")
        #expect(scene.decideAndApply().steps.isEmpty)
        scene.pass(.seconds(4 * 3600))
        #expect(scene.decideAndApply().bought == [0])
    }

    @Test("autoscaled: two at first, as many as the cap pays for at most")
    func autoscaled() throws {
        var scene = try scene("autoscaled")
        #expect(scene.decideAndApply().bought == [0, 1])
        for slot in 0..<2 { scene.see(scene.add(.live, slot: slot, hourly: 2), .running) }
        var load = LoadTrend(at: noon, base: 2)
        load.take(wish: 8, base: 2, isIdle: false, summary: "GPU 99 %", at: noon - .seconds(60))
        load.take(wish: 8, base: 2, isIdle: false, summary: "GPU 99 %", at: noon)
        scene.situation.surroundings.load = load
        #expect(scene.decideAndApply().bought == [2, 3, 4, 5])
    }

    @Test("idle-notebook: suspended after half an hour, with what that saves")
    func idle() throws {
        var scene = try scene("idle-notebook")
        scene.see(scene.add(.live, hourly: 2), .running)
        var load = LoadTrend(at: noon, base: 1)
        load.take(wish: 1, base: 1, isIdle: true, summary: "", at: noon - .seconds(1800))
        load.take(wish: 1, base: 1, isIdle: true, summary: "", at: noon)
        scene.situation.surroundings.load = load
        let decision = scene.decideAndApply()
        #expect(decision.status.phase == .suspended)
        #expect(decision.condition("Ready")?.message.contains("saves 2.00 EUR/hour") == true)
    }

    @Test("ordered-start: begun when both are ready")
    func ordered() throws {
        var scene = try scene("ordered-start")
        let names = try #require(scene.situation.wish?.intent.dependencies)
        #expect(names.map(\.rawValue) == ["vector-store", "model-server"])
        scene.situation.surroundings.dependencies = [Dependency(names[0], .ready), Dependency(names[1], .coming)]
        #expect(scene.decideAndApply().bought.isEmpty)
        scene.situation.surroundings.dependencies[1].state = .ready
        #expect(scene.decideAndApply().bought == [0])
    }

    @Test("drift-reported: what was stopped is shown and left")
    func drift() throws {
        var scene = try scene("drift-reported")
        let attempt = scene.add(.live)
        scene.see(attempt, .stopped)
        let decision = scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .live)
        #expect(decision.condition("Drifted")?.reason == "Reported")
    }

    @Test("rolling-domain: one after the other, the old one first")
    func rolling() throws {
        var scene = try scene("rolling-domain")
        #expect(scene.decideAndApply().bought == [0, 1, 2])
        let attempts = (0..<3).map { scene.add(.live, slot: $0) }
        scene.respecify { $0.workload.image = "jupyter/other" }
        for attempt in attempts { scene.see(attempt, .running) }
        let decision = scene.decideAndApply()
        #expect(decision.bought.isEmpty)
        #expect(attempts.map { scene.row($0)?.phase } == [.ending, .live, .live])
    }

    @Test("volume-approved: what holds the volume waits for a person's word")
    func volume() throws {
        var scene = try scene("volume-approved")
        let attempt = scene.add(.live, holdsVolume: true)
        scene.respecify { $0.workload.image = "jupyter/other" }
        scene.see(attempt, .running)
        let decision = scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .live)
        #expect(decision.status.approvals.map(\.permission.purpose) == [.volume])
    }
}

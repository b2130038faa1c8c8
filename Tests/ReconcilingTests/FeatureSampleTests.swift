import Documents
import Foundation
import Intents
import Placement
import Testing

@testable import Reconciling

/// The samples of jobs, money and interruption do what their first lines say.
@Suite struct FeatureSampleTests {
    /// A scene of a sample, with an on-demand offer and a spot offer of what all of them want.
    private func scene(_ name: String) throws -> Scene {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "manifests/samples/features/\(name).yaml")
        let reading = IntentReader.read([UInt8](try Data(contentsOf: file)), file: file.lastPathComponent)
        #expect(reading.diagnostics.isEmpty)
        let intent = try #require(reading.intents.first?.intent)
        var scene = Scene()
        scene.situation.wish = Wish(intent: intent, generation: 1)
        scene.situation.market = Market(offers: [offer("solid", hourly: 2), offer("spot", hourly: 1, spot: true)])
        return scene
    }

    private func offer(_ name: String, hourly: Int, spot: Bool = false) -> Offer {
        var offer = Offer(id: Offer.ID(platform: .flexai, name: name), model: "nvidia-rtx-3090")
        offer.hourlyPerGPU = .euros(hourly)
        offer.spot = spot
        return offer
    }

    private func chosen(_ decision: Decision) -> [String] {
        decision.steps.compactMap {
            if case .provision(_, let candidate, _) = $0 { candidate.offer.id.name } else { nil }
        }
    }

    @Test("job-retries: four tasks, three retries each, six hours, and a record of two days")
    func retries() throws {
        var scene = try scene("job-retries")
        #expect(decide(scene.situation).bought == [0, 1, 2, 3])
        for task in 0..<4 { scene.add(.live, slot: task) }
        for pause in [10, 20, 40] {
            let attempt = try #require(scene.situation.records.last { $0.slot == 2 }).attempt
            scene.see(attempt, .failed)
            scene.decideAndApply()
            scene.situation.records.removeAll { $0.slot == 2 }
            scene.pass(.seconds(pause))
            #expect(scene.decideAndApply().bought == [2])
            scene.add(.live, slot: 2, age: .zero)
        }
        let last = try #require(scene.situation.records.last { $0.slot == 2 }).attempt
        scene.see(last, .failed)
        #expect(scene.decideAndApply().status.phase == .failed)
        scene.pass(.seconds(2 * 86_400))
        #expect(scene.decideAndApply().status.history.isEmpty)
    }

    @Test("job-first-wins: the first success releases the others, and a late start is refused")
    func firstWins() throws {
        var scene = try scene("job-first-wins")
        let attempts = (0..<3).map { scene.add(.live, slot: $0) }
        scene.see(attempts[2], .completed)
        scene.decideAndApply()
        #expect(attempts.allSatisfy { scene.row($0)?.phase == .ending })
        var late = try self.scene("job-first-wins")
        late.situation.now = try Timestamp(parsing: "2030-06-30T17:55:00Z")
        #expect(decide(late.situation).condition("Stalled")?.reason == "DEADLINE_TOO_CLOSE")
    }

    @Test("total-budget: warned at 80 EUR, released before 100")
    func budget() throws {
        var scene = try scene("total-budget")
        let attempt = scene.add(.live, age: .zero, hourly: 2)
        scene.situation.account.spent = .euros(80)
        scene.see(attempt, .running)
        #expect(scene.decideAndApply().condition("BudgetLow")?.reason == "Spent80Percent")
        scene.situation.account.spent = Money(micros: 99_600_000)
        scene.see(attempt, .running)
        scene.decideAndApply()
        #expect(scene.row(attempt)?.ending?.reason == .budget)
    }

    @Test("quota-member: in the group of its label, as far as the quota goes, and asked about above the price")
    func quota() throws {
        var scene = try scene("quota-member")
        let quota = Quota(selector: ["team": "search"], maxHourlyCost: .euros(10), maxGPUs: 4)
        let labels = try #require(scene.situation.wish?.intent.labels)
        #expect(quota.selects(labels))
        scene.situation.quotas = [QuotaStanding(quota, hourly: .zero, gpus: 0, spent: .zero, periodEnds: nil)]
        #expect(decide(scene.situation).bought == [0, 1], "4 GPUs, of 6 that are wanted")
        scene.situation.policy.approvalAbove = .euros(5)
        let decision = decide(scene.situation)
        #expect(decision.bought.isEmpty && decision.status.approvals.first?.permission.upTo == .euros(12))
    }

    @Test("spot-with-fallback: on spot, on demand after three losses, with an uptime that is measured")
    func spot() throws {
        var scene = try scene("spot-with-fallback")
        #expect(chosen(decide(scene.situation)) == ["spot"])
        scene.situation.account.memory.losses = (0..<3).map { noon - .seconds(60 - $0) }
        #expect(chosen(scene.decideAndApply()) == ["solid"])
        let attempt = scene.add(.live)
        scene.see(attempt, .running)
        #expect(scene.decideAndApply().status.availability?.promised == "99.500 %")
        scene.see(attempt, .stopped)
        #expect(scene.decideAndApply().breaksAt == noon + .seconds(300))
    }

    @Test("checkpointed-training: two minutes for a checkpoint, and the attempt is remembered")
    func checkpoint() throws {
        var scene = try scene("checkpointed-training")
        #expect(chosen(decide(scene.situation)) == ["spot"])
        scene.situation.account.workBeganAt = noon - .seconds(12 * 3600)
        let attempt = scene.add(.live)
        scene.see(attempt, .running)
        #expect(scene.decideAndApply().steps == [.stop(attempt)])
        scene.change(attempt) { $0.ending?.stopAskedAt = noon }
        scene.pass(.seconds(119))
        scene.see(attempt, .running)
        #expect(scene.decideAndApply().steps.isEmpty)
        scene.pass(.seconds(1))
        scene.see(attempt, .running)
        #expect(scene.decideAndApply().steps == [.delete(attempt)])
    }

    @Test("negotiated: 5 % unasked, 20 % by a person's word, spot after ten minutes")
    func negotiated() throws {
        for (cents, taken, proposed) in [
            (200, true, false), (210, true, false), (240, false, true), (241, false, false),
        ]
            as [(Int64, Bool, Bool)]
        {
            var scene = try scene("negotiated")
            var solid = offer("solid", hourly: 1)
            solid.hourlyPerGPU = Money(micros: cents * 10_000)
            scene.situation.market = Market(offers: [solid, offer("spot", hourly: 1, spot: true)])
            let decision = scene.decideAndApply()
            #expect(chosen(decision) == (taken ? ["solid"] : []), "\(cents)")
            #expect(decision.status.approvals.isEmpty == !proposed)
            guard !taken else { continue }
            scene.pass(.seconds(600))
            #expect(chosen(scene.decideAndApply()) == ["spot"])
        }
    }

    @Test("priority: read from its annotation")
    func priority() throws {
        let scene = try scene("priority")
        #expect(scene.situation.wish?.intent.priority == 100)
        #expect(chosen(decide(scene.situation)) == ["solid"])
    }

    @Test("spread: the cheap ones first, then one that is too dear for all four")
    func spread() throws {
        var scene = try scene("spread")
        var solid = offer("solid", hourly: 2)
        solid.available = 3
        scene.situation.market = Market(offers: [solid, offer("dear", hourly: 4)])
        let decision = decide(scene.situation)
        #expect(chosen(decision) == ["solid", "solid", "solid", "dear"])
        #expect(decision.status.placement?.because.hasSuffix("; slots: 3 on solid, 1 on dear") == true)
    }
}

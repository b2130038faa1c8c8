import Intents
import Placement
import Testing

@testable import Reconciling

/// Slots over several offers: which are bought, on which platform, and what people are told of it.
@Suite struct SpreadingTests {
    private func bought(_ decision: Decision) -> [String] {
        decision.steps.compactMap {
            if case .provision(_, let candidate, _) = $0 { candidate.offer.id.name } else { nil }
        }
    }

    private func scene(_ slots: Int, cap: Int? = nil, _ offers: [Offer], platforms: [PlatformName] = [.flexai]) -> Scene
    {
        var scene = Scene(slots: slots, platforms: platforms) { spec in
            spec.objective = .cost
            spec.constraints.maxHourlyCost = cap.map { .euros($0) }
        }
        scene.situation.market = Market(offers: offers)
        return scene
    }

    private static let cheap = Offer.h100(name: "cheap", hourly: 2, available: 2)

    @Test("the rest goes to the next offer, which may be too dear for all slots but not for its part")
    func rest() {
        for (cap, expected) in [
            (nil, ["cheap", "cheap", "dear"]), (10, ["cheap", "cheap", "dear"]), (8, ["cheap", "cheap", "dear"]),
            (7, ["cheap", "cheap"]),
        ] as [(Int?, [String])] {
            let scene = scene(3, cap: cap, [Self.cheap, .h100(name: "dear", hourly: 4)])
            #expect(bought(decide(scene.situation)) == expected, "\(cap.map(String.init) ?? "no cap")")
        }
    }

    @Test("what lives counts: the cap is never passed, whatever is still on sale")
    func counted() {
        for cap in 4...16 {
            var scene = scene(4, cap: cap, [Self.cheap, .h100(name: "dear", hourly: 4)])
            scene.add(.live, slot: 0)
            let decision = decide(scene.situation)
            let sum = decision.steps.reduce(Money.euros(4)) { sum, step in
                guard case .provision(_, let candidate, _) = step else { return sum }
                return sum + candidate.hourlyPerAllocation
            }
            #expect(sum <= .euros(cap) || cap < 4, "\(cap): \(sum)")
        }
    }

    @Test("the decision, the status and its reason say so, and the reason stays as it is while nothing changes")
    func told() throws {
        var scene = scene(3, [Self.cheap, .h100(name: "dear", hourly: 4)])
        let decision = scene.decideAndApply()
        let because = try #require(decision.status.placement?.because)
        #expect(because.hasSuffix("; slots: 2 on cheap, 1 on dear"), "\(because)")
        guard case .provision(_, let last, _) = decision.steps.last else {
            Issue.record("something is bought")
            return
        }
        #expect(last.because.contains("cheap cannot take every slot"), "\(last.because)")
        for slot in 0..<3 {
            scene.add(.live, slot: slot, offer: slot < 2 ? "cheap" : "dear")
        }
        for _ in 0..<3 {
            for record in scene.situation.records { scene.see(record.attempt, .running) }
            #expect(scene.decideAndApply().status.placement?.because == because)
        }
        scene.situation.records.removeLast()
        scene.respecify { $0.workload.scaling?.minReplicas = 2 }
        #expect(scene.decideAndApply().status.placement?.because.contains("; slots: ") == false)
    }

    @Test("a platform that holds all slots is taken before one that holds only some")
    func whole() {
        let offers = [Self.cheap, .h100(.flare, name: "whole", hourly: 3, available: 9)]
        var scene = scene(3, offers, platforms: [.flexai, .flare])
        #expect(bought(decide(scene.situation)) == ["whole"])
        scene.situation.wish?.intent.spec.workload.scaling?.minReplicas = 2
        #expect(bought(decide(scene.situation)) == ["cheap", "cheap"])
        scene.situation.wish?.intent.spec.workload.scaling?.minReplicas = 3
        scene.add(.live, slot: 0)
        #expect(bought(decide(scene.situation)) == ["cheap", "cheap"], "what lives somewhere stays there")
    }

    @Test("where slots live, one allocation for all is not bought beside them, even where only it would hold the rest")
    func beside() throws {
        let offers = [Self.cheap, .h100(.flare, name: "whole", hourly: 3, available: 9)]
        var scene = scene(4, offers, platforms: [.flexai, .flare])
        let spec = try #require(scene.situation.wish?.intent.spec)
        let market = try #require(scene.situation.market)
        let whole = market.rank(spec, platforms: [.flare], now: noon).candidates
        let inOrder = market.spreadable(spec, on: .flexai, now: noon) + whole
        let fresh = try #require(Deliberation(scene.situation).lot(inOrder, market, wanted: 4) { Array(0..<$0) })
        #expect(fresh.candidates.first?.offer.id.name == "whole")
        scene.add(.live, slot: 0)
        let lot = try #require(Deliberation(scene.situation).lot(inOrder, market, wanted: 4) { Array(1..<$0) })
        #expect(lot.candidates.first?.offer.id.name == "cheap" && lot.slots == [1, 2, 3])
    }

    @Test("what grows with its load is spread as well, offer by offer")
    func scaled() {
        var scene = scene(1, [Self.cheap, .h100(name: "dear", hourly: 4, available: 9)])
        scene.situation.wish?.intent.spec.workload.scaling?.autoScale = true
        scene.situation.wish?.intent.spec.workload.scaling?.maxReplicas = 5
        scene.situation.account.memory.replicas = 4
        #expect(bought(decide(scene.situation)) == ["cheap", "cheap", "dear", "dear"])
    }

    @Test("a quota and a person's word hold for the sum of all offers")
    func limits() {
        var scene = scene(3, [Self.cheap, .h100(name: "dear", hourly: 4)])
        scene.situation.policy.approvalAbove = .euros(7)
        let asked = decide(scene.situation)
        #expect(asked.bought.isEmpty && asked.status.approvals.first?.permission.upTo == .euros(8))
        scene.situation.policy.approvalAbove = nil
        let quota = Quota(selector: [:], maxHourlyCost: .euros(5), maxGPUs: 9)
        scene.situation.quotas = [QuotaStanding(quota, hourly: .zero, gpus: 0, spent: .zero, periodEnds: nil)]
        #expect(bought(decide(scene.situation)) == ["cheap", "cheap"])
    }
}

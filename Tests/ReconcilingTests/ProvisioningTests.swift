import Intents
import Placement
import Testing

@testable import Reconciling

/// Buying for empty slots: promise 1, one live allocation a slot.
@Suite struct ProvisioningTests {
    @Test("every empty slot is bought for, once", arguments: [1, 2, 5])
    func empty(slots: Int) {
        let scene = Scene(slots: slots)
        #expect(decide(scene.situation).bought == Array(0..<slots))
    }

    @Test("a slot that anything uncertain fills is not bought for", arguments: AllocationRecord.Phase.allCases)
    func filled(phase: AllocationRecord.Phase) {
        var scene = Scene(slots: 2)
        scene.add(phase, slot: 0)
        let bought = decide(scene.situation).bought
        #expect(bought == (phase == .tombstone ? [0, 1] : [1]), "only what is confirmed gone leaves its slot")
    }

    @Test("a platform that carries whole intents gets one order, whatever the slots")
    func whole() {
        var scene = Scene(slots: 3, platforms: [.flare])
        #expect(decide(scene.situation).bought == [0])
        scene.add(.live, on: .flare)
        let decision = decide(scene.situation)
        #expect(decision.steps.isEmpty)
        #expect(decision.standing == .converged)
    }

    @Test("nothing is asked of the market while nothing is needed, and it is asked where something is")
    func market() {
        var scene = Scene()
        scene.situation.market = nil
        #expect(decide(scene.situation).needsMarket)
        scene.add(.live)
        #expect(!decide(scene.situation).needsMarket)
    }

    @Test("what an intent holds keeps it on that platform, even where another is cheaper")
    func home() {
        var scene = Scene(slots: 2, platforms: [.flexai, .flare])
        scene.situation.market = Market(offers: [.h100(.flexai, hourly: 9), .h100(.flare, hourly: 1)])
        scene.add(.live, slot: 0)
        guard case .provision(let slot, let candidate, nil)? = decide(scene.situation).steps.first else {
            Issue.record("nothing was bought")
            return
        }
        #expect(slot == 1)
        #expect(candidate.offer.platform == .flexai)
    }

    @Test("a paused platform is not bought from; the other one is")
    func paused() {
        var scene = Scene(platforms: [.flexai, .flare])
        scene.situation.market = Market(offers: [.h100(.flexai, hourly: 1), .h100(.flare, hourly: 9)])
        scene.situation.platforms[.flexai]?.pausedBecause = .error("INVALID_TOKEN", .pausePlatform, status: 401)
        guard case .provision(_, let candidate, _)? = decide(scene.situation).steps.first else {
            Issue.record("nothing was bought")
            return
        }
        #expect(candidate.offer.platform == .flare)
        scene.situation.platforms[.flare]?.pausedBecause = .error("INVALID_TOKEN", .pausePlatform, status: 401)
        let none = decide(scene.situation)
        #expect(none.steps.isEmpty)
        #expect(none.standing == .stalled)
        #expect(none.condition("Stalled")?.reason == "INVALID_TOKEN")
    }

    @Test("resting offers are passed over, and slots are spread over what offers hold")
    func resting() {
        var scene = Scene(slots: 3)
        scene.situation.market = Market(
            offers: [.h100(name: "a", hourly: 1), .h100(name: "b", hourly: 2, available: 3)]
        )
        scene.situation.resting = [Offer.ID(platform: .flexai, name: "a")]
        let names = decide(scene.situation).steps.map { step in
            if case .provision(_, let candidate, _) = step { candidate.offer.id.name } else { "" }
        }
        #expect(names == ["b", "b", "b"])
    }

    @Test("a refusal that holds for this generation buys nothing more")
    func stalled() {
        var scene = Scene()
        scene.situation.stall = ErrorStatus(code: "INVALID_FORMAT", message: "no", at: noon)
        let decision = decide(scene.situation)
        #expect(decision.steps.isEmpty)
        #expect(decision.standing == .stalled)
        #expect(decision.next == .stalled(ErrorStatus(code: "INVALID_FORMAT", message: "no", at: noon)))
    }

    @Test("where nothing fits, the market is asked again later")
    func noOffer() {
        var scene = Scene { $0.workload.resources.gpu = GPUWish() }
        scene.situation.market = Market(offers: [])
        let decision = decide(scene.situation)
        #expect(decision.steps.isEmpty)
        guard case .retry(let after, let error) = decision.next else {
            Issue.record("\(decision.next)")
            return
        }
        #expect(after == .seconds(60))
        #expect(decision.status.lastError == error)
    }
}

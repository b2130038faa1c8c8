import Intents
import Placement
import Testing

@testable import Reconciling

/// How a change goes: what forbids two, what becomes of new ones that do not run, and who is asked.
@Suite struct RolloutTests {
    /// A running slot with a replacement beside it that does not run yet.
    private static func surge(age: Duration = .seconds(5)) -> (Scene, old: AttemptID, new: AttemptID) {
        var scene = Scene()
        let old = scene.add(.live)
        scene.respecify { $0.workload.image = "jupyter/other" }
        let new = scene.add(.live, age: age, replaces: old) { $0.sighting?.state = .provisioning }
        scene.see(old, .running)
        scene.see(new, .provisioning)
        return (scene, old, new)
    }

    @Test("a new one that does not run in time goes, the old stays, and both generations are shown")
    func halted() {
        var (scene, old, new) = Self.surge(age: .seconds(600))
        var decision = scene.decideAndApply()
        #expect(scene.row(new)?.ending?.reason == .provisioningTimeout)
        #expect(scene.row(old)?.phase == .live)
        #expect(decision.status.slots.map(\.generation) == [1, 2])
        scene.situation.records.removeAll { $0.attempt == new }
        for _ in 0..<3 {
            scene.pass(.seconds(600))
            scene.see(old, .running)
            decision = scene.decideAndApply()
            #expect(decision.steps.isEmpty, "it is not tried again and again")
            #expect(decision.standing == .stalled)
            #expect(decision.condition("Stalled")?.reason == "ROLLOUT_HALTED")
            let message = decision.condition("Stalled")?.message ?? ""
            #expect(
                message.contains("generation 2 does not run") && message.contains("generation 1 stays"),
                "\(message)"
            )
            #expect(decision.condition("Ready")?.status == .yes, "the old one serves")
        }
    }

    @Test("a slot that was lost is filled before the next one is replaced: one surge at a time")
    func lossFirst() {
        var scene = Scene(slots: 2)
        let old = [scene.add(.live, slot: 0), scene.add(.live, slot: 1)]
        scene.respecify { $0.workload.image = "jupyter/other" }
        for index in scene.situation.records.indices where scene.situation.records[index].slot == 0 {
            scene.situation.records[index].phase = .ending
            scene.situation.records[index].ending = Ending(reason: .lost, wantedAt: scene.situation.now)
            scene.situation.records[index].ending?.deletedAt = scene.situation.now
        }
        scene.see(old[1], .running)
        let decision = scene.decideAndApply()
        #expect(decision.bought == [0], "\(decision.steps)")
        #expect(scene.row(old[1])?.phase == .live)
        scene.situation.records.removeAll { $0.attempt == old[0] }
        let new = scene.add(.live, slot: 0)
        scene.see(new, .running)
        scene.see(old[1], .running)
        #expect(scene.decideAndApply().bought == [1], "then the next one")
    }

    @Test("failures are tried again, three in all; one that runs forgets them", arguments: [1, 2, 3])
    func failures(count: Int) {
        var (scene, old, new) = Self.surge()
        for _ in 0..<count {
            scene.see(new, .failed)
            scene.see(old, .running)
            scene.decideAndApply()
            #expect(scene.row(new)?.ending?.reason == .failed)
            scene.situation.records.removeAll { $0.attempt == new }
            scene.pass(.seconds(300))
            scene.see(old, .running)
            let isHalted = scene.decideAndApply().bought.isEmpty
            #expect(isHalted == (scene.situation.account.memory.rollout?.failures == 3))
            new = scene.add(.live, age: .seconds(5), replaces: old) { $0.sighting?.state = .provisioning }
        }
        #expect(scene.situation.account.memory.rollout?.failures == count)
        #expect((scene.situation.account.memory.rollout?.haltedAt != nil) == (count == 3))
        scene.see(new, .running)
        scene.decideAndApply()
        #expect(scene.situation.account.memory.rollout == nil)
        #expect(scene.row(old)?.ending?.reason == .replaced)
    }

    @Test("another generation tries anew")
    func anotherGeneration() {
        var (scene, old, new) = Self.surge(age: .seconds(600))
        scene.decideAndApply()
        scene.situation.records.removeAll { $0.attempt == new }
        scene.respecify { $0.workload.image = "jupyter/mended" }
        scene.see(old, .running)
        #expect(scene.decideAndApply().bought == [0])
        #expect(scene.situation.account.memory.rollout == nil)
    }

    @Test("a newer generation cuts in at once: what does not run yet goes, and the third is never beside two")
    func cutsIn() {
        var (scene, old, new) = Self.surge()
        scene.respecify { $0.workload.image = "jupyter/newest" }
        let decision = scene.decideAndApply()
        #expect(scene.row(new)?.ending?.reason == .replaced)
        #expect(scene.row(old)?.phase == .live)
        #expect(decision.bought.isEmpty)
        scene.situation.records.removeAll { $0.attempt == new }
        scene.see(old, .running)
        #expect(scene.decideAndApply().bought == [0])
    }

    @Test("a generation that only acts in place does not disturb a change that is under way")
    func inPlace() {
        var (scene, _, new) = Self.surge()
        scene.respecify { $0.constraints.maxHourlyCost = .euros(500) }
        scene.decideAndApply()
        #expect(scene.row(new)?.phase == .live)
    }

    @Test(
        "what keeps two from living side by side is said",
        arguments: [("domain", "shares its domain or its volume"), ("cap", "hourly cap"), ("total", "total cap")]
    )
    func alone(reason: String, words: String) {
        var scene = Scene()
        let old = scene.add(.live)
        scene.respecify { spec in
            spec.workload.image = "jupyter/other"
            switch reason {
            case "domain":
                var port = Workload.Port()
                port.domain = "search.example"
                spec.workload.ports = [port]
            case "cap": spec.constraints.maxHourlyCost = .euros(5)
            default: spec.constraints.maxTotalCost = .euros(7)
            }
        }
        scene.see(old, .running)
        let decision = scene.decideAndApply()
        #expect(decision.bought.isEmpty)
        #expect(scene.row(old)?.ending?.reason == .replaced)
        #expect(decision.messages("Replaced").first?.contains(words) == true, "\(decision.messages("Replaced"))")
    }

    @Test("capacity for one only: the old goes first, one at a time, and that is said")
    func capacity() {
        for tells in [true, false] {
            var scene = Scene(slots: 2)
            let attempts = [scene.add(.live, slot: 0), scene.add(.live, slot: 1)]
            scene.respecify { $0.workload.image = "jupyter/other" }
            if tells {
                scene.situation.market = Market(offers: [.h100(available: 0)])
            } else {
                scene.situation.resting = [Offer.ID(platform: .flexai, name: "nvidia-h100")]
                scene.situation.short = scene.situation.resting
            }
            for attempt in attempts { scene.see(attempt, .running) }
            let decision = scene.decideAndApply()
            #expect(attempts.map { scene.row($0)?.phase } == [.ending, .live])
            #expect(decision.messages("Replaced").first?.contains("no capacity") == true)
            for attempt in attempts { scene.see(attempt, .running) }
            scene.decideAndApply()
            #expect(scene.row(attempts[1])?.phase == .live, "the next one waits")
            scene.situation.records[0].phase = .tombstone
            scene.situation.records[0].tombstone = Tombstone(at: scene.situation.now, looks: 0, settled: .zero)
            scene.see(attempts[1], .running)
            scene.decideAndApply()
            #expect(scene.row(attempts[1])?.phase == .live, "until the first slot is filled again")
        }
    }

    @Test("an offer that rests for another reason is waited for")
    func resting() {
        var scene = Scene()
        let old = scene.add(.live)
        scene.respecify { $0.workload.image = "jupyter/other" }
        scene.situation.resting = [Offer.ID(platform: .flexai, name: "nvidia-h100")]
        scene.see(old, .running)
        scene.decideAndApply()
        #expect(scene.row(old)?.phase == .live)
    }

    @Test("other hardware than what the old one leaves free is not made room for")
    func otherHardware() {
        var scene = Scene()
        let old = scene.add(.live)
        scene.respecify { spec in
            var gpu = GPUWish()
            gpu.model = "nvidia-l4"
            spec.workload.resources.gpu = gpu
        }
        scene.situation.market = Market(offers: [.h100(available: 0)])
        scene.see(old, .running)
        scene.decideAndApply()
        #expect(scene.row(old)?.phase == .live)
    }

    @Test("what holds a persistent volume is replaced only when a person has said so, for this generation")
    func volume() {
        var scene = Scene()
        let old = scene.add(.live, holdsVolume: true)
        scene.respecify { $0.workload.image = "jupyter/other" }
        scene.see(old, .running)
        let decision = scene.decideAndApply()
        #expect(decision.steps.isEmpty)
        #expect(scene.row(old)?.phase == .live)
        #expect(decision.status.approvals.map(\.permission) == [Permission(.volume, generation: 2)])
        #expect(decision.condition("Stalled")?.reason == "APPROVAL_NEEDED")
        #expect(decision.condition("Stalled")?.message.contains("intentctl approve search") == true)
        scene.situation.account.memory.approve(Permission(.volume, generation: 2), at: noon)
        var allowed = scene
        #expect(allowed.decideAndApply().bought == [0])
        scene.respecify { $0.workload.image = "jupyter/third" }
        scene.see(old, .running)
        #expect(scene.decideAndApply().steps.isEmpty, "another generation asks again")
    }

    @Test("a volume that the new spec no longer has is asked about all the same, and moving away too")
    func volumeElsewhere() {
        var scene = Scene(platforms: [.flexai, .flare])
        let old = scene.add(.live, holdsVolume: true)
        scene.respecify { $0.workload.image = "jupyter/other" }
        scene.situation.market = Market(offers: [.h100(.flare)])
        scene.see(old, .running)
        scene.decideAndApply()
        #expect(scene.row(old)?.phase == .live)
        scene.situation.account.memory.approve(Permission(.volume, generation: 2), at: noon)
        scene.see(old, .running)
        scene.decideAndApply()
        #expect(scene.row(old)?.ending?.reason == .replaced)
    }

    @Test("FLARE has no update: what it carries is replaced by another one, with both alive for a while")
    func flare() {
        var scene = Scene(platforms: [.flare])
        let old = scene.add(.live, on: .flare)
        scene.respecify { $0.workload.env = ["A=1"] }
        scene.see(old, .running)
        let decision = scene.decideAndApply()
        #expect(decision.bought == [0])
        guard case .provision(_, _, let replaced)? = decision.steps.first else {
            Issue.record("nothing is bought")
            return
        }
        #expect(replaced == old)
    }

    @Test("which refusals tell of capacity")
    func capacityCodes() {
        let telling = ["INSUFFICIENT_RESOURCES", "GPU_COUNT_INSUFFICIENT", "GPU_MODEL_UNAVAILABLE"]
        for code in DocumentedCode.allCases {
            let error = PlatformError.error(code.rawValue, .nextOffer, status: 400)
            #expect(error.tellsOfCapacity == telling.contains(code.rawValue))
        }
        #expect(PlatformError.error("HTTP_409", .nextOffer, status: 409).tellsOfCapacity)
        #expect(!PlatformError.error("HTTP_404", .nextOffer, status: 404).tellsOfCapacity)
    }
}

import Intents
import Placement
import Testing

@testable import Reconciling

/// What is not as it was bought is corrected, or only shown; how long it lasted is measured.
@Suite struct DriftTests {
    private static func scene(_ policy: DriftPolicy = .correct, spot: Bool = false) -> (Scene, AttemptID) {
        var scene = Scene { spec in
            spec.driftPolicy = policy
            spec.constraints.preemptible = spot
        }
        let attempt = scene.add(.live, spot: spot)
        return (scene, attempt)
    }

    private static func see(_ scene: inout Scene, _ attempt: AttemptID, _ change: (inout Observation) -> Void) {
        guard var observation = scene.row(attempt)?.seen(.running) else { return }
        observation.gpuCount = 1
        observation.gpuType = "nvidia-h100"
        change(&observation)
        scene.situation.looks[attempt] = .seen(observation)
    }

    @Test(
        "other hardware is replaced, beside the old one",
        arguments: [
            (2, "nvidia-h100", "it holds 2 GPUs, and 1 were bought"),
            (1, "nvidia-l4", "it holds nvidia-l4, and nvidia-h100 was bought"),
            (1, "NVIDIA H100 80GB", nil),
            (1, "a name that nobody knows", nil),
            (nil, nil, nil),
            (1, "nvidia-h100", nil),
        ] as [(Int?, String?, String?)]
    )
    func shape(count: Int?, type: String?, message: String?) {
        var (scene, attempt) = Self.scene()
        Self.see(&scene, attempt) { ($0.gpuCount, $0.gpuType) = (count, type) }
        let decision = scene.decideAndApply()
        #expect(decision.bought == (message == nil ? [] : [0]))
        #expect(scene.row(attempt)?.phase == .live)
        #expect(scene.situation.account.memory.drifts.map(\.message) == [message].compactMap(\.self))
        #expect(decision.condition("Drifted")?.reason == (message == nil ? nil : "Correcting"))
    }

    @Test("another provider than the one that was bought from is told, where the platform says which it is")
    func elsewhere() {
        var bought = Purchase(
            offer: Offer.ID(platform: .flare, name: "a/eu/nvidia-h100/80Gi"),
            model: "nvidia-h100",
            gpuCount: 1,
            hourly: .euros(4)
        )
        bought.provider = "a"
        var seen = Observation.listed("i-1")
        (seen.gpuType, seen.gpuCount) = (nil, nil)
        #expect(bought.difference(from: seen) == nil)
        seen.provider = "a"
        #expect(bought.difference(from: seen) == nil)
        seen.provider = "b"
        #expect(bought.difference(from: seen) == "it is on b, and was bought on a")
    }

    @Test("a table of platforms forgets what is taken out of it")
    func table() {
        var table: PlatformTable = [
            .flexai: PlatformSituation(traits: .single), .flare: PlatformSituation(traits: .whole),
        ]
        table[.flexai] = nil
        #expect(table.keys == [.flare] && table[.flexai] == nil && table.traits(of: .flare) == .whole)
    }

    @Test("its replacement ends the drift, and how long it lasted is told")
    func corrected() {
        var (scene, attempt) = Self.scene()
        Self.see(&scene, attempt) { $0.gpuCount = 2 }
        scene.decideAndApply()
        let new = scene.add(.live, age: .seconds(1), replaces: attempt) { $0.sighting?.state = .provisioning }
        scene.pass(.seconds(90))
        Self.see(&scene, attempt) { $0.gpuCount = 2 }
        Self.see(&scene, new) { _ in }
        let decision = scene.decideAndApply()
        #expect(scene.row(attempt)?.ending?.reason == .replaced)
        #expect(scene.situation.account.memory.drifts.isEmpty)
        #expect(
            decision.messages("DriftEnded").first?.contains("for 1m30s") == true,
            "\(decision.messages("DriftEnded"))"
        )
    }

    @Test("a replacement that comes out the same is not replaced again: that would go on for ever")
    func stubborn() {
        var (scene, attempt) = Self.scene()
        Self.see(&scene, attempt) { $0.gpuCount = 2 }
        scene.decideAndApply()
        let new = scene.add(.live, age: .seconds(60), replaces: attempt)
        Self.see(&scene, attempt) { $0.gpuCount = 2 }
        Self.see(&scene, new) { $0.gpuCount = 2 }
        scene.decideAndApply()
        scene.situation.records.removeAll { $0.attempt == attempt }
        for _ in 0..<3 {
            scene.pass(.seconds(60))
            Self.see(&scene, new) { $0.gpuCount = 2 }
            let decision = scene.decideAndApply()
            #expect(decision.steps.isEmpty)
            #expect(scene.row(new)?.phase == .live)
            #expect(decision.condition("Drifted") != nil)
        }
    }

    @Test("other hardware that is only reported stays, and the drift ends when it is as it was bought")
    func reportedShape() {
        var (scene, attempt) = Self.scene(.report)
        Self.see(&scene, attempt) { $0.gpuCount = 2 }
        var decision = scene.decideAndApply()
        #expect(decision.steps.isEmpty)
        #expect(decision.condition("Drifted")?.reason == "Reported")
        #expect(decision.standing == .converged)
        scene.pass(.seconds(600))
        Self.see(&scene, attempt) { _ in }
        decision = scene.decideAndApply()
        #expect(decision.condition("Drifted") == nil)
        #expect(decision.messages("DriftEnded").first?.contains("10m") == true)
    }

    /// What a platform says of something that is not as it should be.
    private static func happen(_ kind: DriftMemory.Kind, to attempt: AttemptID, in scene: inout Scene) {
        if kind == .state { return scene.see(attempt, .stopped) }
        scene.situation.looks[attempt] = .absent
        scene.decideAndApply()
        scene.pass(.seconds(11))
        scene.situation.looks[attempt] = .absent
    }

    @Test("what was stopped or is gone is bought anew", arguments: [DriftMemory.Kind.state, .gone])
    func gone(kind: DriftMemory.Kind) {
        var (scene, attempt) = Self.scene()
        Self.happen(kind, to: attempt, in: &scene)
        let decision = scene.decideAndApply()
        #expect(scene.row(attempt)?.ending?.reason == .lost)
        #expect(scene.situation.account.memory.drifts.map(\.kind) == [kind])
        #expect(scene.situation.account.memory.drifts.first?.since == noon, "since it was first seen so")
        #expect(decision.condition("Drifted")?.reason == "Correcting")
        scene.situation.records = []
        #expect(scene.decideAndApply().bought == [0])
        scene.pass(.seconds(100))
        let new = scene.add(.live, age: .seconds(60))
        scene.see(new, .running)
        #expect(scene.decideAndApply().told.contains("DriftEnded"))
        #expect(scene.situation.account.memory.drifts.isEmpty)
    }

    @Test("or only shown: it stays as it is, without hurry", arguments: [DriftMemory.Kind.state, .gone])
    func reported(kind: DriftMemory.Kind) {
        var (scene, attempt) = Self.scene(.report)
        Self.happen(kind, to: attempt, in: &scene)
        for round in 0..<3 {
            let decision = scene.decideAndApply()
            #expect(scene.row(attempt)?.phase == .live)
            #expect(decision.steps.isEmpty)
            #expect(decision.standing == .stalled)
            #expect(decision.condition("Stalled")?.reason == "Drifted")
            #expect(decision.told.contains("Drifted") == (round == 0), "said once")
            scene.pass(.seconds(60))
            if kind == .state { scene.see(attempt, .stopped) } else { scene.situation.looks[attempt] = .absent }
        }
        scene.situation.wish?.intent.spec.driftPolicy = .correct
        scene.decideAndApply()
        #expect(scene.row(attempt)?.ending?.reason == .lost, "a policy that changes is heeded at once")
    }

    @Test("what is seen again is as it was bought")
    func back() {
        var (scene, attempt) = Self.scene(.report)
        Self.happen(.gone, to: attempt, in: &scene)
        scene.decideAndApply()
        scene.pass(.seconds(60))
        scene.see(attempt, .running)
        let decision = scene.decideAndApply()
        #expect(decision.standing == .converged)
        #expect(decision.told.contains("DriftEnded"))
    }

    @Test("what a platform had reserved to take back is no drift, and bought anew whatever the policy")
    func spot() {
        var (scene, attempt) = Self.scene(.report, spot: true)
        Self.happen(.gone, to: attempt, in: &scene)
        scene.decideAndApply()
        #expect(scene.row(attempt)?.ending?.reason == .lost)
        #expect(scene.situation.account.memory.drifts.isEmpty)
    }

    @Test("who scales down or goes drifts no longer")
    func unwanted() {
        for isWithdrawn in [true, false] {
            var scene = Scene(slots: 2) { $0.driftPolicy = .report }
            scene.see(scene.add(.live), .running)
            let attempt = scene.add(.live, slot: 1)
            scene.see(attempt, .stopped)
            scene.decideAndApply()
            #expect(scene.situation.account.memory.drifts.map(\.slot) == [1])
            if isWithdrawn {
                scene.situation.wish = nil
            } else {
                scene.respecify { spec in
                    spec.workload.scaling?.minReplicas = 1
                    spec.workload.scaling?.maxReplicas = 1
                }
            }
            scene.decideAndApply()
            #expect(scene.situation.account.memory.drifts.isEmpty)
        }
    }
}

import Intents
import Placement
import Testing

@testable import Reconciling

/// What holds of every decision, whatever the situation: promises 1, 4, 5, 7 and 9.
@Suite struct DecisionPropertyTests {
    @Test("the same situation gives the same decision", arguments: 0..<UInt64(300))
    func same(seed: UInt64) {
        let scene = Scene.random(seed: seed)
        let first = decide(scene.situation)
        let second = decide(scene.situation)
        #expect(first.steps == second.steps)
        #expect(first.changes == second.changes)
        #expect(first.status == second.status)
        #expect(first.next == second.next)
    }

    @Test("a decision that was written down and takes no step is not news when made again", arguments: 0..<UInt64(600))
    func idempotent(seed: UInt64) {
        var scene = Scene.random(seed: seed)
        for _ in 0..<4 { if scene.decideAndApply().changes.isEmpty { break } }
        let again = decide(scene.situation)
        #expect(again.changes.isEmpty, "seed \(seed): \(again.changes)")
        #expect(again.status == scene.situation.previous)
    }

    @Test(
        "steps are about rows that are ours, one purchase a slot, none past a cap or a hold",
        arguments: 0..<UInt64(2000)
    )
    func bounded(seed: UInt64) {
        let scene = Scene.random(seed: seed)
        let situation = scene.situation
        let decision = decide(situation)
        let ours = Set(situation.records.map(\.attempt))
        var slots = Set<Int>()
        var planned = Money.zero
        for step in decision.steps {
            switch step {
            case .provision(let slot, let candidate, let replaced):
                #expect(slots.insert(slot).inserted, "seed \(seed): slot \(slot) twice")
                planned = planned + candidate.hourlyPerAllocation
                let filled = situation.records.filter { $0.slot == slot && $0.phase != .tombstone }
                let stays = filled.filter { !decision.forgets($0.attempt) }
                #expect(stays.allSatisfy { $0.attempt == replaced }, "seed \(seed): slot \(slot) is filled")
                #expect(stays.count <= 1)
                #expect(situation.platforms[candidate.offer.platform]?.pausedBecause == nil)
            case .takeBack(_, let slot, _, _, let replaced):
                #expect(slots.insert(slot).inserted, "seed \(seed): slot \(slot) twice")
                let filled = situation.records.filter { $0.slot == slot && $0.phase != .tombstone }
                let stays = filled.filter { !decision.forgets($0.attempt) }
                #expect(stays.allSatisfy { $0.attempt == replaced }, "seed \(seed): the slot is filled")
                #expect(!decision.provisionsSomething, "seed \(seed): bought beside what is taken back")
            case .stop(let attempt), .delete(let attempt), .repeatCreate(let attempt), .adopt(let attempt, _):
                #expect(ours.contains(attempt))
            }
        }
        if let cap = situation.wish?.intent.spec.constraints.maxHourlyCost, planned > .zero {
            #expect(decision.status.cost.hourly + planned <= cap, "seed \(seed)")
        }
        let mayBuy = situation.wish.map { $0.pause == nil && $0.suspension == nil } ?? false
        if !mayBuy { #expect(decision.bought.isEmpty) }
        if situation.wish?.pause != nil {
            let acts = decision.steps.contains { if case .adopt = $0 { false } else { true } }
            #expect(!acts, "seed \(seed): a paused intent changes nothing")
        }
    }

    @Test("nothing is forgotten but confirmed ends and purchases that were not made", arguments: 0..<UInt64(2000))
    func kept(seed: UInt64) {
        let scene = Scene.random(seed: seed)
        let decision = decide(scene.situation)
        for record in scene.situation.records {
            let forgotten = decision.forgets(record.attempt)
            switch record.phase {
            case .live, .ending, .unverified: #expect(!forgotten, "seed \(seed)")
            case .open, .unknown, .tombstone: break
            }
            guard let written = decision.written(record.attempt) else { continue }
            if written.phase == .tombstone, record.phase != .tombstone {
                #expect(record.ending?.deletedAt != nil && record.ending?.goneAt != nil, "seed \(seed)")
            }
            #expect(written.id == record.id)
        }
        let stays = scene.situation.records.contains { !decision.forgets($0.attempt) }
        #expect(!decision.isOver || !stays)
    }

    @Test("nobody is asked to look again in the past, or without end at once", arguments: 0..<UInt64(1000))
    func calm(seed: UInt64) {
        let scene = Scene.random(seed: seed)
        let decision = decide(scene.situation)
        if case .waiting(let until, let why) = decision.next, decision.steps.isEmpty {
            #expect(until > scene.situation.now, "seed \(seed): \(why)")
        }
    }

    @Test("the three conditions of kstatus are always there, and say what the standing is", arguments: 0..<UInt64(500))
    func conditions(seed: UInt64) {
        let decision = decide(Scene.random(seed: seed).situation)
        #expect(decision.condition("Reconciling")?.status == (decision.standing == .moving ? .yes : .no))
        #expect(decision.condition("Stalled")?.status == (decision.standing == .stalled ? .yes : .no))
        let isReady = decision.status.phase == .running || decision.status.phase == .completed
        #expect(decision.condition("Ready")?.status == (isReady ? .yes : .no))
        #expect(Set(decision.status.conditions.map(\.type)).count == decision.status.conditions.count)
    }
}

extension Scene {
    /// Anything that may be, the same for the same seed.
    static func random(seed: UInt64) -> Scene {
        var dice = StatusDice(seed: seed)
        func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &dice)] }
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &dice) < percent }
        let home = pick([PlatformName.flexai, .flexai, .flare])
        var scene = Scene(slots: pick([1, 1, 2, 3]), platforms: [.flexai, .flare]) { spec in
            if chance(40) { spec.constraints.maxHourlyCost = .euros(pick([3, 8, 13, 40])) }
            if chance(30) { spec.constraints.maxTotalCost = .euros(pick([1, 9, 30])) }
            if chance(20) { spec.constraints.deadline = noon + .seconds(pick([-5, 30, 9000])) }
            if chance(30) {
                spec.workload.kind = .job
                spec.workload.job = Workload.JobSettings()
                spec.workload.job?.timeout = pick([nil, .seconds(600)])
            }
            if chance(15) { spec.workload.ports = [Workload.Port()] }
        }
        scene.situation.market =
            chance(20)
            ? nil
            : Market(
                offers: [.h100(.flexai, hourly: pick([1, 4, 7])), .h100(.flare, hourly: pick([1, 4]))]
            )
        for platform in [PlatformName.flexai, .flare] {
            if chance(15) { scene.situation.platforms[platform]?.pausedBecause = .error("HTTP_401", .pausePlatform) }
            if chance(20) { scene.situation.platforms[platform]?.cannotList = true }
            if chance(30) {
                scene.situation.platforms[platform]?.traits.idempotencyKeys = .honoured(lifetime: .seconds(3600))
            }
            if chance(30) {
                scene.situation.platforms[platform]?.traits.onUnknownCreate = .retryAfter(.seconds(300))
            }
            if chance(40) {
                scene.list(
                    chance(50) ? [.listed("x", createdAt: noon)] : [],
                    names: chance(40),
                    newest: chance(50) ? noon : nil,
                    on: platform
                )
            }
            if chance(30) { scene.situation.platforms[platform]?.traits.exclusiveAccount = true }
        }
        if chance(20) {
            for _ in 0..<pick([1, 2]) {
                let (slot, type) = (home == .flare ? 0 : pick([0, 1, 2]), pick([nil, "nvidia-h100", "nvidia-a100"]))
                scene.leaveUnrecorded("u\(scene.situation.unrecorded.count)", slot: slot, on: pick([home, .flexai])) {
                    $0.gpuType = type
                    $0.gpuCount = pick([nil, 1, 4])
                }
            }
        }
        let phases = AllocationRecord.Phase.allCases
        for _ in 0..<pick([0, 1, 1, 2, 3, 4]) {
            let age = Duration.seconds(pick([1, 40, 700, 5000]))
            let attempt = scene.add(pick(phases), slot: home == .flare ? 0 : pick([0, 1, 2]), on: home, age: age) {
                record in
                record.phaseSince = noon - age
                record.sighting?.state = pick(AllocationState.allCases)
                if chance(20) { record.missingSince = noon - .seconds(pick([3, 20])) }
                if chance(20), record.phase == .live { record.parkedAt = noon - .seconds(20) }
                if chance(40) { record.ending?.stopAskedAt = noon - .seconds(pick([3, 40])) }
                if chance(40) { record.ending?.deletedAt = noon - .seconds(pick([3, 70])) }
                if chance(20), record.ending?.deletedAt != nil {
                    record.ending?.goneAt = noon - .seconds(pick([3, 15]))
                }
                if chance(20) { record.ending?.deleteFailedAt = noon - .seconds(5) }
                if chance(30) { record.doubt?.firstMissAt = noon - .seconds(pick([3, 60])) }
            }
            let looks: [Look?] = [nil, .absent, .doubtful, .unreachable(.error())]
            if chance(50) {
                scene.see(attempt, pick(AllocationState.allCases))
            } else {
                scene.situation.looks[attempt] = pick(looks)
            }
        }
        if chance(20) { scene.respecify { $0.workload.image = "jupyter/other" } }
        if chance(10) { scene.situation.wish?.pause = Pause() }
        if chance(10) { scene.situation.wish?.suspension = Suspension() }
        if chance(10) { scene.situation.wish = nil }
        return scene
    }
}

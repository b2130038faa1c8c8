import Documents
import Intents
import Placement
import Testing

@testable import Reconciling

/// Negotiation in virtual time: taken unasked, proposed and approved, fallen back, and never beyond its block.
@Suite struct NegotiatingTests {
    /// An intent that pays 10 EUR an hour, where the only offer costs so many cents.
    private func scene(
        cents: Int64,
        fallback: Negotiation.Fallback = .queue,
        slots: Int = 1,
        _ change: (inout IntentSpec) -> Void = { _ in }
    ) -> Scene {
        var scene = Scene(slots: slots) { spec in
            spec.constraints.maxHourlyCost = .euros(10)
            spec.constraints.negotiation = Negotiation()
            spec.constraints.negotiation?.fallback = fallback
            change(&spec)
        }
        scene.offer(cents: cents)
        return scene
    }

    @Test("without its block no cap is loosened by a cent")
    func noBlock() {
        for cents in [1001, 1040, 1100] as [Int64] {
            var scene = scene(cents: cents) { $0.constraints.negotiation = nil }
            let decision = scene.decideAndApply()
            #expect(decision.bought.isEmpty && decision.condition("Negotiation") == nil)
            #expect(scene.situation.account.memory.negotiation == nil)
        }
    }

    @Test("what strays up to the threshold is taken, is remembered before it is bought, and lives on its terms")
    func taken() {
        var scene = scene(cents: 1040)
        let decision = scene.decideAndApply()
        #expect(decision.bought == [0])
        #expect(decision.told == ["NegotiationBegan", "NegotiationAgreed"])
        #expect(decision.condition("Negotiation")?.reason == "Agreed")
        #expect(scene.situation.account.memory.agreement(for: 1)?.deviation.price == 40)
        let attempt = scene.add(.live, age: .zero, rate: Money(micros: 10_400_000))
        for _ in 0..<3 {
            scene.pass(.seconds(60))
            scene.see(attempt, .running)
            let later = scene.decideAndApply()
            #expect(scene.row(attempt)?.phase == .live && later.told.isEmpty)
            #expect(later.standing == .converged && later.condition("Overrun") == nil)
        }
    }

    @Test("the platform is told of the terms, and of nothing that is left to negotiate")
    func ordered() throws {
        var scene = scene(cents: 1040)
        scene.decideAndApply()
        let wish = try #require(scene.situation.wish)
        let spec = scene.situation.account.memory.ordered(wish)
        #expect(spec.constraints.maxHourlyCost == Money(micros: 10_400_000) && spec.constraints.negotiation == nil)
        #expect(AccountMemory().ordered(wish) == wish.intent.spec)
    }

    @Test("what strays further is proposed, waits for a person's word, and is bought by exactly that")
    func proposed() throws {
        var scene = scene(cents: 1100)
        let asked = scene.decideAndApply()
        #expect(asked.bought.isEmpty && asked.standing == .stalled)
        #expect(asked.told == ["NegotiationBegan", "NegotiationProposed"])
        #expect(asked.condition("Negotiation")?.reason == "Proposed")
        let permission = try #require(asked.status.approvals.first?.permission)
        #expect(permission.purpose == .deviation && permission.upTo == .euros(11) && permission.generation == 1)
        #expect(permission.deviation == Deviation(price: 100, fields: [.hourlyCost]))
        #expect(Permission(text: permission.text) == permission)
        scene.pass(.seconds(60))
        #expect(scene.decideAndApply().told.isEmpty, "the same proposal is told once")
        scene.situation.account.memory.approve(permission, at: scene.situation.now)
        let agreed = scene.decideAndApply()
        #expect(agreed.bought == [0] && agreed.told == ["NegotiationAgreed"])
        #expect(scene.situation.account.memory.agreement(for: 1)?.deviation == permission.deviation)
    }

    @Test("a word for less, for other wishes or for another generation is not enough, and a dearer offer asks anew")
    func bound() throws {
        let enough = Deviation(price: 100, fields: [.hourlyCost])
        for (deviation, upTo, generation, isEnough) in [
            (enough, 11, 1, true), (Deviation(price: 99, fields: [.hourlyCost]), 11, 1, false),
            (Deviation(price: 100, fields: [.totalCost]), 11, 1, false), (enough, 10, 1, false),
            (enough, 11, 2, false), (Deviation(price: 150, resources: 9, fields: [.hourlyCost, .cpu]), 12, 1, true),
        ] as [(Deviation, Int, Int, Bool)] {
            var scene = scene(cents: 1100)
            let permission = Permission(.deviation, generation: generation, upTo: .euros(upTo), deviation: deviation)
            scene.situation.account.memory.approve(permission, at: noon)
            #expect(decide(scene.situation).bought == (isEnough ? [0] : []), "\(deviation.text) \(upTo) \(generation)")
            scene.offer(cents: 1140)
            let isStillEnough = isEnough && deviation.price >= 140 && upTo >= 12
            #expect(decide(scene.situation).bought == (isStillEnough ? [0] : []), "dearer: \(deviation.text)")
        }
    }

    @Test("while nothing is in reach it is looked for again, and an offer that appears is taken or proposed")
    func sought() {
        var scene = scene(cents: 9000)
        let first = scene.decideAndApply()
        #expect(first.condition("Negotiation")?.reason == "Searching" && first.bought.isEmpty)
        #expect(first.status.lastError?.code == "COST_LIMIT_EXCEEDED")
        scene.pass(.seconds(60))
        scene.offer(cents: 1030)
        #expect(scene.decideAndApply().bought == [0])
        var granted = self.scene(cents: 9000)
        granted.decideAndApply()
        granted.pass(.seconds(60))
        granted.offer(cents: 900)
        let decision = granted.decideAndApply()
        #expect(decision.bought == [0] && decision.condition("Negotiation") == nil, "the wish itself")
        #expect(granted.situation.account.memory.negotiation == nil)
    }

    @Test("when the time is over the strategy applies", arguments: Negotiation.Fallback.allCases)
    func timeout(strategy: Negotiation.Fallback) {
        var scene = scene(cents: 9000, fallback: strategy) { $0.workload.resources.gpu = GPUWish() }
        scene.situation.wish?.intent.spec.workload.resources.gpu?.model = "nvidia-h100"
        var (lower, shared, spot) = (
            Offer.h100(name: "lower", hourly: 1), Offer.h100(name: "shared", hourly: 3),
            Offer.h100(name: "spot", hourly: 3)
        )
        lower.model = "nvidia-rtx-4090"
        shared.shared = true
        spot.spot = true
        let offers = (scene.situation.market?.offers ?? []) + [lower, shared, spot]
        scene.situation.market = Market(offers: offers)
        scene.decideAndApply()
        scene.pass(.seconds(299))
        #expect(scene.decideAndApply().bought.isEmpty)
        scene.pass(.seconds(1))
        let decision = scene.decideAndApply()
        #expect(decision.told.contains("NegotiationEnded"))
        switch strategy {
        case .queue:
            #expect(decision.bought.isEmpty && decision.status.lastError?.code == "QUEUED")
            scene.pass(.seconds(3600))
            scene.offer(cents: 900)
            #expect(scene.decideAndApply().bought == [0], "the queue ends when the wish can be granted")
        case .fail:
            #expect(decision.standing == .stalled && decision.status.lastError?.code == "NEGOTIATION_FAILED")
            scene.offer(cents: 900)
            #expect(scene.decideAndApply().bought.isEmpty, "failed is failed, until a person says otherwise")
        case .lowerTier, .shared, .spot:
            let name = strategy == .lowerTier ? "lower" : strategy.rawValue
            guard case .provision(_, let candidate, _) = decision.steps.first else {
                Issue.record("\(strategy) buys")
                return
            }
            #expect(candidate.offer.id.name == name)
            #expect(decision.condition("Negotiation")?.reason == "FellBack")
        }
    }

    @Test("a crash at any moment loses nothing: the clock runs on, and what was agreed holds")
    func crash() throws {
        var scene = scene(cents: 1100, fallback: .fail)
        scene.decideAndApply()
        scene.pass(.seconds(200))
        let node = scene.situation.account.memory.node
        scene.situation.account.memory = try AccountMemory(node: node)
        scene.situation.previous = nil
        let decision = scene.decideAndApply()
        #expect(decision.told.isEmpty && !decision.status.approvals.isEmpty)
        scene.pass(.seconds(100))
        #expect(scene.decideAndApply().status.lastError?.code == "NEGOTIATION_FAILED", "300 s in all")
        var memory = AccountMemory()
        memory.negotiation = NegotiationMemory(generation: 3, beganAt: noon)
        memory.negotiation?.agreed = Agreement(
            Deviation(price: 8, resources: 2, fields: [.hourlyCost, .cpu]),
            fallback: .lowerTier,
            tier: .gaming
        )
        memory.negotiation?.proposed = Deviation(price: 9)
        memory.negotiation?.endedAt = noon
        let permission = Permission(.deviation, generation: 3, upTo: .euros(4), deviation: Deviation(price: 1))
        memory.approve(permission, at: noon)
        #expect(try AccountMemory(node: memory.node) == memory)
    }

    @Test("another generation keeps what would be taken unasked, and negotiates the rest anew")
    func generations() {
        for (cents, carried) in [(1040, true), (1100, false)] as [(Int64, Bool)] {
            var scene = scene(cents: cents)
            scene.situation.account.memory.negotiation = NegotiationMemory(generation: 1, beganAt: noon)
            scene.situation.account.memory.negotiation?.agreed = Agreement(
                Deviation(price: Int(cents - 1000), fields: [.hourlyCost])
            )
            let attempt = scene.add(.live, rate: Money(micros: cents * 10_000))
            scene.respecify { $0.workload.scaling?.maxReplicas = 3 }
            scene.see(attempt, .running)
            scene.decideAndApply()
            #expect((scene.row(attempt)?.phase == .live) == carried, "\(cents)")
            var strict = scene
            strict.respecify { $0.constraints.negotiation = nil }
            strict.see(attempt, .running)
            strict.decideAndApply()
            #expect(strict.row(attempt)?.phase == .ending, "a block that is taken out loosens nothing any more")
            #expect(strict.situation.account.memory.negotiation == nil)
        }
    }

    @Test("nothing is negotiated while a platform cannot be asked, nor where only time is short")
    func notNow() throws {
        var silent = scene(cents: 1040)
        silent.situation.platforms[.flare] = PlatformSituation(traits: .whole)
        silent.situation.platforms[.flare]?.offersError = .error("UNREACHABLE", .retry(after: nil), on: .flare)
        #expect(silent.decideAndApply().bought.isEmpty)
        #expect(silent.situation.account.memory.negotiation == nil)
        var late = scene(cents: 900) { spec in
            spec.workload.kind = .job
            spec.workload.job = Workload.JobSettings()
            spec.constraints.deadline = noon + .seconds(1)
        }
        #expect(late.decideAndApply().bought.isEmpty)
        #expect(late.situation.account.memory.negotiation == nil)
    }

    @Test("whatever the prices and the moment, nothing is counted beyond what the block allows, or a person did")
    func never() {
        for cents in stride(from: Int64(900), through: 1300, by: 9) {
            for strategy in Negotiation.Fallback.allCases {
                for seconds in [0, 150, 301, 4000] as [Int64] {
                    var scene = scene(cents: cents, fallback: strategy)
                    scene.decideAndApply()
                    scene.pass(.seconds(seconds))
                    let decision = scene.decideAndApply()
                    #expect(decision.bought.isEmpty || cents <= 1050, "\(cents) \(strategy) \(seconds)")
                }
            }
        }
    }

    @Test(
        "what is agreed beside what lives loosens its terms further and takes none of them back",
        arguments: [(.spot, nil), (.lowerTier, .gaming)] as [(Negotiation.Fallback, GPUWish.Tier?)]
    )
    func secondAgreement(fallback: Negotiation.Fallback, tier: GPUWish.Tier?) {
        for holdsSomething in [true, false] {
            var scene = scene(cents: 520, slots: 2)
            let before = Agreement(
                Deviation(price: 20, resources: 30, fields: [.hourlyCost, .cpu]),
                fallback: fallback,
                tier: tier
            )
            scene.situation.account.memory.negotiation = NegotiationMemory(generation: 1, beganAt: noon)
            scene.situation.account.memory.negotiation?.agreed = before
            scene.situation.account.memory.negotiation?.endedAt = noon
            if holdsSomething { scene.add(.live, slot: 0, rate: Money(micros: 5_200_000)) }
            let decision = scene.decideAndApply()
            #expect(decision.bought == (holdsSomething ? [1] : [0, 1]))
            let cap = Deviation(price: 40, fields: [.hourlyCost])
            let both = Agreement(cap.union(before.deviation), fallback: fallback, tier: tier)
            let agreed = scene.situation.account.memory.agreement(for: 1)
            #expect(agreed == (holdsSomething ? both : Agreement(cap)), "\(holdsSomething)")
        }
    }

    @Test("a lost slot is bought again on the terms that were agreed, and both slots together keep the cap")
    func again() {
        var scene = scene(cents: 520, slots: 2)
        #expect(scene.decideAndApply().bought == [0, 1])
        scene.add(.live, slot: 0, rate: Money(micros: 5_200_000))
        scene.pass(.seconds(900))
        #expect(scene.decideAndApply().bought == [1])
        scene.offer(cents: 560)
        let decision = scene.decideAndApply()
        #expect(decision.bought.isEmpty, "5.20 and 5.60 are more than 4 % over 10")
    }
}

extension Scene {
    /// The only offer on sale, at a price in cents.
    fileprivate mutating func offer(cents: Int64) {
        var offer = Offer.h100(name: "only")
        offer.hourlyPerGPU = Money(micros: cents * 10_000)
        situation.market = Market(offers: [offer])
    }
}

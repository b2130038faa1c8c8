import Documents
import Intents
import Placement
import Reconciling
import Testing

@testable import intentctl

/// What people read of slots over several offers, of intents that compete, and of negotiations.
@Suite struct DirectoryTextTests {
    private static let now = Timestamp(seconds: 1_800_000_000)

    private static func offer(_ name: String, _ price: Int64, free: Int? = nil) -> Offer {
        var offer = Offer(id: Offer.ID(platform: .flexai, name: name), model: "nvidia-h100")
        offer.hourlyPerGPU = Money(micros: price * 1_000_000)
        offer.available = free
        return offer
    }

    private static func spec(_ slots: Int, cap: Int64) -> IntentSpec {
        var spec = IntentSpec()
        spec.objective = .cost
        spec.workload.image = "jupyter/base"
        spec.workload.scaling = Workload.Scaling()
        spec.workload.scaling?.minReplicas = slots
        spec.workload.scaling?.maxReplicas = slots
        spec.constraints.maxHourlyCost = Money(micros: cap * 1_000_000)
        return spec
    }

    @Test("explain prints how the slots are spread, and has it for machines")
    func spread() {
        let market = Market(offers: [Self.offer("cheap", 2, free: 2), Self.offer("dear", 4)])
        let explained = market.explain(Self.spec(3, cap: 10), now: Self.now)
        let words = "2 on cheap, 1 on dear for 8.00 EUR an hour"
        #expect(ExplainText.lines("a", explained).contains("  slots: " + words))
        #expect(ExplainText.node("a", explained)["slots"]?.string == words)
        let whole = market.explain(Self.spec(1, cap: 10), now: Self.now)
        #expect(ExplainText.node("a", whole)["slots"]?.isNull == true)
        #expect(!ExplainText.lines("a", whole).contains { $0.hasPrefix("  slots:") })
    }

    @Test("explain prints what a negotiation would come to, after why nothing fits")
    func negotiation() throws {
        var spec = Self.spec(1, cap: 10)
        spec.constraints.negotiation = Negotiation()
        let explained = Market(offers: [Self.offer("dear", 11)]).explain(spec, now: Self.now)
        let lines = ExplainText.lines("a", explained).filter { $0.hasPrefix("  negotiation: ") }
        #expect(lines.count == 2)
        #expect(lines.first?.contains("waits for `intentctl approve`: dear of flexai for 11.00 EUR an hour") == true)
        let node = try #require(ExplainText.node("a", explained)["negotiation"]?.sequence)
        #expect(node.count == 2)
    }

    @Test("a plan names the offer of each slot with its reason, and for whom a waiting intent waits")
    func plan() {
        let key = IntentKey(rawValue: "a")
        var spec = Self.spec(3, cap: 10)
        spec.constraints.providers = ["flexai"]
        var situation = Situation(
            key: key,
            now: Self.now,
            wish: Wish(
                StoredIntent(
                    key: key,
                    file: "a.yaml",
                    generation: 1,
                    createdAt: Self.now,
                    intent: Intent(name: "a", spec: spec)
                )
            ),
            records: [],
            account: IntentAccount(key: key)
        )
        let traits = PlatformTraits(
            carries: .slot,
            visibilityGrace: .seconds(30),
            stopsBeforeDelete: true,
            failedDeleteHidesAllocation: false
        )
        situation.platforms[.flexai] = PlatformSituation(traits: traits)
        let cheap = Self.offer("cheap", 2, free: 2)
        situation.market = Market(offers: [cheap, Self.offer("dear", 4)])
        let rows = PlanRow.rows(of: key, decide(situation), [])
        #expect(rows.map(\.what) == ["nvidia-h100 (cheap)", "nvidia-h100 (cheap)", "nvidia-h100 (dear)"])
        #expect(rows.last?.why.contains("cheap cannot take every slot") == true)
        #expect(rows.last?.hourlyAfter == Money(micros: 8_000_000))
        situation.market = Market(offers: [cheap])
        situation.wish?.intent.spec.workload.scaling?.minReplicas = 1
        situation.allotment = Allotment(contested: [cheap.id], granted: [:], holders: [cheap.id: "b (priority 9)"])
        let waiting = PlanRow.rows(of: key, decide(situation), [])
        #expect(waiting.map(\.verb) == [.nothing] && waiting.first?.why == "cheap goes to b (priority 9)")
    }

    @Test("describe shows a priority that somebody gave, and none where nobody did")
    func priority() {
        for (priority, isShown) in [(7, true), (0, false)] {
            let intent = Intent(
                name: "a",
                annotations: [Intent.priorityAnnotation: String(priority)],
                spec: IntentSpec()
            )
            let stored = StoredIntent(
                key: IntentKey(rawValue: "a"),
                file: "a.yaml",
                generation: 1,
                createdAt: Self.now,
                intent: intent
            )
            #expect(stored.intent.priority == priority)
            #expect((IntentDescription.priority(of: stored) != nil) == isShown)
        }
    }
}

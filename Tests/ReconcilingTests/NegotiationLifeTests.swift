import Intents
import Placement
import Testing

@testable import Reconciling

/// A negotiation lived through: asked, approved by a request, bought once, and kept over a restart.
@Suite struct NegotiationLifeTests {
    private let key = IntentKey(rawValue: "search")

    /// An operator over one intent of at most 10 EUR an hour and one offer at 11 EUR.
    private final class Life {
        let time = TestTime()
        let ledger = FakeLedger()
        let platform: FakePlatform
        private(set) var brain: Operator

        init(_ change: (inout Negotiation) -> Void = { _ in }) {
            platform = FakePlatform(time: time, offers: [.h100(hourly: 11)])
            var spec = Scene().situation.wish?.intent.spec ?? IntentSpec()
            spec.constraints.maxHourlyCost = .euros(10)
            var block = Negotiation()
            change(&block)
            spec.constraints.negotiation = block
            let stored = StoredIntent(
                key: IntentKey(rawValue: "search"),
                file: "search.yaml",
                generation: 1,
                createdAt: noon,
                intent: Intent(name: "search", spec: spec)
            )
            ledger.state.withLock { $0.snapshot.intents = [stored] }
            brain = Self.start(platform, ledger, time)
        }

        private static func start(_ platform: FakePlatform, _ ledger: FakeLedger, _ time: TestTime) -> Operator {
            let parts = Operator.Parts(platforms: [platform], ledger: ledger, time: time, seed: 1)
            return Operator(parts, manner: Operator.Manner(), snapshot: ledger.snapshot) { _ in }
        }

        /// Forgets everything that is not in the ledger, and starts again.
        func crash() { brain = Self.start(platform, ledger, time) }

        /// What the intent asks of a person now.
        func question() async -> Permission? {
            _ = await brain.reconciler.reconcile(IntentKey(rawValue: "search"))
            return brain.books.status(of: IntentKey(rawValue: "search"))?.approvals.first?.permission
        }

        /// Gives a person's word; returns whether it was taken.
        func permit(_ permission: Permission) async -> Bool {
            let reply = brain.permit(permission, of: IntentKey(rawValue: "search"))
            _ = await brain.books.commitFact(reply.changes)
            return !reply.isRefusal
        }
    }

    @Test("a word for exactly what was shown buys it once; every smaller word is refused and says what to do")
    func word() async throws {
        let life = Life()
        let asked = try #require(await life.question())
        #expect(asked.deviation?.price == 100 && life.platform.creates == 0)
        for change in [
            { $0.deviation = nil }, { $0.deviation?.price = 99 }, { $0.deviation?.fields = [] },
            { $0.upTo = .euros(10) },
            { $0.generation = 2 },
        ] as [(inout Permission) -> Void] {
            var smaller = asked
            change(&smaller)
            #expect(await life.permit(smaller) == false, "\(smaller.text)")
        }
        #expect(await life.question() == asked && life.platform.creates == 0)
        #expect(await life.permit(asked))
        for _ in 0..<5 {
            #expect(await life.question() == nil)
            life.time.advance(.seconds(20))
        }
        #expect(life.platform.creates == 1 && life.platform.living.count == 1)
    }

    @Test(
        "after a restart what was agreed holds: nothing is asked again, released or bought twice",
        arguments: [true, false]
    )
    func restart(beforeBuying: Bool) async throws {
        let life = Life()
        let asked = try #require(await life.question())
        #expect(await life.permit(asked))
        if !beforeBuying { _ = await life.question() }
        life.crash()
        for _ in 0..<10 {
            #expect(await life.question() == nil)
            life.time.advance(.seconds(60))
        }
        #expect(life.platform.creates == 1 && life.platform.deletes == 0 && life.platform.living.count == 1)
    }

    @Test("the time of a negotiation runs on while nobody runs")
    func clock() async throws {
        let life = Life { $0.fallback = .fail }
        #expect(await life.question() != nil)
        life.time.advance(.seconds(301))
        life.crash()
        #expect(await life.question() == nil)
        let status = try #require(life.brain.books.status(of: key))
        #expect(status.lastError?.code == "NEGOTIATION_FAILED" && life.platform.creates == 0)
        #expect(
            life.ledger.state.withLock { $0.log }.contains { change in
                if case .event(let event) = change { event.reason == "NegotiationEnded" } else { false }
            }
        )
    }

    @Test("a dearer offer than the word was for asks anew, and the old word is not enough")
    func dearer() async throws {
        let life = Life()
        let asked = try #require(await life.question())
        #expect(await life.permit(asked))
        life.platform.change { $0.offers = [.h100(hourly: 12)] }
        life.time.advance(.seconds(31))
        #expect(await life.question() == nil, "12 EUR are 20 % more, and 15 % may be agreed")
        #expect(life.platform.creates == 0)
    }
}

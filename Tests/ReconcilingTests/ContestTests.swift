import Intents
import Placement
import Testing

@testable import Reconciling

/// The whole directory at once: who may buy what is scarce, who waits, and for how long.
@Suite struct ContestTests {
    private static let last = Offer.ID(platform: .flexai, name: "last")

    private static func allotment(_ granted: [Offer.ID: Int] = [:]) -> Allotment {
        Allotment(contested: [last], granted: granted, holders: [last: "search (priority 5)"])
    }

    private func names(_ decision: Decision) -> [String] {
        decision.steps.compactMap {
            if case .provision(_, let candidate, _) = $0 { candidate.offer.id.name } else { nil }
        }
    }

    private func scene(_ slots: Int = 1, other: Bool = false) -> Scene {
        var scene = Scene(slots: slots) { $0.objective = .cost }
        let dear = other ? [Offer.h100(name: "dear", hourly: 4)] : []
        scene.situation.market = Market(offers: [.h100(name: "last", hourly: 2, available: 2)] + dear)
        return scene
    }

    @Test("what goes to another is left, the next one is taken, and both are said")
    func next() {
        var scene = scene(other: true)
        scene.situation.allotment = Self.allotment()
        let decision = decide(scene.situation)
        #expect(names(decision) == ["dear"] && !decision.isYielding)
        let because = decision.status.placement?.because
        #expect(because?.contains("last goes to search (priority 5)") == true, "\(because ?? "")")
        scene.situation.allotment = Self.allotment([Self.last: 1])
        #expect(names(decide(scene.situation)) == ["last"])
    }

    @Test("a part of an offer is a part: the other slots go elsewhere")
    func part() {
        var scene = scene(2, other: true)
        scene.situation.allotment = Self.allotment([Self.last: 1])
        #expect(names(decide(scene.situation)) == ["last", "dear"])
    }

    @Test("who has nothing else waits a minute at the most, and says for whom")
    func patience() {
        for (waited, isWaiting) in [(nil, true), (0, true), (59, true), (60, false), (600, false)] as [(Int64?, Bool)] {
            var scene = scene()
            scene.situation.allotment = Self.allotment()
            scene.situation.yieldingSince = waited.map { noon - .seconds($0) }
            let decision = decide(scene.situation)
            #expect(decision.isYielding == isWaiting, "\(waited ?? -1)")
            #expect(names(decision) == (isWaiting ? [] : ["last"]))
            guard isWaiting else { continue }
            #expect(decision.standing == .moving)
            #expect(decision.condition("Ready")?.reason == "Yielding")
            #expect(decision.condition("Ready")?.message == "last goes to search (priority 5)")
            let wait = (decision.waitsUntil ?? noon) - noon
            #expect(wait > .zero && wait <= .seconds(5))
        }
    }

    /// A directory of intents over one FlexAI with scarce offers, run in virtual time.
    private final class Directory {
        let time = TestTime()
        let ledger = FakeLedger()
        let platform: FakePlatform
        let brain: Operator
        private(set) var order: [String] = []

        init(_ intents: [(name: String, priority: Int, slots: Int)], offers: [Offer]) {
            platform = FakePlatform(time: time, offers: offers)
            var snapshot = LedgerSnapshot(operatorID: "op")
            for (name, priority, slots) in intents {
                var spec = IntentSpec()
                spec.objective = .cost
                spec.workload.name = name
                spec.workload.image = "jupyter/base"
                spec.workload.scaling = Workload.Scaling()
                spec.workload.scaling?.minReplicas = slots
                spec.workload.scaling?.maxReplicas = slots
                spec.constraints.providers = ["flexai"]
                let annotations = [Intent.priorityAnnotation: String(priority)]
                snapshot.intents.append(
                    StoredIntent(
                        key: IntentKey(rawValue: name),
                        file: "\(name).yaml",
                        generation: 1,
                        createdAt: noon,
                        intent: Intent(name: name, annotations: annotations, spec: spec)
                    )
                )
            }
            let parts = Operator.Parts(platforms: [platform], ledger: ledger, time: time, seed: 1)
            brain = Operator(parts, manner: Operator.Manner(), snapshot: snapshot) { _ in }
        }

        /// What each intent would buy now, as a plan tells.
        func plan(_ name: String) async -> Decision {
            await brain.reconciler.deliberate(IntentKey(rawValue: name), looking: true)
        }

        /// Looks at an intent; what it bought is no longer on sale.
        func reconcile(_ name: String) async {
            let key = IntentKey(rawValue: name)
            let before = brain.books.records(of: key).count
            _ = await brain.reconciler.reconcile(key)
            for record in brain.books.records(of: key).dropFirst(before) {
                let offer = record.purchase.offer
                platform.change { state in
                    guard let place = state.offers.firstIndex(where: { $0.id == offer }) else { return }
                    state.offers[place].available = state.offers[place].available.map { max(0, $0 - 1) }
                }
                order.append(name)
            }
        }

        func offers(of name: String) -> [String] {
            brain.books.records(of: IntentKey(rawValue: name)).map(\.purchase.offer.name)
        }
    }

    @Test(
        "the higher priority gets the last one, whoever is looked at first",
        arguments: [["low", "high"], ["high", "low"]]
    )
    func priority(order: [String]) async {
        let directory = Directory(
            [("low", 0, 1), ("high", 9, 1)],
            offers: [.h100(name: "last", hourly: 2, available: 1), .h100(name: "dear", hourly: 4)]
        )
        for name in order { await directory.reconcile(name) }
        #expect(directory.offers(of: "high") == ["last"] && directory.offers(of: "low") == ["dear"])
    }

    @Test("a plan of the whole directory gives nothing twice, and says who goes first")
    func plan() async {
        let directory = Directory(
            [("a", 0, 1), ("b", 2, 1), ("c", 1, 1)],
            offers: [.h100(name: "last", hourly: 2, available: 2)]
        )
        var bought: [String: [String]] = [:]
        for name in ["a", "b", "c"] { bought[name] = names(await directory.plan(name)) }
        #expect(bought == ["a": [], "b": ["last"], "c": ["last"]])
        let waiting = await directory.plan("a")
        #expect(waiting.condition("Ready")?.message == "last goes to b (priority 2), c (priority 1)")
        #expect(waiting.isYielding)
    }

    @Test("nobody waits for those who will not buy: suspended, held, or with nothing left to buy")
    func idle() async {
        let directory = Directory(
            [("low", 0, 1), ("high", 9, 1)],
            offers: [.h100(name: "last", hourly: 2, available: 1)]
        )
        let key = IntentKey(rawValue: "high")
        var override = IntentOverride(key: key)
        override.suspension = Suspension()
        _ = await directory.brain.books.commitFact([.override(override)])
        await directory.reconcile("low")
        #expect(directory.offers(of: "low") == ["last"])
    }

    @Test("who yields to somebody that never buys goes first in the end, and nobody waits in a circle")
    func noStarvation() async {
        let directory = Directory(
            [("low", 0, 1), ("high", 9, 1)],
            offers: [.h100(name: "last", hourly: 2, available: 1)]
        )
        // The more important one is never looked at.
        for _ in 0..<30 where directory.offers(of: "low").isEmpty {
            await directory.reconcile("low")
            directory.time.advance(.seconds(5))
        }
        #expect(directory.offers(of: "low") == ["last"])
    }

    @Test("many intents and few GPUs: the most important ones get them, each once, in any order of looking")
    func many() async {
        for shift in [0, 3, 7] {
            let directory = Directory(
                (0..<10).map { ("intent-\($0)", $0, 1) },
                offers: [.h100(name: "last", hourly: 2, available: 4)]
            )
            for round in 0..<3 {
                for number in 0..<10 { await directory.reconcile("intent-\((number * 3 + shift + round) % 10)") }
                directory.time.advance(.seconds(6))
            }
            let winners = (0..<10).filter { !directory.offers(of: "intent-\($0)").isEmpty }
            #expect(winners == [6, 7, 8, 9], "\(shift): \(directory.order)")
            #expect(directory.platform.creates == 4)
        }
    }

    @Test("more than compete at a time: whoever is less important takes what those leave")
    func crowd() async {
        let directory = Directory(
            (0..<300).map { ("intent-\(1000 + $0)", $0 < 40 ? 0 : 5, 1) },
            offers: [.h100(name: "last", hourly: 2, available: 258), .h100(name: "dear", hourly: 4)]
        )
        #expect(names(await directory.plan("intent-1299")) == ["last"], "one of the important ones")
        #expect(names(await directory.plan("intent-1000")) == ["last"], "258 are enough for those that compete")
        let short = Directory(
            (0..<300).map { ("intent-\(1000 + $0)", $0 < 40 ? 0 : 5, 1) },
            offers: [.h100(name: "last", hourly: 2, available: 200), .h100(name: "dear", hourly: 4)]
        )
        let least = await short.plan("intent-1000")
        #expect(names(least) == ["dear"])
        #expect(least.status.placement?.because.contains("last goes to intent-1040 (priority 5)") == true)
    }

    @Test("plenty for everybody: nobody yields, and nobody is asked")
    func plenty() async {
        let directory = Directory(
            (0..<5).map { ("intent-\($0)", 0, 2) },
            offers: [.h100(name: "last", hourly: 2, available: 10)]
        )
        for number in 0..<5 { #expect(names(await directory.plan("intent-\(number)")) == ["last", "last"]) }
    }
}

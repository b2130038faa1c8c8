import Intents
import Placement
import Testing

@testable import Reconciling

/// Purchases whose outcome is not known: promise 2, and the cures in their order.
@Suite struct UnknownPurchaseTests {
    private static let day = Duration.seconds(86_400)

    @Test("an attempt that was cut off is unknown, counted, and told of once")
    func cutOff() {
        var scene = Scene()
        let attempt = scene.add(.open)
        let first = scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .unknown)
        #expect(first.steps.isEmpty)
        #expect(first.status.cost.hourly == .euros(4))
        #expect(
            first.changes.contains {
                if case .event(let event) = $0 { event.reason == "PurchaseUnknown" } else { false }
            }
        )
        #expect(scene.decideAndApply().changes.isEmpty)
    }

    @Test("a young key is sent again; an old one, or one of a paused platform or intent, is not")
    func key() {
        for (age, repeats) in [(60, true), (86_339, true), (86_340, false), (90_000, false)] {
            var scene = Scene()
            scene.situation.platforms[.flexai]?.traits.idempotencyKeys = .honoured(lifetime: Self.day)
            let attempt = scene.add(.unknown, age: .seconds(age))
            #expect(decide(scene.situation).steps == (repeats ? [.repeatCreate(attempt)] : []), "\(age) s")
            scene.situation.wish?.pause = Pause()
            #expect(decide(scene.situation).steps.isEmpty)
            scene.situation.wish?.pause = nil
            scene.situation.platforms[.flexai]?.pausedBecause = .error("HTTP_401", .pausePlatform, status: 401)
            #expect(decide(scene.situation).steps.isEmpty)
        }
    }

    @Test("an intent with a key that has grown too old waits for a person")
    func oldKey() {
        var scene = Scene()
        scene.situation.platforms[.flexai]?.traits.idempotencyKeys = .honoured(lifetime: Self.day)
        scene.situation.platforms[.flexai]?.cannotList = true
        scene.add(.unknown, age: .seconds(90_000))
        #expect(decide(scene.situation).standing == .stalled)
    }

    @Test("an echoed reference alone decides")
    func reference() {
        var scene = Scene()
        let attempt = scene.add(.unknown)
        let mine = Observation.listed("i-9", reference: scene.row(attempt)?.reference)
        let other = Observation.listed("i-8", reference: "op/other/0/deadbeef")
        scene.list([other, mine], names: true)
        #expect(decide(scene.situation).steps == [.adopt(attempt, mine)])
        scene.list([other], names: true)
        #expect(decide(scene.situation).steps.isEmpty)
    }

    @Test("a part of a listing settles nothing, and a person is asked")
    func aPart() {
        var scene = Scene()
        let attempt = scene.add(.unknown, age: .seconds(3600))
        scene.situation.platforms[.flexai]?.traits.listingDelayBound = .seconds(90)
        for isWhole in [false, true] {
            scene.list(names: true, newest: noon)
            scene.situation.platforms[.flexai]?.listing?.isWhole = isWhole
            for _ in 0..<3 {
                let decision = scene.decideAndApply()
                if !isWhole {
                    #expect(decision.standing == .stalled)
                    #expect(scene.row(attempt)?.phase == .unknown)
                }
                scene.pass(.seconds(60))
                scene.list(names: true, newest: noon)
                scene.situation.platforms[.flexai]?.listing?.isWhole = isWhole
            }
        }
        #expect(scene.row(attempt) == nil, "two whole ones settle it")
    }

    @Test("without references a stranger is adopted only on an account that is ours alone", arguments: [true, false])
    func exclusive(isExclusive: Bool) {
        var scene = Scene(slots: 2)
        scene.situation.platforms[.flexai]?.traits.exclusiveAccount = isExclusive
        scene.add(.unknown, slot: 0)
        scene.add(.unknown, slot: 1)
        let later = noon - .seconds(3500)
        scene.list([.listed("a", createdAt: later), .listed("b", createdAt: later), .listed("c", createdAt: later)])
        let adopted = decide(scene.situation).steps.compactMap { step in
            if case .adopt(_, let seen) = step { seen.id.rawValue } else { nil }
        }
        #expect(adopted == (isExclusive ? ["a", "b"] : []), "each at most once")
    }

    @Test("on an account that is ours alone the oldest that fits is taken, when everything of its time is shown")
    func oldest() {
        for (age, taken) in [(29, []), (30, ["old"]), (3600, ["old"])] {
            var scene = Scene()
            scene.situation.platforms[.flexai]?.traits.exclusiveAccount = true
            scene.add(.unknown, age: .seconds(age))
            scene.list([
                .listed("unsaid"), .listed("new", createdAt: noon - .seconds(10)),
                .listed("old", createdAt: noon - .seconds(20)), .listed("newer", createdAt: noon),
            ])
            let adopted = decide(scene.situation).steps.compactMap { step in
                if case .adopt(_, let seen) = step { seen.id.rawValue } else { nil }
            }
            #expect(adopted == taken, "\(age) s")
        }
    }

    @Test("where a key was honoured, listings are believed from the last repeat on")
    func lastRepeat() {
        for keys in [PlatformTraits.IdempotencyKeys.ignored, .honoured(lifetime: Self.day)] {
            var scene = Scene()
            scene.situation.platforms[.flexai]?.traits.idempotencyKeys = keys
            scene.situation.platforms[.flexai]?.traits.listingDelayBound = .seconds(60)
            scene.situation.wish?.suspension = Suspension()
            let attempt = scene.add(.unknown) { $0.doubt = Doubt(since: noon, cause: "no reply") }
            var spans: [Int] = []
            for span in [0, 30, 29, 1] {
                scene.pass(.seconds(span))
                scene.list()
                spans.append(span)
                if scene.decideAndApply().forgets(attempt) { break }
            }
            #expect(spans == (keys == .ignored ? [0, 30] : [0, 30, 29, 1]), "\(keys)")
        }
    }

    @Test("a stranger of another kind, older, or listed before the call is never ours")
    func notOurs() {
        let later = noon - .seconds(3500)
        let strangers: [Observation] = [
            .listed("old", createdAt: noon - .seconds(7200)), .listed("kind", createdAt: later, type: "nvidia-l4"),
            .listed("before", createdAt: later), .listed("named", reference: "someone", createdAt: later),
        ]
        var scene = Scene()
        scene.situation.platforms[.flexai]?.traits.exclusiveAccount = true
        scene.situation.records = []
        let attempt = scene.add(.unknown)
        guard let row = scene.row(attempt) else { return }
        scene.situation.records = [
            AllocationRecord(
                attempt: row.attempt,
                key: row.key,
                slot: 0,
                ordinal: 1,
                purchase: row.purchase,
                shape: row.shape,
                reference: row.reference,
                openedAt: row.openedAt,
                listedBefore: [AllocationID(rawValue: "before")],
                body: "{}"
            )
        ]
        for stranger in strangers {
            scene.list([stranger])
            #expect(decide(scene.situation).steps.isEmpty, "\(stranger.id.rawValue)")
        }
    }

    @Test("not created needs the grace time, two listings 30 s apart, and something later or a bound")
    func notCreated() {
        for (later, bound) in [(false, false), (true, false), (false, true), (true, true)] {
            var scene = Scene()
            scene.situation.market = Market(offers: [])
            if bound { scene.situation.platforms[.flexai]?.traits.listingDelayBound = .seconds(60) }
            let attempt = scene.add(.unknown, age: .seconds(10))
            let newest = later ? noon : nil
            scene.list(newest: newest)
            #expect(!scene.decideAndApply().forgets(attempt), "within the grace time")
            #expect(scene.row(attempt)?.doubt?.firstMissAt == nil)
            scene.pass(.seconds(60))
            scene.list(newest: newest)
            #expect(!scene.decideAndApply().forgets(attempt), "one listing")
            scene.pass(.seconds(29))
            scene.list(newest: newest)
            #expect(!scene.decideAndApply().forgets(attempt), "29 s apart")
            scene.pass(.seconds(1))
            scene.list(newest: newest)
            #expect(scene.decideAndApply().forgets(attempt) == (later || bound), "\(later) \(bound)")
        }
    }

    @Test("a listing that may show it under no name proves nothing, and then a person is needed")
    func unnamed() {
        var scene = Scene()
        let attempt = scene.add(.unknown)
        for _ in 0..<5 {
            scene.list([.listed("i-9", createdAt: scene.situation.now)], newest: scene.situation.now)
            let decision = scene.decideAndApply()
            #expect(!decision.forgets(attempt))
            #expect(decision.steps.isEmpty)
            #expect(decision.standing == .stalled)
            scene.pass(.seconds(60))
        }
    }

    @Test("where others are named, only one of its kind that was made since may be it under no name")
    func unnamedAmongNamed() {
        let fits = Observation.listed("i-9", createdAt: noon)
        // On an account that is ours alone it is ours.
        var alone = Scene()
        alone.situation.platforms[.flexai]?.traits.exclusiveAccount = true
        let missing = alone.add(.unknown)
        alone.list([fits], names: true)
        #expect(decide(alone.situation).steps == [.adopt(missing, fits)])
        var (named, old, other, timeless) = (fits, fits, fits, fits)
        named.reference = "op/other/0/deadbeef"
        old.createdAt = noon - .seconds(3700)
        other.gpuCount = 7
        timeless.createdAt = nil
        for (entry, isProof) in [(fits, false), (named, true), (old, true), (other, true), (timeless, true)] {
            var scene = Scene()
            scene.situation.market = Market(offers: [])
            scene.situation.platforms[.flexai]?.traits.listingDelayBound = .seconds(60)
            let attempt = scene.add(.unknown)
            for _ in 0..<2 {
                scene.list([entry], names: true)
                let decision = scene.decideAndApply()
                #expect(decision.steps.isEmpty)
                #expect(isProof || decision.standing == .stalled)
                scene.pass(.seconds(60))
            }
            #expect((scene.row(attempt) == nil) == isProof, "\(entry)")
        }
    }

    @Test("retryAfter speaks only where the platform has no listing: silence lets nothing go")
    func policy() {
        for cannotList in [true, false] {
            var scene = Scene()
            scene.situation.market = Market(offers: [])
            scene.situation.platforms[.flexai]?.traits.onUnknownCreate = .retryAfter(.seconds(300))
            scene.situation.platforms[.flexai]?.cannotList = cannotList
            let attempt = scene.add(.unknown, age: .seconds(299))
            #expect(!decide(scene.situation).forgets(attempt))
            scene.pass(.seconds(1))
            #expect(decide(scene.situation).forgets(attempt) == cannotList)
        }
    }

    @Test("halt waits for a person, buys nothing, and says so")
    func halt() {
        var scene = Scene()
        let attempt = scene.add(.unknown, age: .seconds(1_000_000))
        scene.situation.platforms[.flexai]?.cannotList = true
        let decision = scene.decideAndApply()
        #expect(!decision.forgets(attempt))
        #expect(decision.steps.isEmpty)
        #expect(decision.standing == .stalled)
        #expect(decision.condition("PurchaseUnknown")?.status == .yes)
        #expect(decision.condition("Stalled")?.reason == "PersonNeeded")
        #expect(decision.status.slots.map(\.state) == [.unknown])
    }

    @Test("a withdrawn intent keeps what is unknown, and lets go what turns out to live")
    func withdrawn() {
        var scene = Scene()
        let attempt = scene.add(.unknown)
        scene.situation.wish = nil
        let first = scene.decideAndApply()
        #expect(!first.isOver)
        #expect(!first.forgets(attempt))
        scene.change(attempt) { record in
            record.phase = .live
            record.id = AllocationID(rawValue: "i-1")
        }
        #expect(scene.decideAndApply().written(attempt)?.ending?.reason == .withdrawn)
    }

    @Test("an unknown purchase on a platform that is no longer configured is kept")
    func unconfigured() {
        var scene = Scene()
        let attempt = scene.add(.unknown, on: .flare)
        let decision = decide(scene.situation)
        #expect(!decision.forgets(attempt))
        #expect(decision.steps.isEmpty)
    }
}

import Documents
import Intents
import Testing

@testable import Reconciling

/// What people ask of a running operator, and what it tells them of its progress.
@Suite struct RequestTests {
    private let search = IntentKey(rawValue: "search")
    private let other = IntentKey(rawValue: "other")

    /// An operator over these intents.
    private final class Life {
        let time = TestTime()
        let ledger = FakeLedger()
        let platform: FakePlatform
        let brain: Operator
        private var requests: Int64 = 0

        init(_ keys: [IntentKey], slots: Int = 1) {
            let intents = keys.compactMap { key in
                Scene(slots: slots).situation.wish.map { wish in
                    StoredIntent(
                        key: key,
                        file: "\(key.rawValue).yaml",
                        generation: 1,
                        createdAt: noon,
                        intent: wish.intent
                    )
                }
            }
            ledger.state.withLock { $0.snapshot.intents = intents }
            platform = FakePlatform(time: time)
            let parts = Operator.Parts(platforms: [platform], ledger: ledger, time: time, seed: 1)
            brain = Operator(parts, manner: Operator.Manner(), snapshot: ledger.snapshot) { _ in }
        }

        func ask(_ verb: OperatorRequest.Verb) {
            requests += 1
            let request = OperatorRequest(id: requests, verb: verb, askedAt: noon)
            ledger.state.withLock { $0.requests.append(request) }
        }

        /// Answers whatever is new; returns how many requests that were.
        func answerNew() async -> Int {
            var count = 0
            for (key, requests) in await brain.newRequests() {
                count += requests.count
                await brain.answer(requests, of: key)
            }
            return count
        }

        /// What was refused, in the order in which it was written down.
        var refusals: [String] {
            ledger.state.withLock { $0.log }.compactMap { change in
                if case .answer(_, let text, refused: true) = change { text } else { nil }
            }
        }

        /// What was answered and not refused, in the order in which it was written down.
        var replies: [String] {
            ledger.state.withLock { $0.log }.compactMap { change in
                if case .answer(_, let text, refused: false) = change { text } else { nil }
            }
        }

        /// How often an answer to it was written down.
        func answers(to id: Int64) -> Int {
            ledger.state.withLock { state in
                state.log.count { if case .answer(let request, _, _) = $0 { request == id } else { false } }
            }
        }
    }

    @Test("what is held where nobody can be asked is given up on a person's word, and paid for until then")
    func givenUp() async {
        let life = Life([search])
        await life.brain.take(.look(changed: [], present: ["search.yaml"]))
        for _ in 0..<6 {
            _ = await life.brain.reconciler.reconcile(search)
            life.time.advance(.seconds(20))
        }
        let row = life.ledger.records
        #expect(row.map(\.phase) == [.live])
        life.ask(.abandon(search, slot: 0))
        #expect(await life.answerNew() == 1)
        #expect(life.ledger.records == row, "its platform is there, and tells what lives")
        // The platform is not configured any more.
        let parts = Operator.Parts(platforms: [], ledger: life.ledger, time: life.time, seed: 2)
        let later = Operator(parts, manner: Operator.Manner(), snapshot: life.ledger.snapshot) { _ in }
        life.time.advance(.seconds(3600))
        life.ask(.abandon(search, slot: 0))
        for (key, requests) in await later.newRequests() { await later.answer(requests, of: key) }
        #expect(life.ledger.records.isEmpty)
        let charges = life.ledger.state.withLock { $0.log }.compactMap { change -> Money? in
            if case .charge(let charge) = change { charge.amount } else { nil }
        }
        #expect(charges.count == 1 && charges[0] > row[0].purchase.hourly)
    }

    @Test("who is withdrawn is neither suspended nor paused nor resumed, while what it holds is deleted")
    func withdrawn() async {
        let life = Life([search, other])
        await life.brain.take(.look(changed: [], present: ["search.yaml", "other.yaml"]))
        for _ in 0..<6 {
            _ = await life.brain.reconciler.reconcile(search)
            life.time.advance(.seconds(20))
        }
        #expect(life.ledger.records.map(\.phase) == [.live])
        life.ask(.pause(search, Pause()))
        #expect(await life.answerNew() == 1)
        #expect(life.refusals.isEmpty, "it is still wished for")
        await life.brain.take(.look(changed: [], present: ["other.yaml"]))
        life.time.advance(.seconds(10))
        await life.brain.take(.look(changed: [], present: ["other.yaml"]))
        #expect(life.ledger.snapshot.intents.map(\.key) == [other], "a pause holds no withdrawal up")
        for verb: OperatorRequest.Verb in [
            .pause(search, Pause()), .suspend(search, Suspension()), .resume(search),
        ] {
            life.ask(verb)
        }
        #expect(await life.answerNew() == 3)
        #expect(life.refusals.count == 3)
        #expect(life.refusals.allSatisfy { $0.contains("search is withdrawn") && $0.contains("commit it again") })
        #expect(life.ledger.snapshot.overrides.isEmpty)
    }

    @Test("what is held in another account is given up slot by slot, also before anybody has called its platform")
    func anotherAccount() async {
        let life = Life([search], slots: 3)
        await life.brain.take(.look(changed: [], present: ["search.yaml"]))
        for _ in 0..<6 {
            _ = await life.brain.reconciler.reconcile(search)
            life.time.advance(.seconds(20))
        }
        #expect(life.ledger.records.map(\.phase) == [.live, .live, .live])
        let stranger = FakePlatform(time: life.time)
        stranger.change { $0.account = PlatformAccount(address: "https://staging.example") }
        let parts = Operator.Parts(platforms: [stranger], ledger: life.ledger, time: life.time, seed: 2)
        let later = Operator(parts, manner: Operator.Manner(), snapshot: life.ledger.snapshot) { _ in }
        for slot in 0..<3 { life.ask(.abandon(search, slot: slot)) }
        for (key, requests) in await later.newRequests() { await later.answer(requests, of: key) }
        #expect(life.ledger.records.isEmpty)
        await later.take(.look(changed: [], present: ["search.yaml"]))
        for _ in 0..<6 {
            _ = await later.reconciler.reconcile(search)
            life.time.advance(.seconds(20))
        }
        #expect(stranger.living.count == 3, "bought for the account that is used now")
    }

    @Test("what no row knows is given to an empty slot by a person's word, counts from then on, and nothing is bought")
    func adopted() async {
        let life = Life([search])
        await life.brain.take(.look(changed: [], present: ["search.yaml"]))
        let seen = Observation.listed("i-9", createdAt: noon)
        life.platform.change { $0.living[seen.id] = FakePlatform.Instance(observation: seen, key: "") }
        life.ask(.adopt(search, slot: 0, AllocationID(rawValue: "i-8")))
        life.ask(.adopt(search, slot: 0, seen.id))
        #expect(await life.answerNew() == 2)
        #expect(life.refusals.count == 1 && life.refusals.first?.hasPrefix("i-8 cannot be adopted") == true)
        #expect(life.replies == ["slot 0 of search is filled by i-9"])
        for _ in 0..<6 {
            _ = await life.brain.reconciler.reconcile(search)
            life.time.advance(.seconds(20))
        }
        #expect(life.platform.creates == 0 && life.platform.living == [seen.id])
        #expect(life.ledger.records.map(\.id) == [seen.id] && life.ledger.records.map(\.phase) == [.live])
        #expect(life.brain.reconciler.standing(of: search) == .converged)
    }

    @Test("who asks to look now has a change that was given up tried again; a service has no end to report")
    func triedAgain() async {
        let life = Life([search])
        await life.brain.take(.look(changed: [], present: ["search.yaml"]))
        _ = await life.brain.reconciler.reconcile(search)
        var account = life.brain.books.account(of: search)
        account.memory.rollout = RolloutMemory(generation: 1)
        account.memory.rollout?.haltedAt = noon
        #expect(await life.brain.books.commitFact([.account(account)]))
        life.ask(.reconcile(search))
        #expect(await life.answerNew() == 1)
        #expect(life.brain.books.account(of: search).memory.rollout == nil)
        life.ask(.complete(search, slot: 0, .completed))
        #expect(await life.answerNew() == 1)
        #expect(life.refusals == ["search is a service, which runs until it is withdrawn"])
    }

    @Test("what is asked for is not begun before the source has been looked at, and not for what has vanished from it")
    func vanished() async {
        let life = Life([search])
        let brain = life.brain
        life.ask(.reconcile(search))
        #expect(await life.answerNew() == 1)
        #expect(brain.queue.isIdle, "nobody knows yet what is wished for")
        await brain.take(.look(changed: [], present: []))
        #expect(!brain.queue.isIdle)
        life.ask(.reconcile(search))
        #expect(await life.answerNew() == 1)
        _ = await brain.reconciler.reconcile(search)
        #expect(life.ledger.records.isEmpty, "its file is gone")
        #expect(brain.reconciler.standing(of: search) == .moving)
        // It was a mistake: nothing has changed, and so it is bought.
        let intent = SourcedIntent(
            intent: Scene().situation.wish?.intent ?? Intent(name: "search", spec: IntentSpec()),
            position: .start
        )
        let file = SourceFile(name: "search.yaml", intents: [intent], diagnostics: [])
        await brain.take(.look(changed: [file], present: ["search.yaml"]))
        _ = await brain.reconciler.reconcile(search)
        #expect(life.ledger.records.count == 1)
    }

    @Test("what vanishes while too much else does is held for a person, and lives on until he has spoken")
    func held() async {
        let keys = (0..<8).map { IntentKey(rawValue: "i\($0)") }
        let life = Life(keys)
        let brain = life.brain
        await brain.take(.look(changed: [], present: []))
        for key in keys { _ = await brain.reconciler.reconcile(key) }
        #expect(life.ledger.records.isEmpty)
        life.time.advance(.seconds(5))
        await brain.take(.unavailable(reason: "flaky"))
        await brain.take(.look(changed: [], present: []))
        #expect(brain.progress().isHeld)
        for key in keys { _ = await brain.reconciler.reconcile(key) }
        #expect(life.ledger.records.count == 8)
    }

    @Test("a request is carried out once while its answer cannot be written down, and answered once")
    func fullDisk() async {
        let life = Life([search])
        life.ledger.fill(true)
        life.ask(.suspend(search, Suspension()))
        #expect(await life.answerNew() == 1)
        #expect(life.brain.books.override(of: search)?.suspension != nil, "it is done all the same")
        for _ in 0..<3 { #expect(await life.answerNew() == 0, "nobody asked again") }
        life.ask(.resume(search))
        #expect(await life.answerNew() == 1, "what was asked later is heard")
        life.ledger.fill(false)
        _ = await life.brain.books.commitFact([])
        #expect([life.answers(to: 1), life.answers(to: 2)] == [1, 1])
        #expect(life.brain.books.override(of: search)?.suspension == nil)
        #expect(await life.answerNew() == 0)
    }

    @Test("a busy intent keeps its own requests waiting, in their order, and nobody else's")
    func oneAtATime() async {
        let life = Life([search, other])
        life.ask(.suspend(search, Suspension()))
        let first = await life.brain.newRequests()
        #expect(first.map(\.key) == [search])
        life.ask(.resume(search))
        life.ask(.reconcile(other))
        let second = await life.brain.newRequests()
        #expect(second.map(\.key) == [other], "the first one is still being answered")
        for (key, requests) in first + second { await life.brain.answer(requests, of: key) }
        #expect(await life.answerNew() == 1)
        #expect(life.brain.books.override(of: search)?.suspension == nil)
    }

    @Test("nothing is written for an intent, on anybody's word, while something else is done about it")
    func locked() async {
        for verb in [OperatorRequest.Verb.reconcile(search), .suspend(search, Suspension())] {
            let life = Life([search])
            life.ask(verb)
            let brain = life.brain
            await withTaskGroup { group in
                await brain.reconciler.locks.holding(search) {
                    for (key, requests) in await brain.newRequests() {
                        group.addTask { await brain.answer(requests, of: key) }
                    }
                    for _ in 0..<200 { await Task.yield() }
                    #expect(life.answers(to: 1) == 0, "\(verb)")
                }
                await group.waitForAll()
            }
            #expect(life.answers(to: 1) == 1, "\(verb)")
        }
    }

    @Test("what was let go and still lives is not taken for settled, whatever it was before")
    func letGo() async {
        let life = Life([search])
        let brain = life.brain
        await brain.take(.look(changed: [], present: ["search.yaml"]))
        for _ in 0..<6 {
            _ = await brain.reconciler.reconcile(search)
            life.time.advance(.seconds(20))
        }
        #expect(brain.progress().isSettled && brain.progress().converged == 1)
        await brain.take(.look(changed: [], present: []))
        #expect(!brain.progress().isSettled, "it waits for the source to be quiet")
        // The guard lets it go, and the operator has not got round to anything more.
        _ = brain.desires.judge(ahead: .seconds(3600))
        #expect(brain.desires.read { $0.entries.isEmpty })
        #expect(brain.reconciler.standing(of: search) == .converged)
        #expect(!brain.progress().isSettled)
        _ = await brain.books.commitFact([.override(IntentOverride(key: search, pause: Pause()))])
        #expect(brain.progress().isSettled, "a person has paused it")
    }
}

import Intents
import Placement
import Testing

@testable import Reconciling

/// Letting go: promise 3, forgotten only when the platform has said twice after our DELETE that it is gone.
@Suite struct EndingTests {
    @Test("a running instance is stopped first, then deleted when stopped or after the grace time")
    func stopFirst() {
        var scene = Scene()
        let attempt = scene.add(.ending)
        scene.situation.wish = nil
        #expect(scene.decideAndApply().steps == [.stop(attempt)])
        scene.change(attempt) { $0.ending?.stopAskedAt = noon }
        scene.pass(.seconds(29))
        scene.see(attempt, .running)
        #expect(scene.decideAndApply().steps.isEmpty)
        var patient = scene
        scene.see(attempt, .stopped)
        #expect(scene.decideAndApply().steps == [.delete(attempt)])
        patient.pass(.seconds(1))
        patient.see(attempt, .running)
        #expect(patient.decideAndApply().steps == [.delete(attempt)])
    }

    @Test("what cannot or need not be stopped is deleted at once")
    func straight() {
        var scene = Scene(platforms: [.flare])
        let whole = scene.add(.ending, on: .flare)
        #expect(decide(scene.situation).steps.contains(.delete(whole)))
        for state in [AllocationState.failed, .completed, .stopped] {
            var scene = Scene()
            let attempt = scene.add(.ending) { $0.sighting?.state = state }
            #expect(decide(scene.situation).steps == [.delete(attempt)], "\(state)")
        }
        var lost = Scene()
        let attempt = lost.add(.ending) { $0.ending?.reason = .lost }
        #expect(decide(lost.situation).steps == [.delete(attempt)])
    }

    @Test("gone without our DELETE is not the end: the DELETE is sent")
    func needsDelete() {
        var scene = Scene()
        let attempt = scene.add(.ending)
        scene.situation.looks[attempt] = .absent
        for _ in 0..<3 {
            #expect(scene.decideAndApply().steps == [.delete(attempt)])
            #expect(scene.row(attempt)?.phase == .ending)
            scene.pass(.seconds(60))
            scene.situation.looks[attempt] = .absent
        }
    }

    @Test("two words of gone, 10 s apart, after the DELETE make a tombstone, and free the slot")
    func tombstone() {
        var scene = Scene()
        let attempt = scene.add(.ending, age: .seconds(3600)) { $0.ending?.deletedAt = noon }
        scene.situation.looks[attempt] = .absent
        #expect(scene.decideAndApply().bought.isEmpty)
        scene.pass(.milliseconds(9_999))
        scene.situation.looks[attempt] = .absent
        scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .ending)
        scene.pass(.milliseconds(1))
        scene.situation.looks[attempt] = .absent
        let decision = scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .tombstone)
        #expect(scene.situation.account.spent == Money.euros(4).over(.seconds(3610)))
        #expect(scene.decideAndApply().bought == [0], "the slot is bought for after that: \(decision.steps)")
    }

    @Test("two words that took long to come are counted by when they were asked for, and when they had come")
    func slowWords() {
        var scene = Scene()
        let attempt = scene.add(.ending, age: .seconds(3600)) { $0.ending?.deletedAt = noon }
        scene.situation.looksBeganAt = scene.situation.now
        scene.situation.now = scene.situation.now + .seconds(25)
        scene.situation.looks[attempt] = .absent
        scene.decideAndApply()
        #expect(scene.row(attempt)?.ending?.goneAt == noon + .seconds(25), "it may have been so only when it came")
        scene.pass(.seconds(1))
        scene.situation.now = scene.situation.now + .seconds(20)
        scene.situation.looks[attempt] = .absent
        let decision = scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .ending, "it may have been so when it was asked, a second later")
        #expect(decision.next == .waiting(until: noon + .seconds(35), why: "a second word that it is gone"))
    }

    @Test("absence right after a purchase is not gone, whatever the DELETE was told")
    func tooNew() {
        var scene = Scene(platforms: [.flare])
        let attempt = scene.add(.ending, on: .flare, age: .zero) { $0.ending?.deletedAt = noon }
        for _ in 0..<4 {
            scene.situation.looks[attempt] = .absent
            #expect(scene.decideAndApply().steps.isEmpty)
            #expect(scene.row(attempt)?.ending?.goneAt == nil)
            scene.pass(.seconds(14))
        }
        scene.pass(.seconds(4))
        scene.see(attempt, .running)
        #expect(scene.decideAndApply().steps == [.delete(attempt)], "now that it is seen it is deleted, at once")
    }

    @Test("what was bought late in its call is too new for longer, but never longer than it was known")
    func lateCreation() {
        for (known, grace) in [(Duration.seconds(20), 80), (.seconds(50), 110), (.seconds(600), 120)] {
            var scene = Scene(platforms: [.flare])
            let attempt = scene.add(.ending, on: .flare, age: .zero) { record in
                record.ending?.wantedAt = noon + known
                record.ending?.deletedAt = noon + known
            }
            scene.pass(.seconds(grace) - .seconds(1))
            scene.situation.looks[attempt] = .absent
            scene.decideAndApply()
            #expect(scene.row(attempt)?.ending?.goneAt == nil, "\(known)")
            scene.pass(.seconds(1))
            scene.situation.looks[attempt] = .absent
            scene.decideAndApply()
            #expect(scene.row(attempt)?.ending?.goneAt == scene.situation.now, "\(known)")
        }
    }

    @Test("what was asked for again with its key counts from that, where keys are honoured")
    func lateRepeat() {
        for keys in [PlatformTraits.IdempotencyKeys.ignored, .honoured(lifetime: .seconds(86_400))] {
            var scene = Scene()
            scene.situation.platforms[.flexai]?.traits.idempotencyKeys = keys
            let attempt = scene.add(.ending, age: .seconds(3600)) { record in
                record.doubt = Doubt(since: noon - .seconds(1), cause: "no reply")
                record.ending?.wantedAt = noon
                record.ending?.deletedAt = noon
            }
            scene.situation.looks[attempt] = .absent
            scene.decideAndApply()
            #expect((scene.row(attempt)?.ending?.goneAt == nil) == (keys != .ignored), "\(keys)")
        }
    }

    @Test("one that is seen again after a first gone begins anew, and is deleted again after a minute")
    func seenAgain() {
        var scene = Scene()
        let attempt = scene.add(.ending) { record in
            record.ending?.deletedAt = noon
            record.ending?.goneAt = noon
        }
        scene.pass(.seconds(30))
        scene.see(attempt, .running)
        #expect(scene.decideAndApply().steps.isEmpty)
        #expect(scene.row(attempt)?.ending?.goneAt == nil)
        scene.pass(.seconds(30))
        scene.see(attempt, .running)
        #expect(scene.decideAndApply().steps == [.delete(attempt)])
    }

    @Test("silence after a DELETE is not gone")
    func silence() {
        for look in [Look?.none, .doubtful, .unreachable(.error())] {
            var scene = Scene()
            let attempt = scene.add(.ending) { record in
                record.ending?.deletedAt = noon
                record.ending?.goneAt = noon
            }
            scene.pass(.seconds(600))
            scene.situation.looks[attempt] = look
            scene.decideAndApply()
            #expect(scene.row(attempt)?.phase == .ending)
        }
    }

    @Test("gone after a failed DELETE proves nothing where the platform hides what it failed to delete")
    func unverified() {
        for platform in [PlatformName.flexai, .flare] {
            var scene = Scene(platforms: [platform])
            let attempt = scene.add(.ending, on: platform) { record in
                record.ending?.deletedAt = noon
                record.ending?.deleteFailedAt = noon - .seconds(5)
            }
            for _ in 0..<3 {
                scene.situation.looks[attempt] = .absent
                scene.decideAndApply()
                scene.pass(.seconds(10))
            }
            #expect(scene.row(attempt)?.phase == (platform == .flare ? .unverified : .tombstone))
            guard platform == .flare else { continue }
            let decision = decide(scene.situation)
            #expect(decision.steps.isEmpty, "a person resolves it")
            #expect(decision.standing == .stalled)
            #expect(decision.status.cost.hourly == .euros(4))
            #expect(decision.condition("Unverified")?.status == .yes)
            // What is seen again lives, whoever said that it was gone.
            scene.situation.looks[attempt] = .seen(
                Observation(id: AllocationID(rawValue: "x"), state: .running, rawState: "running")
            )
            let again = scene.decideAndApply()
            #expect(again.steps == [.delete(attempt)])
            #expect(scene.row(attempt)?.phase == .ending)
            #expect(
                again.changes.contains { if case .event(let event) = $0 { event.reason == "Reopened" } else { false } }
            )
        }
    }

    @Test("tombstones are looked at after 10 min and 1 h, and only then forgotten")
    func looksAgain() {
        var scene = Scene()
        let attempt = scene.add(.tombstone, age: .zero)
        scene.situation.wish = nil
        scene.situation.looks[attempt] = .absent
        #expect(!scene.decideAndApply().forgets(attempt))
        #expect(scene.row(attempt)?.tombstone?.looks == 0)
        scene.pass(.seconds(600))
        #expect(scene.row(attempt)?.nextTombstoneLook(ReconcilePolicy()) == scene.situation.now)
        scene.situation.looks[attempt] = .absent
        #expect(!scene.decideAndApply().isOver)
        #expect(scene.row(attempt)?.tombstone?.looks == 1)
        scene.pass(.seconds(2_999))
        scene.situation.looks[attempt] = .absent
        #expect(!scene.decideAndApply().forgets(attempt))
        scene.pass(.seconds(1))
        scene.situation.looks[attempt] = .unreachable(.error())
        #expect(!scene.decideAndApply().forgets(attempt), "silence is not a look")
        scene.situation.looks[attempt] = .absent
        let last = scene.decideAndApply()
        #expect(last.forgets(attempt))
        #expect(last.isOver)
    }

    @Test(
        "a tombstone that lives is reopened, counted again and deleted; not while it is paused",
        arguments: [true, false]
    )
    func reopened(isPaused: Bool) {
        var scene = Scene()
        let attempt = scene.add(.tombstone, age: .seconds(600)) { record in
            record.tombstone?.settled = .euros(3)
            record.ending?.deletedAt = noon
            record.ending?.stopAskedAt = noon - .seconds(60)
        }
        scene.situation.account.spent = .euros(3)
        scene.situation.wish?.pause = isPaused ? Pause() : nil
        scene.see(attempt, .running)
        let decision = scene.decideAndApply()
        #expect(scene.row(attempt)?.phase == .ending)
        #expect(decision.steps.contains(.delete(attempt)) == !isPaused)
        #expect(scene.situation.account.spent == .zero)
        #expect(decision.bought.isEmpty, "its slot is not free any more")
    }

    @Test("nobody is woken in haste by what cannot be looked at")
    func noHaste() {
        var scene = Scene()
        scene.situation.wish = nil
        scene.add(.tombstone, on: .flare, age: .seconds(700))
        scene.add(.ending, on: .flare)
        guard case .waiting(let until, _) = decide(scene.situation).next else { return }
        #expect(until >= noon + .seconds(5))
        scene.situation.records.removeLast()
        guard case .waiting(let later, _) = decide(scene.situation).next else { return }
        #expect(later >= noon + .seconds(60))
    }
}

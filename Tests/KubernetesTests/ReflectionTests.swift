import Intents
import Kubernetes
import Reconciling
import Testing

/// The pure half of a reflector: what happened, and what to do next.
@Suite struct ReflectionTests {
    private let dice = SharedDice(seed: 7)

    private func object(_ name: String, _ uid: String = "1") -> Reflection.Identity {
        Reflection.Identity(name: World.name(name), uid: uid)
    }

    private func error(_ consequence: APIError.Consequence) -> APIError {
        APIError(consequence, code: "X", message: "x")
    }

    /// A reflection that has listed `a` and `b` and watches from version 5.
    private func watching(at uptime: Duration = .seconds(10)) -> Reflection {
        var reflection = Reflection()
        _ = reflection.listed([object("a"), object("b")], resourceVersion: "5")
        reflection.opened(at: uptime)
        return reflection
    }

    private func isList(_ order: Reflection.Order) -> Bool { order == .list }

    private func version(_ order: Reflection.Order) -> String? {
        if case .watch(let version, _) = order { version } else { nil }
    }

    @Test func itListsFirstAndWatchesFromThere() {
        var reflection = Reflection()
        #expect(reflection.order(at: .zero, dice: dice) == .list)
        #expect(!reflection.isSynchronized)
        let gone = reflection.listed([object("a")], resourceVersion: "5")
        #expect(gone.isEmpty)
        #expect(reflection.isSynchronized)
        #expect(version(reflection.order(at: .zero, dice: dice)) == "5")
    }

    @Test func watchesAreGivenTimesThatDiffer() {
        let reflection = watching()
        var timeouts: Set<Duration> = []
        for _ in 0..<50 {
            if case .watch(_, let timeout) = reflection.order(at: .seconds(10), dice: dice) { timeouts.insert(timeout) }
        }
        #expect(timeouts.count > 10)
        #expect(timeouts.allSatisfy { $0 >= .seconds(240) && $0 <= .seconds(300) })
    }

    @Test func eventsAndBookmarksMoveTheVersionOn() {
        var reflection = watching()
        reflection.upserted(object("c"), resourceVersion: "6")
        reflection.bookmarked(resourceVersion: "9")
        reflection.ended(at: .seconds(400), dice: dice)
        #expect(version(reflection.order(at: .seconds(400), dice: dice)) == "9")
        #expect(reflection.names == [World.name("a"), World.name("b"), World.name("c")])
    }

    @Test func deletionsThatOnlyAListShowsAreTold() {
        var reflection = watching()
        let gone = reflection.listed([object("b")], resourceVersion: "8")
        #expect(gone == [object("a")])
        #expect(reflection.names == [World.name("b")])
    }

    @Test func aNameThatLivesOnUnderAnotherUidIsADeletionToo() {
        var reflection = watching()
        let gone = reflection.listed([object("a", "2"), object("b")], resourceVersion: "8")
        #expect(gone == [object("a", "1")])
    }

    @Test func aDeletionOfAnEarlierIncarnationIsNone() {
        var reflection = watching()
        reflection.upserted(object("a", "2"), resourceVersion: "6")
        let deletions = [("1", "7"), ("2", "8"), ("2", "9")].map { uid, version in
            reflection.deleted(object("a", uid), resourceVersion: version)
        }
        #expect(deletions == [false, true, false])
    }

    @Test func whatIsTooOldIsListedAgainWithinASecond() {
        var reflection = watching()
        reflection.failed(error(.listAgain(continueToken: nil)), at: .seconds(20), dice: dice)
        #expect(isList(reflection.order(at: .seconds(21), dice: dice)))
        #expect(reflection.trouble == nil)
    }

    @Test func aListThatIsAlwaysTooOldIsNotAskedForWithoutEnd() {
        var reflection = watching()
        var waits = Duration.zero
        for _ in 0..<8 {
            reflection.failed(error(.listAgain(continueToken: nil)), at: .seconds(20), dice: dice)
            if case .wait(let wait) = reflection.order(at: .seconds(20), dice: dice) { waits += wait }
        }
        #expect(waits > .seconds(5))
        #expect(reflection.trouble != nil)
    }

    @Test func theServersWishToWaitIsHeeded() {
        var reflection = watching()
        reflection.failed(error(.retry(after: .seconds(7))), at: .seconds(20), dice: dice)
        guard case .wait(let wait) = reflection.order(at: .seconds(20), dice: dice) else {
            Issue.record("it does not wait")
            return
        }
        #expect(wait >= .seconds(7) && wait <= .seconds(9))
        #expect(version(reflection.order(at: .seconds(30), dice: dice)) == "5")
    }

    @Test func aWatchThatEndsAtOnceIsAFailure() {
        var reflection = watching(at: .seconds(10))
        reflection.ended(at: .seconds(10), dice: dice)
        if case .wait = reflection.order(at: .seconds(10), dice: dice) {} else { Issue.record("it does not wait") }
    }

    @Test func aWholeWatchWithoutEvenABookmarkProvesNothing() {
        var reflection = watching(at: .seconds(10))
        reflection.ended(at: .seconds(300), dice: dice)
        #expect(isList(reflection.order(at: .seconds(301), dice: dice)))
    }

    @Test(arguments: [
        APIError.Consequence.kindMissing, .forbidden(nil), .refused, .gone, .namespaceGone, .invalid([]),
    ])
    func whatOnlyAPersonCanMendIsTroubleAtOnceAndAskedForSlowly(_ consequence: APIError.Consequence) {
        var reflection = watching()
        reflection.failed(error(consequence), at: .seconds(20), dice: dice)
        #expect(reflection.trouble != nil)
        guard case .wait(let wait) = reflection.order(at: .seconds(20), dice: dice) else {
            Issue.record("it does not wait")
            return
        }
        #expect(wait >= .seconds(5))
        #expect(isList(reflection.order(at: .seconds(80), dice: dice)))
    }

    @Test func aCutIsNoTroubleBeforeTheThirdTime() {
        var reflection = watching()
        for times in 1...3 {
            reflection.failed(error(.unknown), at: .seconds(20), dice: dice)
            #expect((reflection.trouble != nil) == (times == 3))
        }
        reflection.opened(at: .seconds(90))
        reflection.bookmarked(resourceVersion: "6")
        #expect(reflection.trouble == nil)
    }

    @Test func waitsGrowAndEndAtHalfAMinute() {
        var reflection = watching()
        for _ in 0..<40 {
            reflection.failed(error(.unknown), at: .zero, dice: dice)
            guard case .wait(let wait) = reflection.order(at: .zero, dice: dice) else { continue }
            #expect(wait <= .seconds(30))
        }
    }
}

import Documents
import Intents
import Reconciling
import Testing

@testable import Kubernetes

/// In which order changes are written, and what people's annotations ask.
@Suite struct PlanTests {
    private func row(_ attempt: String, ordinal: Int = 1) -> AllocationRecord {
        var samples = Samples(seed: UInt64(ordinal))
        let sample = samples.record(IntentKey(rawValue: "default/a"), ordinal: ordinal)
        return AllocationRecord(
            attempt: AttemptID(rawValue: attempt),
            key: sample.key,
            slot: 0,
            ordinal: ordinal,
            purchase: sample.purchase,
            shape: "",
            reference: "",
            openedAt: sample.openedAt,
            body: nil
        )
    }

    private func known(_ attempts: String...) -> (AttemptID) -> Bool {
        { attempts.contains($0.rawValue) }
    }

    @Test func aRowIsMadeOnceAndThenWritten() {
        let plan = WritePlan([.put(row("new")), .put(row("old"))], isKnown: known("old"))
        #expect(plan.creations.map(\.attempt.rawValue) == ["new"])
        #expect(plan.standings.map(\.attempt.rawValue) == ["old"])
    }

    @Test func ofSeveralStandingsTheLastCounts() {
        var later = row("old")
        later.phase = .ending
        let plan = WritePlan([.put(row("old")), .put(later)], isKnown: known("old"))
        #expect(plan.standings == [later])
        let fresh = WritePlan([.put(row("old")), .put(later)], isKnown: known())
        #expect(fresh.creations == [later] && fresh.standings.isEmpty)
    }

    @Test func whatIsForgottenNeedNotBeWritten() {
        let attempt = AttemptID(rawValue: "old")
        for isKnown in [true, false] {
            let plan = WritePlan([.put(row("old")), .forget(attempt)]) { _ in isKnown }
            #expect(plan.creations.isEmpty && plan.standings.isEmpty)
            #expect(plan.erasures == [attempt])
        }
    }

    @Test func ofAStatusAndAnAccountTheLastCounts() {
        let key = IntentKey(rawValue: "default/a")
        let plan = WritePlan(
            [
                .status(key, json: "1"), .account(IntentAccount(key: key, attempts: 1)), .status(key, json: "2"),
                .account(IntentAccount(key: key, attempts: 2)),
            ],
            isKnown: known()
        )
        #expect(plan.statuses.map(\.json) == ["2"])
        #expect(plan.accounts.map(\.attempts) == [2])
    }

    @Test func aListThatIsClearedIsToldFromNone() {
        #expect(WritePlan([], isKnown: known()).held == .none)
        #expect(WritePlan([.heldWithdrawals(nil)], isKnown: known()).held == .some(nil))
    }

    @Test(arguments: [
        ("0 adopt i-1", true), ("3 abandon", true), (" 1   adopt  x ", true), ("adopt 0 i", false), ("0 adopt", false),
        ("-1 abandon", false), ("0 abandon now", false), ("", false), ("x abandon", false),
    ])
    func aResolutionNamesItsSlotFirst(_ text: String, _ isRead: Bool) {
        var book = RequestBook()
        let place = RequestBook.Place(
            key: IntentKey(rawValue: "default/a"),
            annotation: OwnAnnotation.resolve,
            value: text
        )
        let (requests, unreadable) = book.take([place], at: Timestamp(seconds: 1))
        #expect(requests.count == (isRead ? 1 : 0) && unreadable.count == (isRead ? 0 : 1))
    }

    @Test func requestsAreNumberedAsTheyAreSeenAndAnsweredOnce() {
        var book = RequestBook()
        func place(_ value: String) -> RequestBook.Place {
            RequestBook.Place(key: nil, annotation: OwnAnnotation.approve, value: value)
        }
        let now = Timestamp(seconds: 1)
        let first = book.take([place("a"), place("b")], at: now).requests
        #expect(first.map(\.id) == [1, 2])
        let answered = book.answer(1)
        #expect(answered == place("a"))
        let second = book.take([place("a"), place("b")], at: now).requests
        #expect(second.map(\.id) == [2])
        // Gone and asked again, it is another request.
        _ = book.take([place("b")], at: now)
        let third = book.take([place("a"), place("b")], at: now).requests
        #expect(third.map(\.id) == [2, 3])
        let unknown = book.answer(99)
        #expect(unknown == nil)
    }

    @Test func aCatalogKnowsOfWhichGenerationAStatusSpeaks() throws {
        let catalog = IntentCatalog()
        let key = IntentKey(rawValue: "default/a")
        func note(_ generation: Int64, uid: String = "1") throws {
            catalog.note(
                try IntentObject(
                    head: .mapping([
                        "metadata": .mapping([
                            "name": "a", "namespace": "default", "uid": .string(uid), "resourceVersion": "1",
                            "generation": .integer(generation),
                        ])
                    ])
                )
            )
        }
        try note(1)
        catalog.noteWork(1, of: key)
        #expect(catalog[key]?.generation(ofWork: 1) == 1)
        try note(3)
        #expect(catalog[key]?.generation(ofWork: 1) == 3, "the work is the same")
        try note(4)
        catalog.noteWork(2, of: key)
        #expect(catalog[key]?.generation(ofWork: 2) == 4)
        #expect(catalog[key]?.generation(ofWork: 1) == 3, "older work speaks of an older generation")
        try note(1, uid: "2")
        #expect(catalog[key]?.work == nil, "another object begins anew")
        catalog.drop(ObjectName(namespace: "default", name: "a"), uid: "1")
        #expect(catalog[key] != nil)
        catalog.drop(ObjectName(namespace: "default", name: "a"), uid: "2")
        #expect(catalog[key] == nil)
    }
}

import Documents
import Intents
import Placement
import Testing

@testable import Reconciling

/// What intents that depend on one another know of one another, and whom each wakes.
@Suite struct KinshipTests {
    private static func key(_ name: String) -> IntentKey { IntentKey(rawValue: name) }

    /// How intents stand.
    private final class Standings: Sendable {
        let all = Locked<[IntentKey: Standing]>([:])
    }

    /// Intents by name, each with what it depends on.
    private final class Family {
        let books: Books
        let desires: Desires
        let kinship: Kinship
        let time = TestTime()
        let standings = Standings()

        init(_ edges: [String: [String]], held: [String] = []) {
            var snapshot = LedgerSnapshot(operatorID: "op")
            for (name, dependencies) in edges.sorted(by: { $0.key < $1.key }) {
                var spec = IntentSpec()
                spec.workload.name = name
                spec.dependsOn = dependencies
                snapshot.intents.append(
                    StoredIntent(
                        key: key(name),
                        file: "\(name).yaml",
                        generation: 1,
                        createdAt: noon,
                        intent: Intent(name: name, spec: spec)
                    )
                )
            }
            snapshot.records = held.map(Self.row)
            books = Books(ledger: FakeLedger(), snapshot: snapshot)
            desires = Desires(stored: snapshot.intents, guardian: DeletionGuard(), books: books, time: time)
            kinship = Kinship(desires: desires, books: books)
            let standings = standings
            kinship.standing.withLock { $0 = { key in standings.all.withLock { $0[key] } } }
        }

        private static func row(_ name: String) -> AllocationRecord {
            var record = AllocationRecord(
                attempt: AttemptID(rawValue: "\(name)-attempt"),
                key: key(name),
                slot: 0,
                ordinal: 1,
                purchase: Purchase(
                    offer: .init(platform: .flexai, name: "x"),
                    model: "nvidia-h100",
                    gpuCount: 1,
                    hourly: .euros(4)
                ),
                shape: "",
                reference: "",
                openedAt: noon,
                body: nil
            )
            record.phase = .live
            return record
        }

        /// What is known around an intent that is still wished for.
        func surroundings(_ name: String) -> Surroundings {
            kinship.surroundings(of: key(name), desires.wish(of: key(name)))
        }

        /// Shows that an intent runs, or does not; where `isOld`, by the word of an earlier process alone.
        func show(_ name: String, isReady: Bool, isOld: Bool = false) {
            if !isOld { standings.all.withLock { $0[key(name)] = $0[key(name)] ?? .converged } }
            var status = IntentStatus(observedGeneration: 1, wantedSlots: 1)
            status.conditions = [
                Condition(
                    type: "Ready",
                    status: isReady ? .yes : .no,
                    reason: "Test",
                    message: "",
                    lastTransition: noon
                )
            ]
            books.show(status, of: key(name))
        }

        /// Withdraws intents at once; the deletion guard has nothing against it.
        func withdraw(_ names: [String]) async {
            let kept = desires.read { $0.entries.values.map(\.stored.file) }.filter { file in
                !names.contains { file == "\($0).yaml" }
            }
            _ = desires.take(.look(changed: [], present: Set(kept)))
            time.advance(.seconds(5))
            _ = await books.commitFact(desires.judge().writes)
        }
    }

    @Test("a dependency is missing, coming, stuck or ready")
    func states() {
        let family = Family(["web": ["store", "gone", "stuck", "parked"], "store": [], "stuck": [], "parked": []])
        family.standings.all.withLock { $0[Self.key("stuck")] = .stalled }
        family.standings.all.withLock { $0[Self.key("parked")] = .converged }
        #expect(family.surroundings("web").dependencies.map(\.state) == [.coming, .missing, .stuck, .stuck])
        family.show("store", isReady: true)
        family.show("stuck", isReady: false)
        #expect(family.surroundings("web").dependencies.map(\.state) == [.ready, .missing, .stuck, .stuck])
        // Its platform does not tell, or what it holds seems gone and that is not believed yet.
        family.kinship.isSeen.withLock { $0 = { $0 != Self.key("store") } }
        #expect(family.surroundings("web").dependencies.map(\.state).first == .coming)
        #expect(family.surroundings("store") == Surroundings(), "who depends on nothing has nothing to know")
    }

    @Test("what an earlier process has said of a dependency is not believed before it has been looked at")
    func oldWord() throws {
        let family = Family(["web": ["store"], "store": []])
        let store = Self.key("store")
        family.show("store", isReady: true, isOld: true)
        #expect(family.surroundings("web").dependencies.map(\.state) == [.coming])
        let before = try #require(family.kinship.outlook(of: store))
        family.show("store", isReady: true)
        #expect(family.surroundings("web").dependencies.map(\.state) == [.ready])
        #expect(family.kinship.awakened(by: store, before) == [Self.key("web")])
    }

    @Test("a circle is known to its members")
    func circle() {
        let family = Family(["a": ["b"], "b": ["a"], "c": ["a"]])
        #expect(family.surroundings("a").circle == ["a", "b", "a"].map(Self.key))
        #expect(family.surroundings("c").circle.isEmpty)
    }

    @Test("who becomes ready wakes those who depend on it, and nobody else")
    func wakes() throws {
        let family = Family(["web": ["store"], "other": ["store"], "store": [], "lonely": []])
        #expect(family.kinship.outlook(of: Self.key("lonely")) == nil, "nobody has to do with it")
        let before = try #require(family.kinship.outlook(of: Self.key("store")))
        #expect(family.kinship.awakened(by: Self.key("store"), before).isEmpty)
        family.show("store", isReady: true)
        #expect(family.kinship.awakened(by: Self.key("store"), before) == ["other", "web"].map(Self.key))
    }

    @Test("who comes to depend on it while it is looked at is woken, since nobody can tell what was seen of it")
    func newcomers() {
        let family = Family(["store": [], "lonely": []])
        let store = Self.key("store")
        let before = family.kinship.outlook(of: store)
        #expect(before == nil)
        var spec = IntentSpec()
        spec.dependsOn = ["store"]
        let web = SourcedIntent(intent: Intent(name: "web", spec: spec), position: .start)
        _ = family.desires.take(.files([SourceFile(name: "web.yaml", intents: [web], diagnostics: [])]))
        #expect(family.surroundings("web").dependencies.map(\.state) == [.coming])
        family.show("store", isReady: true)
        #expect(family.kinship.awakened(by: store, before) == [Self.key("web")])
        #expect(family.kinship.awakened(by: Self.key("lonely"), nil).isEmpty)
    }

    @Test("a withdrawn intent is kept for whom depends on it and holds something, withdrawn with it or not")
    func kept() async {
        let family = Family(
            ["web": ["store"], "idle": ["store"], "api": ["store"], "store": []],
            held: ["web", "api", "store"]
        )
        await family.withdraw(["store", "web"])
        let dependents = family.surroundings("store").dependents
        #expect(
            dependents == [Dependent(Self.key("api"), isLeaving: false), Dependent(Self.key("web"), isLeaving: true)]
        )
        #expect(family.surroundings("web").dependents.isEmpty)
        #expect(family.books.account(of: Self.key("web")).memory.dependsOn == [Self.key("store")], "durably")
    }

    @Test("who holds nothing when it is withdrawn keeps nobody, and nothing is written down of whom it depended on")
    func emptyHanded() async {
        let family = Family(["web": ["store"], "store": []], held: ["store"])
        let web = Self.key("web")
        #expect(family.kinship.outlook(of: web) != nil)
        await family.withdraw(["web", "store"])
        #expect(family.kinship.outlook(of: web) == nil, "nobody has to do with it any more")
        #expect(family.desires.read { $0.departing.dependencies[web] } == nil)
        #expect(family.books.account(of: web).memory.dependsOn.isEmpty)
        #expect(family.surroundings("store").dependents.isEmpty)
    }

    @Test("the last one that goes wakes what it depended on")
    func lastGoes() async throws {
        let family = Family(["web": ["store"], "store": []], held: ["web", "store"])
        await family.withdraw(["store", "web"])
        let before = try #require(family.kinship.outlook(of: Self.key("web")))
        _ = await family.books.commitFact([
            .forget(AttemptID(rawValue: "web-attempt")), .dropIntent(Self.key("web")),
        ])
        #expect(family.kinship.awakened(by: Self.key("web"), before) == [Self.key("store")])
        #expect(family.surroundings("store").dependents.isEmpty)
    }

    @Test("who was withdrawn too and waits for a person's word keeps nobody, and wakes whom it has kept")
    func stuckOnTheWayOut() async throws {
        let family = Family(["web": ["store"], "store": []], held: ["web", "store"])
        let (web, store) = (Self.key("web"), Self.key("store"))
        family.standings.all.withLock { $0[web] = .stalled }
        #expect(family.surroundings("store").dependents.isEmpty, "nobody is withdrawn")
        await family.withdraw(["store", "web"])
        family.standings.all.withLock { $0[web] = .moving }
        let before = try #require(family.kinship.outlook(of: web))
        #expect(family.surroundings("store").dependents == [Dependent(web, isLeaving: true)])
        #expect(family.kinship.awakened(by: web, before).isEmpty)
        family.standings.all.withLock { $0[web] = .stalled }
        #expect(family.kinship.awakened(by: web, before).isEmpty, "it lives, and is kept for somebody")
        var row = try #require(family.books.records(of: web).first)
        row.phase = .unverified
        _ = await family.books.commitFact([.put(row)])
        #expect(family.surroundings("store").dependents.isEmpty)
        #expect(family.kinship.awakened(by: web, before) == [store])
        #expect(family.kinship.outlook(of: web) != nil, "what it holds is still its own")
    }

    @Test("who is still wished for keeps what it depends on, stalled or not")
    func stuckAndWished() async {
        let family = Family(["web": ["store"], "store": []], held: ["web", "store"])
        family.standings.all.withLock { $0[Self.key("web")] = .stalled }
        await family.withdraw(["store"])
        #expect(family.surroundings("store").dependents == [Dependent(Self.key("web"), isLeaving: false)])
    }

    @Test("a restart remembers who depended on whom on the way out")
    func restart() async {
        let family = Family(["web": ["store"], "store": []], held: ["web", "store"])
        await family.withdraw(["store", "web"])
        var snapshot = LedgerSnapshot(operatorID: "op")
        snapshot.accounts = [family.books.account(of: Self.key("web"))]
        snapshot.records = family.books.records(of: Self.key("web")) + family.books.records(of: Self.key("store"))
        let books = Books(ledger: FakeLedger(), snapshot: snapshot)
        let desires = Desires(stored: [], guardian: DeletionGuard(), books: books, time: family.time)
        let kinship = Kinship(desires: desires, books: books)
        let dependents = kinship.surroundings(of: Self.key("store"), nil).dependents
        #expect(dependents == [Dependent(Self.key("web"), isLeaving: true)])
    }

    @Test("two that depended on one another go together: neither waits for the other")
    func circleGoes() async {
        let family = Family(["a": ["b"], "b": ["a"]], held: ["a", "b"])
        await family.withdraw(["a", "b"])
        #expect(family.surroundings("a").dependents.isEmpty)
        #expect(family.surroundings("b").dependents.isEmpty)
    }
}

import Intents
import Testing

@testable import Reconciling

/// Measuring: one read for all, only for whom it matters, and a look only when it has come to something.
@Suite struct MeterTests {
    /// A server whose loads tests set.
    private final class FakeLoads: Measurements {
        let answer = Locked<Result<LoadReport, MeasurementError>>(.success(LoadReport(gpu: [:], cpu: nil)))
        let reads = Locked(0)

        func read() async throws(MeasurementError) -> LoadReport {
            reads.withLock { $0 += 1 }
            return try answer.withLock { $0 }.get()
        }
    }

    /// What a meter has told.
    private final class Alerts: Sendable {
        let keys = Locked<[IntentKey]>([])
        let reasons = Locked<[String]>([])
    }

    /// A meter over intents that tests set.
    private final class Bench {
        let loads = FakeLoads()
        let time = TestTime()
        let wishes = Wishes()
        let alerts = Alerts()
        let books: Books
        let meter: Meter

        init(_ scenes: [String: Scene]) {
            var snapshot = LedgerSnapshot(operatorID: "op")
            for (name, scene) in scenes.sorted(by: { $0.key < $1.key }) {
                let key = IntentKey(rawValue: name)
                wishes[key] = scene.situation.wish
                snapshot.records += scene.situation.records
                snapshot.accounts.append(scene.situation.account)
            }
            books = Books(ledger: FakeLedger(), snapshot: snapshot)
            let (wishes, alerts) = (wishes, alerts)
            let tools = Meter.Tools(measurements: loads, books: books, time: time, wish: { wishes[$0] }) {
                keys,
                events in
                alerts.keys.withLock { $0 += keys }
                alerts.reasons.withLock { $0 += events.map(\.reason) }
            }
            meter = Meter(tools, windows: ScalingWindows())
        }

        /// Measures every 15 seconds, so often.
        func measure(_ times: Int) async {
            for _ in 0..<times {
                await meter.measure()
                time.advance(.seconds(15))
            }
        }

        var trend: LoadTrend? { meter.trend(of: key, wishes[key]) }
        var key: IntentKey { IntentKey(rawValue: "search") }
    }

    /// Two running slots at 10.0.0.1 and 10.0.0.2.
    private static func scene(_ change: (inout IntentSpec) -> Void = { _ in }) -> Scene {
        var scene = Scene { spec in
            spec.workload.scaling?.minReplicas = 1
            spec.workload.scaling?.maxReplicas = 6
            spec.workload.scaling?.autoScale = true
            change(&spec)
        }
        scene.situation.account.memory.replicas = 2
        for slot in 0..<2 { scene.add(.live, slot: slot) { $0.sighting?.address = "10.0.0.\(slot + 1)" } }
        return scene
    }

    private static func report(_ first: Int?, _ second: Int?, cpu: Int? = nil) -> LoadReport {
        var gpu: [LoadReport.Place: Int] = [:]
        gpu[.host("10.0.0.1")] = first.map { $0 * 100 }
        gpu[.host("10.0.0.2")] = second.map { $0 * 100 }
        return LoadReport(gpu: gpu, cpu: cpu.map { [.host("10.0.0.1"): $0 * 100, .host("10.0.0.2"): $0 * 100] })
    }

    @Test("nothing is asked while nobody scales or rests")
    func nobody() async {
        let bench = Bench(["search": Scene()])
        #expect(bench.trend == nil)
        await bench.measure(10)
        #expect(bench.loads.reads.withLock { $0 } == 0)
    }

    @Test("one read answers for all, however many they are")
    func once() async {
        let bench = Bench(["search": Self.scene()])
        for index in 0..<500 {
            let key = IntentKey(rawValue: "other-\(index)")
            bench.wishes[key] = Self.scene().situation.wish
            _ = bench.meter.trend(of: key, bench.wishes[key])
        }
        await bench.measure(3)
        #expect(bench.loads.reads.withLock { $0 } == 3)
    }

    @Test("a load over the target for a minute has it looked at, once")
    func rises() async {
        let bench = Bench(["search": Self.scene()])
        _ = bench.trend
        bench.loads.answer.withLock { $0 = .success(Self.report(100, 100)) }
        await bench.measure(4)
        #expect(bench.alerts.keys.withLock { $0 }.isEmpty)
        #expect(bench.trend?.rising?.nearest == 3)
        await bench.measure(1)
        #expect(bench.alerts.keys.withLock { $0 } == [bench.key])
        await bench.measure(5)
        #expect(bench.alerts.keys.withLock { $0 } == [bench.key], "who has been told is not told again")
        #expect(bench.trend?.summary == "GPU 100 %")
    }

    @Test("a slot that is not measured keeps the number; so does a server that does not answer")
    func missing() async {
        let bench = Bench(["search": Self.scene()])
        _ = bench.trend
        bench.loads.answer.withLock { $0 = .success(Self.report(0, 0)) }
        await bench.measure(3)
        #expect(bench.trend?.falling?.nearest == 1)
        bench.loads.answer.withLock { $0 = .success(Self.report(0, nil)) }
        await bench.measure(1)
        #expect(bench.trend?.falling == nil)
        #expect(bench.trend?.summary == "GPU 0 % (1 of 2 slots measured)")
        bench.loads.answer.withLock { $0 = .success(Self.report(0, 0)) }
        await bench.measure(3)
        bench.loads.answer.withLock { $0 = .failure(MeasurementError("Prometheus does not answer")) }
        await bench.measure(2)
        #expect(bench.trend?.falling == nil)
        bench.loads.answer.withLock { $0 = .success(Self.report(0, 0)) }
        await bench.measure(2)
        #expect(bench.alerts.reasons.withLock { $0 } == ["MetricsUnavailable", "MetricsAvailable"], "each told once")
    }

    @Test("GPU and CPU count, and the highest wish wins")
    func both() async {
        let bench = Bench(["search": Self.scene()])
        _ = bench.trend
        bench.loads.answer.withLock { $0 = .success(Self.report(10, 10, cpu: 95)) }
        await bench.measure(1)
        #expect(bench.trend?.rising?.nearest == 3, "95 % of 70 %")
        #expect(bench.trend?.summary == "GPU 10 %, CPU 95 %")
    }

    @Test("a series of a slot goes before one of its host")
    func slots() async {
        let bench = Bench(["search": Self.scene()])
        _ = bench.trend
        var report = Self.report(0, 0)
        for slot in 0..<2 { report.gpu?[.slot(bench.key, slot)] = 10_000 }
        let named = report
        bench.loads.answer.withLock { $0 = .success(named) }
        await bench.measure(1)
        #expect(bench.trend?.rising?.nearest == 3)
    }

    @Test("idle is who does nothing in every slot, on every measure")
    func idle() async {
        let bench = Bench(["search": Self.scene { $0.idle = IdlePolicy() }])
        _ = bench.trend
        let begin = bench.time.now
        for (report, isIdle) in [
            (Self.report(4, 4), true), (Self.report(4, 5), false), (Self.report(4, nil), false),
            (Self.report(0, 0, cpu: 50), false), (Self.report(0, 0, cpu: 1), true),
        ] {
            bench.loads.answer.withLock { $0 = .success(report) }
            await bench.measure(1)
            #expect((bench.trend?.idleSince != nil) == isIdle)
        }
        await bench.measure(119)
        #expect(!bench.alerts.keys.withLock { $0.contains(bench.key) } || bench.time.now - begin > .seconds(600))
        await bench.measure(2)
        #expect(bench.trend?.idleSince == begin + .seconds(60))
        #expect(bench.alerts.keys.withLock { $0.contains(bench.key) })
    }

    @Test("who scales no longer when it is looked at is not measured once more, and begins anew where it does again")
    func forgotten() async {
        let bench = Bench(["search": Self.scene()])
        let scaling = bench.wishes[bench.key]
        _ = bench.trend
        bench.loads.answer.withLock { $0 = .success(Self.report(100, 100)) }
        await bench.measure(3)
        #expect(bench.trend?.rising != nil)
        bench.wishes[bench.key] = Scene().situation.wish
        #expect(bench.trend == nil)
        await bench.measure(2)
        #expect(bench.loads.reads.withLock { $0 } == 3)
        bench.wishes[bench.key] = scaling
        #expect(bench.trend == nil, "what was measured before says nothing any more")
        await bench.measure(1)
        #expect(bench.loads.reads.withLock { $0 } == 4)
    }

    @Test("who is withdrawn, or scales no longer, is measured no longer")
    func leaves() async {
        let bench = Bench(["search": Self.scene()])
        _ = bench.trend
        await bench.measure(1)
        bench.wishes[bench.key] = nil
        await bench.measure(1)
        await bench.measure(5)
        #expect(bench.loads.reads.withLock { $0 } == 2)
        bench.wishes[bench.key] = Scene().situation.wish
        #expect(bench.trend == nil)
        await bench.measure(2)
        #expect(bench.loads.reads.withLock { $0 } == 2)
    }
}

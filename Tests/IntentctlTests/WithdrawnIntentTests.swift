import Documents
import Intents
import Placement
import Reconciling
import Testing

@testable import intentctl

/// An intent whose file is gone stays in sight, and can be named, until nothing of it is left.
@Suite struct WithdrawnIntentTests {
    private func record(_ key: String, slot: Int, _ phase: AllocationRecord.Phase, age: Duration) -> AllocationRecord {
        var record = AllocationRecord(
            attempt: AttemptID(rawValue: "0b0e0f00-0000-4000-8000-00000000000\(slot)"),
            key: IntentKey(rawValue: key),
            slot: slot,
            ordinal: slot + 1,
            purchase: Purchase(
                offer: Offer.ID(platform: .flare, name: "h100"),
                model: "H100",
                gpuCount: 1,
                hourly: Money(micros: 2_000_000)
            ),
            shape: "",
            reference: "",
            openedAt: Samples.now - age,
            body: nil
        )
        record.phase = phase
        return record
    }

    private func snapshot(_ records: [AllocationRecord]) throws -> LedgerSnapshot {
        var snapshot = LedgerSnapshot(operatorID: "op")
        snapshot.intents = [try #require(Samples.view("chat").stored)]
        snapshot.records = records
        return snapshot
    }

    @Test("what holds anything is listed as terminating, since its oldest purchase; tombstones hold nothing")
    func listed() throws {
        let views = JoinedOperations.views(
            of: try snapshot([
                record("chat", slot: 0, .live, age: .seconds(10)),
                record("batch", slot: 0, .unverified, age: .seconds(60)),
                record("batch", slot: 1, .ending, age: .seconds(90)),
                record("old", slot: 0, .tombstone, age: .seconds(600)),
            ])
        )
        #expect(views.map(\.name) == ["batch", "chat"])
        #expect(views.map(\.status.phase) == [.terminating, .pending])
        #expect(views[0].createdAt == Samples.now - .seconds(90))
        #expect(views[0].stored == nil)
        #expect(views[0].isNamed("batch"))
    }

    @Test("what was last shown of it is shown still")
    func shown() throws {
        var snapshot = try snapshot([record("team/batch", slot: 0, .ending, age: .seconds(90))])
        var status = IntentStatus.terminating
        status.cost = CostStatus(hourly: Money(micros: 2_000_000), total: .zero)
        snapshot.statuses[IntentKey(rawValue: "team/batch")] = DocumentPrinter.json(status.node, style: .compact)
        let view = try #require(JoinedOperations.views(of: snapshot).last)
        #expect(view.isNamed("batch"))
        #expect(view.status.cost.hourly == Money(micros: 2_000_000))
    }

    @Test("its object has a name and a status, and no spec")
    func object() throws {
        let view = IntentView(ending: IntentKey(rawValue: "team/batch"), since: Samples.now, status: .terminating)
        let node = view.node(at: Samples.now)
        #expect(node["metadata"]?["name"]?.string == "batch")
        #expect(node["metadata"]?["namespace"]?.string == "team")
        #expect(node["kind"]?.string == "Intent")
        #expect(node["status"]?["phase"]?.string == "Terminating")
        #expect(node["spec"] == nil)
    }

    @Test("its description says that the file is gone, and what comes next")
    func described() {
        let view = IntentView(ending: IntentKey(rawValue: "batch"), since: Samples.now, status: .terminating)
        let lines = IntentDescription.lines(view, events: [], now: Samples.now)
        #expect(lines.contains("File:       gone: the intent was withdrawn"))
        #expect(lines.contains("Next:       forgotten as soon as the platforms confirm that nothing is left"))
        #expect(!lines.contains { $0.hasPrefix("Generation:") })
    }
}

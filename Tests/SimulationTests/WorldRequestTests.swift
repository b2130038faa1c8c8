import Intents
import Placement
import Reconciling
import Testing

@testable import Simulation

/// What people ask of an operator while a platform keeps it waiting.
@Suite struct WorldRequestTests {
    private static func write(_ file: String, _ name: String, _ place: WorldWish.Place, image: Int = 0) -> WorldEdit {
        var wish = WorldWish(name: name, slots: 1, chip: WorldWish.Chip.all[0], gpus: 1)
        wish.place = place
        wish.image = image
        return .write(file: file, [wish])
    }

    @Test func aBusyIntentKeepsNoOtherOneWaiting() async throws {
        let (busy, calm) = (IntentKey(rawValue: "intent-1"), IntentKey(rawValue: "intent-2"))
        let edits: [(at: Int, until: Int?, edit: WorldEdit)] = [
            (0, nil, Self.write("a.yaml", busy.rawValue, .flexai)),
            (0, nil, Self.write("b.yaml", calm.rawValue, .flare)),
            (30, 100, .fault(.flexai, .hungBefore, permille: 1000)),
            (31, nil, Self.write("a.yaml", busy.rawValue, .flexai, image: 1)),
            (45, nil, .ask(.suspend(busy, Suspension()))),
            (46, nil, .ask(.suspend(calm, Suspension()))),
            (300, nil, .ask(.resume(busy))),
            (300, nil, .ask(.resume(calm))),
        ]
        let start = WorldRun.prelude
        let history = WorldHistory(
            edits.map {
                WorldEntry(at: start + .seconds($0.at), until: $0.until.map { start + .seconds($0) }, edit: $0.edit)
            }
        )
        let run = WorldRun(seed: 2, plan: WorldRun.Plan(.listing), history: history)
        let verdict = await WorldThread.play(run)
        #expect(verdict.breaches.isEmpty, "\(verdict.report)")
        let heard = run.judge.findings.effects.filter { $0.what == "override" }.prefix(2)
        #expect(heard.map(\.about) == [calm.rawValue, busy.rawValue])
        let (first, second) = (try #require(heard.first).at, try #require(heard.last).at)
        #expect(first - start < .seconds(50), "at once, and not when the other one is done")
        #expect(second - start > .seconds(60))
    }
}

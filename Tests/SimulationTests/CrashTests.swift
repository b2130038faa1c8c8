import Dispatch
import Reconciling
import Testing

@testable import Simulation

/// Small histories by hand, cut off before and after every one of their effects.
@Suite struct CrashTests {
    /// A history on a platform.
    struct Scene: Sendable, CustomTestStringConvertible {
        let history: CrashHistory
        let face: CrashFace
        var testDescription: String { "\(history.name) (\(face.rawValue))" }

        static let all = CrashHistory.all.flatMap { history in
            history.faces.map { Scene(history: history, face: $0) }
        }

        /// Each small history on one platform, so that all of them have their turn.
        static let one = CrashHistory.all.filter { $0.size == .small }.enumerated().map { index, history in
            Scene(history: history, face: history.faces[index % history.faces.count])
        }
    }

    private static let queue = DispatchQueue(label: "crashes")

    private static func aside<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { played in queue.async { played.resume(returning: body()) } }
    }

    @Test(arguments: Scene.all)
    func wholeHistoriesKeepEveryPromise(_ scene: Scene) async {
        await Self.aside {
            let rehearsal = CrashRehearsal(scene.history, on: scene.face)
            #expect(rehearsal.whole.violations.isEmpty, "\(rehearsal.whole.violations)")
            #expect(rehearsal.whole.effects.contains(.call), "something is bought")
        }
    }

    /// On all platforms, and with a second crash after each: `hack/simulate --crashes`.
    @Test(arguments: Scene.one)
    func everySingleCrashIsSurvived(_ scene: Scene) async {
        await Self.aside {
            let rehearsal = CrashRehearsal(scene.history, on: scene.face)
            for point in rehearsal.points {
                let crashed = rehearsal.play([point])
                #expect(crashed.violations.isEmpty, "--at \(point): \(crashed.violations)")
            }
        }
    }

    @Test func pairsOfCrashesAreSurvived() async throws {
        let history = try #require(CrashHistory.named("first-purchase"))
        await Self.aside {
            let rehearsal = CrashRehearsal(history, on: .flexaiNeither)
            for point in rehearsal.points.suffix(6) {
                for second in rehearsal.play([point]).laterPoints {
                    let crashed = rehearsal.play([point, second])
                    #expect(crashed.violations.isEmpty, "--at \(point),\(second): \(crashed.violations)")
                }
            }
        }
    }

    @Test func crashesHappenWhereTheyAreAskedFor() async throws {
        let history = try #require(CrashHistory.named("first-purchase"))
        await Self.aside {
            let rehearsal = CrashRehearsal(history, on: .flexaiListing)
            guard let call = rehearsal.whole.effects.firstIndex(of: .call) else {
                Issue.record("nothing is bought")
                return
            }
            func kills(_ points: [CrashPoint]) -> Int {
                rehearsal.play(points, telling: .everything).lines.count { $0.what == "killed" }
            }
            #expect(kills([]) == 0)
            for side in CrashPoint.Side.allCases {
                #expect(kills([CrashPoint(call + 1, side)]) == (side == .held ? 0 : 1), "\(side)")
            }
            let held = rehearsal.play([CrashPoint(call + 1, .held)], telling: .everything)
            #expect(held.lines.count { $0.what == "start" } == 2)
            #expect(held.violations.isEmpty)
            #expect(held.laterPoints.isEmpty)
            #expect(kills([CrashPoint(call + 1, .late), CrashPoint(call + 2, .before)]) == 2)
            #expect(kills([CrashPoint(1000, .before)]) == 0, "that many effects there are not")
        }
    }

    @Test func pointsAreReadAndWritten() {
        for text in ["1b", "7a", "12l", "3h"] { #expect(CrashPoint(text)?.description == text) }
        for text in ["", "b", "7", "7x", "0a", "-1a", "a7", "7 a"] { #expect(CrashPoint(text) == nil, "\(text)") }
        let points = CrashPoint.all(of: [.write, .call, .write], after: 1)
        let words = points.map(\.description)
        #expect(words == ["2b", "2a", "2l", "2h", "3b", "3a", "3h"], "a write is not under way for long")
    }

    @Test func everyNameIsItsHistory() {
        #expect(Set(CrashHistory.all.map(\.name)).count == CrashHistory.all.count)
        #expect(CrashHistory.all.count >= 12)
        #expect(CrashHistory.named("nothing of the kind") == nil)
        for face in CrashFace.allCases { #expect(CrashHistory.all.contains { $0.faces.contains(face) }) }
    }
}

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
    }

    private static let queue = DispatchQueue(label: "crashes")

    private static func aside<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { played in queue.async { played.resume(returning: body()) } }
    }

    @Test(arguments: Scene.all)
    func everySingleCrashIsSurvived(_ scene: Scene) async {
        await Self.aside {
            let rehearsal = CrashRehearsal(scene.history, on: scene.face)
            #expect(rehearsal.whole.violations.isEmpty, "\(rehearsal.whole.violations)")
            for point in rehearsal.points {
                let crashed = rehearsal.play([point])
                #expect(crashed.violations.isEmpty, "--at \(point): \(crashed.violations)")
            }
        }
    }
}

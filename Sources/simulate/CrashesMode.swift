import Dispatch
import Simulation
import Synchronization

/// Cuts small histories off at every effect, and again at every later one, and prints what came of it.
struct CrashesMode {
    /// One history on one platform.
    private struct Scene {
        let history: CrashHistory
        let face: CrashFace
    }

    /// What came of a scene.
    private struct Tally {
        var history: String
        var scenes = 0
        var effects = 0
        var runs = 0
        var failures: [String] = []

        mutating func add(_ other: Tally) {
            scenes += other.scenes
            effects = max(effects, other.effects)
            runs += other.runs
            failures += other.failures
        }
    }

    private let arguments: SimulateArguments

    /// How many failures are shown.
    private static let shownFailures = 20

    /// What the arguments ask for.
    init(_ arguments: SimulateArguments) { self.arguments = arguments }

    /// Plays; returns the exit status.
    func run() -> Int32 {
        let scenes = CrashHistory.all.flatMap { history in
            history.faces.map { Scene(history: history, face: $0) }
        }
        .filter { scene in
            (arguments.history ?? scene.history.name) == scene.history.name
                && (arguments.face ?? scene.face) == scene.face
        }
        guard arguments.points.isEmpty else { return show(scenes) }
        let clock = ContinuousClock()
        let begin = clock.now
        let state = Mutex((next: 0, tallies: [String: Tally]()))
        DispatchQueue.concurrentPerform(iterations: arguments.jobs) { _ in
            while true {
                let place: Int? = state.withLock { state in
                    guard state.next < scenes.count else { return nil }
                    state.next += 1
                    return state.next - 1
                }
                guard let place else { return }
                let tally = play(scenes[place])
                state.withLock { $0.tallies[tally.history, default: Tally(history: tally.history)].add(tally) }
            }
        }
        return report(state.withLock { $0.tallies }, spent: clock.now - begin)
    }

    private func play(_ scene: Scene) -> Tally {
        var tally = Tally(history: scene.history.name, scenes: 1)
        let rehearsal = CrashRehearsal(scene.history, on: scene.face)
        tally.effects = rehearsal.whole.effects.count
        add(rehearsal.whole, of: scene, to: &tally)
        for point in rehearsal.points {
            let crashed = rehearsal.play([point])
            add(crashed, of: scene, to: &tally)
            guard arguments.crashes == .pairs, scene.history.size == .small, crashed.violations.isEmpty else {
                continue
            }
            for second in crashed.laterPoints { add(rehearsal.play([point, second]), of: scene, to: &tally) }
        }
        return tally
    }

    private func add(_ run: CrashRehearsal.Performance, of scene: Scene, to tally: inout Tally) {
        tally.runs += 1
        guard let violation = run.violations.first else { return }
        let points = run.crashes.map(\.description).joined(separator: ",")
        let command = "hack/simulate --crashes --history \(scene.history.name) --on \(scene.face.rawValue)"
        tally.failures.append("\(violation)\n    \(command) --at \(points.isEmpty ? "none" : points)")
    }

    private func report(_ tallies: [String: Tally], spent: Duration) -> Int32 {
        var sum = Tally(history: "all")
        print("history                   platforms  effects     runs  failures")
        for history in CrashHistory.all {
            guard let tally = tallies[history.name] else { continue }
            sum.add(tally)
            print(Self.line(tally))
        }
        print(Self.line(sum))
        for failure in sum.failures.prefix(Self.shownFailures) { print(failure) }
        print("\(sum.runs) runs in \(spent), \(sum.failures.count) failures")
        return sum.failures.isEmpty ? 0 : 1
    }

    private static func line(_ tally: Tally) -> String {
        func right(_ number: Int, _ width: Int) -> String {
            String(repeating: " ", count: max(1, width - String(number).count)) + String(number)
        }
        let name = tally.history + String(repeating: " ", count: max(1, 24 - tally.history.count))
        return name + right(tally.scenes, 11) + right(tally.effects, 9) + right(tally.runs, 9)
            + right(tally.failures.count, 10)
    }

    /// Plays one run of each scene, and shows everything that happened.
    private func show(_ scenes: [Scene]) -> Int32 {
        var isGood = true
        for scene in scenes {
            let rehearsal = CrashRehearsal(scene.history, on: scene.face)
            let run = rehearsal.play(arguments.points.compactMap(\.self), telling: .everything)
            print("\(scene.history.name) on \(scene.face.rawValue): \(run.effects.count) effects")
            print(run.trace)
            for violation in run.violations { print("BROKEN: \(violation)") }
            isGood = isGood && run.violations.isEmpty
        }
        return isGood ? 0 : 1
    }
}

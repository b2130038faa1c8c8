import Reconciling

/// A scene that is set by hand instead of being drawn from a seed: what happens when, and on which platform.
package struct WorldStage: Sendable {
    /// What happens, counted from the operator's first start.
    var entries: [(at: Duration, edit: WorldEdit)]
    /// What lasts for a while.
    var spells: [(from: Duration, until: Duration, edit: WorldEdit)] = []
    /// How the platforms behave.
    var faces: WorldFaces
    /// How long a change of a file takes to be noticed at most, beside the time between two looks.
    var lag = Duration.milliseconds(100)
    /// How often the operator looks at requests and at what waits for the deletion guard.
    var tick = Duration.seconds(3)
    /// How long the operator is gone when it has been cut off.
    var rest = Duration.seconds(3)

    /// When the last thing happens.
    var length: Duration { (entries.map(\.at) + spells.map(\.until)).max() ?? .zero }

    /// What happens, where the operator first starts at a moment; strangers have bought before.
    func history(from start: Duration) -> WorldHistory {
        let moments = entries.map { at, edit in
            if case .foreign = edit { return WorldEntry(at: .zero, until: nil, edit: edit) }
            return WorldEntry(at: start + at, until: nil, edit: edit)
        }
        return WorldHistory(
            moments + spells.map { WorldEntry(at: start + $0.from, until: start + $0.until, edit: $0.edit) }
        )
    }

    /// Whether what lives in the end is told by the files alone: a cap that does not pay for all slots keeps what happens
    /// to live, and buys nothing.
    var isDetermined: Bool {
        var files: [String: [WorldWish]] = [:]
        for case (_, .write(let file, let wishes)) in entries { files[file] = wishes }
        return files.values.joined().allSatisfy(\.isAffordable)
    }

    /// Waits that are short against those of a real operator, in the same order of length.
    static var policy: ReconcilePolicy {
        var policy = ReconcilePolicy()
        policy.tombstoneLooks = [.seconds(20), .seconds(60)]
        policy.provisioningTimeout = .seconds(40)
        policy.pollSettled = .seconds(20)
        policy.offerRest = .seconds(30)
        policy.deleteAgain = .seconds(20)
        policy.windowGrace = .seconds(20)
        policy.scaling.up = .seconds(10)
        policy.scaling.down = .seconds(40)
        return policy
    }
}

extension WorldWish {
    /// Whether the cap pays for all slots.
    fileprivate var isAffordable: Bool { cap.map { $0 >= need } ?? true }
}

extension WorldRun.Plan {
    /// A scene that is set by hand, in which the process is cut off at certain points.
    init(_ stage: WorldStage, crashes: [CrashPoint]) {
        self.init(stage.faces.variant)
        self.stage = stage
        self.crashes = crashes
        mortality = .immortal
        policy = WorldStage.policy
        history = stage.length + .seconds(1)
        tail = .seconds(1500)
        stillness = .seconds(45)
    }
}

import Intents
import Placement
import Reconciling

extension WorldRun.Progress {
    /// The next life in a scene that is set by hand: it ends where the next crash is planned.
    func nextLife(_ crashes: [CrashPoint]) -> ProcessLife {
        ProcessLife(endingAt: kills < crashes.count ? crashes[kills] : nil, after: effects)
    }
}

extension WorldRun {
    /// Whether a run has come to its end before its tail is over: nothing is on its way, nothing has changed for long,
    /// and the end would be judged well.
    ///
    /// A loss that is not believed yet is no end. A drawn history that still holds what ends by time is played to the end
    /// of its tail, and so is one seed of four.
    var isSettled: Bool {
        let now = executor.clock.now.offset
        guard now >= quietFrom, nextMoment == nil else { return false }
        let (bornAt, isHeldUp) = progress.withLock { ($0.bornAt, !$0.frozen.isEmpty) }
        guard !isHeldUp else { return false }
        let lastNews = judge.with { max($0.lastMutation, $0.lastWrite, bornAt, quietFrom) }
        guard lastNews < now - plan.stillness - (plan.stage == nil ? Self.margin : .zero) else { return false }
        guard disk.durable.records.values.allSatisfy({ $0.phase == .live }) else { return false }
        return (plan.stage != nil || (!seed.isMultiple(of: 4) && !endsByTime)) && wouldEndWell
    }

    /// How much longer than it is judged for a drawn history must have been still.
    private static let margin = Duration.seconds(30)

    /// Whether something of a present intent is going to end by time alone: a job's timeout, a window, a total cap.
    private var endsByTime: Bool {
        let holders = Set(disk.durable.records.values.map(\.key.rawValue))
        return folder.intents.contains { intent in
            let limits = intent.spec.constraints
            if limits.availability != nil { return true }
            guard holders.contains(intent.name) else { return false }
            return intent.spec.workload.kind != .service || limits.maxTotalCost != nil || limits.deadline != nil
        }
    }

    /// Whether nothing would be found broken were this the end.
    private var wouldEndWell: Bool {
        let before = judge.findings
        judgeEnd()
        defer { judge.with { $0 = before } }
        return !judge.hasBreach
    }

    /// What of ours lives and can be seen, in words that do not tell one purchase from an equal one; not at which price, since
    /// which offers have disappointed is forgotten in a crash.
    var outcome: [String] {
        judge.alive(disk.durable.records).filter { !$0.isDenied }.map { holding in
            "\(holding.intent)/\(holding.slot) \(holding.phase.rawValue) on \(holding.platform.rawValue), "
                + "\(holding.gpuCount) GPUs"
        }
        .sorted()
    }
}

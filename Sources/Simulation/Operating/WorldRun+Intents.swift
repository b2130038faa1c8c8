import Intents
import Placement
import Reconciling

extension WorldRun {
    /// How long after the last disturbance the platform that is not out must have done all that is written.
    private static let isolationTime = Duration.seconds(660)

    /// Whether an intent is as written, by the books.
    func judgeIntent(_ intent: Intent, _ holdings: [WorldHolding], _ durable: SimulatedDisk.Content) {
        let complaints = complaints(of: intent, holdings, durable)
        guard !complaints.isEmpty else { return }
        for complaint in complaints { judge.blame(.convergence, complaint) }
    }

    /// While one platform is out, what lives on the other alone becomes as written all the same.
    func judgeIsolation(at now: Duration) {
        guard now >= quietFrom + Self.isolationTime, let out = history.outage(beyond: now),
            progress.withLock({ progress in
                defer { progress.isIsolationJudged = true }
                return !progress.isIsolationJudged
            })
        else { return }
        judge.count("other outages judged")
        let durable = disk.durable
        // The last of many that are replaced one after the other may still be on its way out.
        let staying = judge.alive(durable.records).filter { holding in
            !isHeldInDoubt(holding, durable) && durable.records[holding.attempt]?.ending?.reason != .replaced
        }
        let living = Dictionary(grouping: staying, by: \.intent)
        let healthy = (out == .flexai ? PlatformName.flare : .flexai).rawValue
        for intent in folder.intents where intent.spec.constraints.providers == [healthy] {
            guard intent.spec.workload.kind == .service else { continue }
            // What it held on the platform that is out cannot be released before that one is back.
            // Its end cannot be confirmed either: until then it counts under the intent's caps.
            let key = IntentKey(rawValue: intent.name)
            let holds = durable.records.values.contains {
                $0.key == key && $0.purchase.platform == out && $0.phase != .tombstone
            }
            // Many that are replaced one by one take long, and the last of them is on its way.
            let isMoving = judge.with { state in
                state.opened.values.contains { $0.key == intent.name && now - $0.at < WorldJudge.patience }
            }
            guard !isMoving else { continue }
            guard !holds, !(living[intent.name] ?? []).contains(where: { $0.platform == out }) else { continue }
            for complaint in complaints(of: intent, living[intent.name] ?? [], durable) {
                judge.blame(.isolation, "\(complaint), while only \(out.rawValue) is out")
            }
        }
    }

    private func complaints(
        of intent: Intent,
        _ holdings: [WorldHolding],
        _ durable: SimulatedDisk.Content
    ) -> [String] {
        let spec = intent.spec
        let key = IntentKey(rawValue: intent.name)
        let rows = durable.records.values.filter { $0.key == key }
        let override = durable.overrides[key]
        let cost = holdings.reduce(Money.zero) { $0 + $1.hourly }
        let words = "\(intent.name): \(WorldJudge.names(holdings))"
        if override?.pause != nil || spec.paused != nil { return [] }
        if let suspension = override?.suspension ?? spec.suspend {
            let kept = suspension.mode == .stop ? holdings.filter { $0.phase != .stopped } : holdings
            if !kept.isEmpty { return ["\(words) live while it is suspended (\(suspension.mode.rawValue))"] }
            return holdings.count > spec.workload.wantedSlots ? ["\(words) are kept, too many"] : []
        }
        // Every timeout is shorter than the tail.
        if spec.workload.kind != .service { return holdings.isEmpty ? [] : ["\(words) live after the job's timeout"] }
        // Who waits for an intent that is not there begins nothing.
        let names = Set(folder.intents.map(\.name))
        if holdings.isEmpty, !spec.dependsOn.allSatisfy(names.contains) { return [] }
        let slots = holdings.map(\.slot).sorted()
        let wished = spec.autoscaling.map { $0.clamp(holdings.count) } ?? spec.workload.wantedSlots
        let wanted = holdings.contains { $0.platform == .flare } ? 1 : wished
        guard slots == Array(Set(slots)).sorted(), slots.count <= wanted else {
            return ["\(words): slots \(slots), wanted are \(wanted)"]
        }
        if rows.contains(where: { $0.phase == .unknown || $0.phase == .unverified }) { return [] }
        let shelf = Shelf(world, at: executor.clock.timestamp)
        guard let price = shelf.lowestPrice(for: spec) else { return [] }
        let missing = holdings.contains { $0.platform == .flare } ? 0 : wanted - holdings.count
        let cap = spec.hourlyCapUnasked
        let isPayable = cap.map { cost + price * missing <= $0 && price * spec.workload.wantedSlots <= $0 } ?? true
        guard isPayable else { return [] }
        var complaints: [String] = []
        // Who shares a quota may have to wait for the others.
        let mayWait = !intent.labels.isEmpty || spec.constraints.maxTotalCost != nil
        if slots != Array(0..<wanted), !mayWait { complaints.append("\(words): slots \(slots), wanted 0..<\(wanted)") }
        for holding in holdings {
            if holding.phase != .running {
                complaints.append("\(holding.id) of \(intent.name) is \(holding.phase.rawValue)")
            }
            if let row = rows.first(where: { $0.id?.rawValue == holding.id }),
                row.shape != shape(intent, holding.platform), !mayWait, !isStuckBeside(row)
            {
                complaints.append("\(holding.id) of \(intent.name) is of an older shape")
            }
        }
        return complaints
    }

    /// Whether what was bought in a row's place never ran: then what runs stays, and a person is told.
    private func isStuckBeside(_ row: AllocationRecord) -> Bool {
        let platform = row.purchase.platform
        let opened = judge.with { $0.opened }
        let purchases = world.withState { state in
            state.withEstate(of: platform, at: executor.clock.timestamp) { $0.purchases }
        }
        return (purchases ?? []).contains { purchase in
            purchase.isStuck && purchase.attempt.flatMap { opened[$0]?.replaces } == row.attempt
        }
    }

    private func shape(_ intent: Intent, _ platform: PlatformName) -> String {
        intent.fingerprints.shape(for: platform == .flexai ? .instance : .wholeIntent)
    }
}

/// What both platforms sell at a moment.
private struct Shelf {
    private let wares: [PlatformName: [SimulatedWare]]

    /// The shelves as they are.
    init(_ world: SimulatedWorld, at now: Timestamp) {
        var wares: [PlatformName: [SimulatedWare]] = [:]
        for platform in WorldJudge.platforms {
            wares[platform] = world.withState { $0.withEstate(of: platform, at: now) { $0.shelf } }
        }
        self.wares = wares
    }

    /// The least that one slot costs in an hour on any platform that an intent allows; nil where none sells it.
    func lowestPrice(for spec: IntentSpec) -> Money? {
        guard let gpu = spec.workload.resources.gpu else { return nil }
        let allowed = WorldJudge.platforms.filter { spec.constraints.providers.contains($0.rawValue) }
        // The dearest platform that is allowed: an intent may live on any of them.
        let prices = allowed.compactMap { platform in
            wares[platform]?.filter { $0.chip.model == gpu.model }.map(\.price).min()
        }
        return prices.max().map { $0 * gpu.count }
    }
}

extension WorldHistory {
    /// When the last of what lasts is over.
    var lastEnd: Duration { entries.lazy.compactMap(\.until).max() ?? .zero }

    /// The platform that is out beyond a moment; nil where none is.
    func outage(beyond now: Duration) -> PlatformName? {
        entries.lazy.compactMap { entry -> PlatformName? in
            guard let until = entry.until, until > now, case .fault(let platform, _, _) = entry.edit else { return nil }
            return platform
        }.first
    }
}

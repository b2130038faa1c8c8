import Intents
import Placement
import Reconciling

extension WorldRun {
    /// Lets something begin, or end.
    func happen(_ moment: WorldHistory.Moment, to process: WorldProcess?) {
        let entry = moment.entry
        judge.note(moment.isEnd ? "over" : "edit", entry.words)
        if entry.until != nil {
            progress.withLock { progress in
                if moment.isEnd {
                    if let place = progress.spells.firstIndex(of: entry) { progress.spells.remove(at: place) }
                } else {
                    progress.spells.append(entry)
                }
            }
            if !moment.isEnd { judge.count("edit \(entry.edit.word)") }
            if entry.edit == .freeze { freeze(moment.isEnd ? nil : process) }
            // Who changes the settings has the operator begin anew.
            if case .setting = entry.edit { process?.drain() }
            return enforce(entry.edit)
        }
        judge.count("edit \(entry.edit.word)")
        switch entry.edit {
        case .write(let file, let wishes): write(file, wishes)
        case .ask(let verb): ask(verb)
        case .befall(let platform, let kind, let call, let times):
            _ = world.obey(.befall(platform, kind, call, times: times), at: executor.clock.timestamp)
        case .strike(let platform, let ending): strike(platform, ending)
        case .foreign(let platform): buyAsStranger(on: platform)
        case .kill(let points, let rest):
            guard plan.mortality == .mortal, let process else { return }
            progress.withLock { $0.rest = rest }
            process.life.end(afterPoints: points)
        case .drain: process?.drain()
        case .copyLedger: disk.makeCopy()
        case .putBackLedger:
            progress.withLock { $0.putsBack = true }
            process?.drain()
        case .load(let intent, let percent): burden(intent, percent)
        default: break
        }
    }

    /// Lets a process stand still, or all that do so go on.
    func freeze(_ process: WorldProcess?) {
        guard let process else {
            let frozen = progress.withLock { progress in
                defer { progress.frozen = [] }
                return progress.frozen
            }
            for life in frozen { life.thaw() }
            let now = judge.now
            if !frozen.isEmpty { judge.with { $0.standstill?.until = now } }
            return
        }
        guard plan.mortality == .mortal else { return }
        process.life.freeze()
        let now = judge.now
        judge.with { $0.standstill = (now, .seconds(Int64.max / 4)) }
        progress.withLock { $0.frozen.append(process.life) }
    }

    private func ask(_ verb: OperatorRequest.Verb) {
        switch verb {
        case .resume(let key): expect(key.rawValue, upTo: wantedSlots(of: key.rawValue))
        case .complete(let key, let slot, _): expect(key.rawValue, from: slot, upTo: slot + 1)
        case .permit(let key, let permission) where permission.purpose == .deviation:
            let spec = folder.intents.first { $0.name == key.rawValue }?.spec
            judge.setCap(spec?.hourlyCap(within: permission.deviation), of: key.rawValue)
        case .suspend, .pause, .reconcile, .adopt, .abandon, .approve, .permit: break
        }
        disk.ask(verb, at: wall.now)
    }

    /// A load that changes may ask for as many replicas as the intent allows.
    private func burden(_ name: String, _ percent: Int?) {
        loads.set(percent, of: name)
        let now = judge.now
        judge.with { state in
            state.changed[name] = now
            state.lives.unmeasuredSince[name] = percent == nil ? state.lives.unmeasuredSince[name] ?? now : nil
        }
        let most = folder.intents.first { $0.name == name }?.spec.autoscaling?.maxReplicas ?? 0
        expect(name, upTo: most)
    }

    private func wantedSlots(of name: String) -> Int {
        folder.intents.first { $0.name == name }?.spec.workload.wantedSlots ?? 0
    }

    /// Notes that slots may be bought anew.
    private func expect(_ name: String, from first: Int = 0, upTo end: Int) {
        judge.with { state in
            for slot in first..<max(first, end) {
                state.asked[WorldFindings.Slot(intent: name, number: slot), default: 0] += 1
            }
        }
    }

    private func write(_ file: String, _ wishes: [WorldWish]) {
        let now = judge.now
        let names = Set(folder.intents(in: file).map(\.name)).union(wishes.map(\.name))
        let before = folder.intents
        folder.write(file, wishes.map(\.intent))
        let present = Set(folder.intents.map(\.name))
        for name in names {
            judge.with { state in
                state.changed[name] = now
                if present.contains(name) { state.removed.remove(name) } else { state.removed.insert(name) }
            }
        }
        // Another file may have the first word.
        for intent in folder.intents where names.contains(intent.name) {
            expect(intent, after: before.first { $0.name == intent.name })
        }
    }

    /// Notes what an intent may let be bought that was another one, or none, before.
    private func expect(_ intent: Intent, after old: Intent?) {
        let (name, spec, now) = (intent.name, intent.spec, judge.now)
        let slots = spec.workload.wantedSlots
        judge.setCap(spec.hourlyCapUnasked, of: name)
        let settings = settings
        judge.with { state in
            state.lives.totals[name] = spec.constraints.maxTotalCost
            if let team = WorldWish.Team.allCases.first(where: { $0.quota.selector == intent.labels }) {
                state.teams[name] = team
                state.quotas[team]?.set(settings.quota(of: team), at: now)
            }
        }
        // What a closed window takes away is bought anew.
        if spec.constraints.availability != nil { expect(name, upTo: slots) }
        guard let old = old?.spec else { return expect(name, upTo: slots) }
        let isOther =
            old.workload.image != spec.workload.image
            || old.workload.resources.gpu != spec.workload.resources.gpu
            || old.constraints != spec.constraints || old.suspend != nil && spec.suspend == nil
            || spec.workload.kind != .service && old != spec
        // One allocation on FLARE carries all slots, and is another one for another number.
        let oldSlots = old.workload.wantedSlots
        if isOther {
            expect(name, upTo: slots)
        } else if slots != oldSlots {
            if spec.constraints.providers != WorldWish.Place.flexai.providers { expect(name, upTo: 1) }
            expect(name, from: oldSlots, upTo: slots)
        }
    }

    /// The platform loses something, or takes it back, where something lives.
    private func strike(_ platform: PlatformName, _ ending: SimulatedPurchase.Ending?) {
        let now = executor.clock.timestamp
        let phase = platform == .flexai ? SimulatedFlexAI.preemptedPhase : SimulatedFLARE.preemptedPhase
        world.withState { state in
            var dice = state.dice
            _ = state.withEstate(of: platform, at: now) { estate in
                guard let serial = estate.anyAlive(dice: &dice) else { return }
                if ending == nil { estate.preempt(serial, to: phase) } else { estate.lose(serial) }
            }
            state.dice = dice
        }
    }

    /// Somebody else buys with the same account.
    private func buyAsStranger(on platform: PlatformName) {
        let number = progress.withLock { progress in
            progress.strangers += 1
            return progress.strangers
        }
        let request = platform == .flexai ? flexaiStranger(number) : flareStranger(number)
        _ = world.handle(request, to: platform, at: executor.clock.timestamp)
    }

    private func flexaiStranger(_ number: Int) -> SimulatedRequest {
        let body = """
            {"gpu_type": "nvidia-t4", "gpu_count": 1, "cpu_cores": 8, "ram_gb": 32, "user_id": "stranger-\(number)",
             "environment": "jupyter", "frameworks": []}
            """
        return SimulatedRequest(
            method: "POST",
            target: "/v1/compute/instances",
            headers: [
                ("Authorization", "Bearer \(faces.flexai.key)"), ("X-Organization-ID", faces.flexai.organization),
                ("Content-Type", "application/json"),
            ],
            body: Array(body.utf8)
        )
    }

    /// A stranger whose names are like ours.
    private func flareStranger(_ number: Int) -> SimulatedRequest {
        let body = """
            {"intent": {"objective": "Cost_Minimization", "workload": {"type": "service",
             "name": "intent-\(number)-0badcafe", "image": "x:1", "resources": {"gpu": {"model": "nvidia-t4"}}}}}
            """
        return SimulatedRequest(
            method: "POST",
            target: "/api/v1/intents",
            headers: [("Authorization", "Bearer \(faces.flare.token)"), ("Content-Type", "application/json")],
            body: Array(body.utf8)
        )
    }
}

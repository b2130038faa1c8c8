import Intents
import Placement
import Reconciling

extension WorldRun {
    /// Makes the world as the spells have it that last at the moment, as far as one of this kind touches it.
    func enforce(_ edit: WorldEdit) {
        let spells = progress.withLock { $0.spells.map(\.edit) }
        switch edit {
        case .fault(let platform, _, _), .slowness(let platform, _): setFaults(platform, spells)
        case .price(let platform, let ware, _), .soldOut(let platform, let ware): setShelf(platform, ware, spells)
        case .noCredit:
            let isBroke = spells.contains { if case .noCredit = $0 { true } else { false } }
            _ = world.obey(.setCredit(isBroke ? .exhausted : .enough), at: executor.clock.timestamp)
        case .invalid(let file): folder.setValid(!spells.contains(edit), file)
        case .unreadable: folder.setReadable(!spells.contains(.unreadable))
        case .lie:
            let lies = spells.compactMap { if case .lie(let lie) = $0 { lie } else { nil } }
            folder.setLie(lies.first)
            // Who believes an older file may spend what that one allows.
            for intent in folder.read().sorted(by: { $0.key < $1.key }).flatMap(\.value.intents) {
                judge.setCap(intent.spec.constraints.maxHourlyCost, of: intent.name)
            }
            expectEverything()
        case .setting:
            let (settings, now) = (settings, judge.now)
            judge.with { state in
                for team in WorldWish.Team.allCases { state.quotas[team]?.set(settings.quota(of: team), at: now) }
                state.bars.set(settings.approvalBar, at: now)
            }
        case .release: setReleases(spells)
        case .full, .unsure:
            noteFull(spells.contains(.full) || spells.contains(.unsure))
            disk.setFull(spells.contains(.full))
            disk.setUnsure(spells.contains(.unsure))
        case .clock:
            let errors = spells.compactMap { if case .clock(let error) = $0 { error } else { nil } }
            wall.set(wrongBy: errors.reduce(.zero, +))
            let now = judge.now
            judge.with { $0.marketChanged = now }
        case .way:
            let ways = spells.compactMap { if case .way(let way) = $0 { way } else { nil } }
            for wire in wires.values { wire.setLongestWay(ways.max() ?? .milliseconds(30)) }
        default: break
        }
    }

    /// What the settings say at the moment that is other than usual.
    var settings: [WorldSetting] {
        progress.withLock { progress in
            progress.spells.compactMap { if case .setting(let setting) = $0.edit { setting } else { nil } }
        }
    }

    private func setReleases(_ spells: [WorldEdit]) {
        let releases = spells.compactMap { if case .release(let release) = $0 { release } else { nil } }
        let (flexai, flare) = faces.with(releases)
        world.withState { state in
            var flexai = flexai
            flexai.credit = state.flexai.platform.settings.credit
            state.flexai.platform.settings = flexai
            state.flare.platform.settings = flare
        }
    }

    /// Notes that nothing can be written, as far as the operator knows, or that it can again.
    private func noteFull(_ isFull: Bool) {
        let now = judge.now
        judge.with { findings in
            let lasts = findings.diskFull.map { $0.until > now } ?? false
            if isFull, !lasts { findings.diskFull = (now, .seconds(Int64.max / 4)) }
            if !isFull, lasts { findings.diskFull?.until = now }
        }
    }

    private func setFaults(_ platform: PlatformName, _ spells: [WorldEdit]) {
        var faults = FaultPlan()
        faults.lateness = .seconds(20)
        for case .fault(platform, let kind, let permille) in spells {
            faults.permille[kind] = max(permille, faults.permille[kind] ?? 0)
        }
        for case .slowness(platform, let span) in spells { faults.answerLateness = span }
        let plan = faults
        world.withState { state in
            if platform == .flexai { state.flexai.faults = plan } else { state.flare.faults = plan }
        }
    }

    private func setShelf(_ platform: PlatformName, _ ware: String, _ spells: [WorldEdit]) {
        let usual = (platform == .flexai ? WorldWish.market.flexai : WorldWish.market.flare).first { $0.name == ware }
        guard let usual else { return }
        var percent = 100
        var isSoldOut = false
        for spell in spells {
            if case .price(platform, ware, let share) = spell { percent = share }
            if spell == .soldOut(platform, ware: ware) { isSoldOut = true }
        }
        let price = Money(micros: usual.price.micros / 100 * Int64(percent))
        let now = executor.clock.timestamp
        let old = world.withState { state in
            state.withEstate(of: platform, at: now) { estate -> (Int, Money)? in
                guard let place = estate.ware(named: ware) else { return nil }
                let old = estate.shelf[place].price
                estate.shelf[place].price = price
                estate.shelf[place].capacity = isSoldOut ? 0 : usual.capacity
                return (place, old)
            } ?? nil
        }
        if let old { judge.hadPrice(old.1, ware: old.0, on: platform) }
    }

    /// What the source shows instead of what it holds may let everything be bought anew.
    private func expectEverything() {
        let now = judge.now
        judge.with { state in
            for name in state.changed.keys {
                state.changed[name] = now
                for slot in 0..<WorldWish.mostSlots {
                    state.asked[WorldFindings.Slot(intent: name, number: slot), default: 0] += 1
                }
            }
        }
    }
}

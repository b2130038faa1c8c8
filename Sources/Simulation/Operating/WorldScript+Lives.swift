import Intents
import Placement
import Reconciling

/// What an intent does in a history of lives.
private enum Role: CaseIterable {
    /// A service whose total is used up before its time, because its load is high.
    case spends
    /// A job whose total pays for its timeout, or does not.
    case affords
    /// A service that is closed for a while.
    case closes
    /// A job that may not begin for a while.
    case awaitsOpening
    /// Three services, each of which depends on the next.
    case depends
    /// Three services whose dependencies change, now and then to a circle for a while.
    case rewires
    /// A service that moves from file to file.
    case wanders
    /// A service that follows its load.
    case scales
    /// A service that changes again and again.
    case changes
    /// Services that share a quota of GPUs which is too small.
    case shares
    /// Services that share a quota of money which is too small.
    case saves
    /// A service whose cap is too low, and may be passed by a little, or by more with a person's word.
    case bargains
    /// A job of which tasks fail.
    case fails
    /// A job whose tasks are done.
    case ends
    /// A job that nobody ends.
    case lasts
}

extension WorldScript {
    /// How many roles there are in one history.
    private static let rolesAtATime = 6

    /// A history in which intents live by money, by the clock, by load and by each other, with fewer faults than others.
    mutating func live() {
        for platform in strangersPlatforms { add(.zero, .foreign(platform)) }
        var roles = Role.allCases
        for _ in 0..<Self.rolesAtATime { play(roles.remove(at: Int(number(0...Int64(roles.count - 1))))) }
        var at = start + .seconds(10)
        while at < start + .seconds(330) {
            switch number(0...3) {
            case 0: storm(at)
            case 1: trouble(at)
            case 2: die(at)
            default: break
            }
            at += .seconds(number(5...45))
        }
        // A source that lies begins lives anew, and a price that changes makes money last longer than a history.
        entries.removeAll { entry in
            switch entry.edit {
            case .lie, .price, .invalid: true
            default: false
            }
        }
    }

    private mutating func play(_ role: Role) {
        switch role {
        case .spends: spend()
        case .affords: afford()
        case .closes: close()
        case .awaitsOpening: awaitOpening()
        case .depends: depend()
        case .rewires: rewire()
        case .wanders: wander()
        case .scales: scale()
        case .changes: change()
        case .shares: share()
        case .saves: save()
        case .bargains: bargain()
        case .fails: fail()
        case .ends: end(tasks: Int(number(1...3)))
        case .lasts: emerge(job(.seconds(number(60...300))), start)
        }
    }

    /// A wish without caps, on FlexAI where it is not said otherwise.
    private mutating func wish(slots: ClosedRange<Int64> = 1...2) -> WorldWish {
        born += 1
        return WorldWish(
            name: "intent-\(born)",
            slots: Int(number(slots)),
            chip: any(WorldWish.Chip.all),
            gpus: Int(number(1...2))
        )
    }

    private mutating func job(_ timeout: Duration, tasks: ClosedRange<Int64> = 1...2) -> WorldWish {
        var wish = wish(slots: tasks)
        wish.jobTimeout = timeout
        return wish
    }

    /// Writes a wish into a file of its own.
    private mutating func emerge(_ wish: WorldWish, _ at: Duration) { write(at, "\(wish.name).yaml", [wish]) }

    private mutating func spend() {
        // A cap must pay for an hour of the least that is wanted, which the most of it costs in a quarter.
        var wish = wish(slots: 1...1)
        wish.mostReplicas = WorldWish.mostSlots
        wish.paidTime = .seconds(number(3600...4200))
        let at = start + .seconds(number(0...60))
        emerge(wish, at)
        add(at + .seconds(number(5...60)), .load(intent: wish.name, percent: 100))
    }

    private mutating func afford() {
        // What the cap pays for beyond the timeout may be less than the margin: released before its timeout, not at once.
        var wish = job(.seconds(number(160...300)), tasks: 1...3)
        let timeout = wish.jobTimeout ?? .zero
        wish.paidTime = chance(3) ? timeout / 2 : timeout + .seconds(number(30...200))
        emerge(wish, start + .seconds(number(0...200)))
    }

    private mutating func close() {
        var wish = wish()
        wish.place = any(WorldWish.Place.allCases)
        let from = start + .seconds(number(100...500))
        wish.closure = WorldWish.Closure(from: from, until: from + .seconds(number(350...450)))
        emerge(wish, start + .seconds(number(0...60)))
    }

    private mutating func awaitOpening() {
        var wish = job(.seconds(number(60...200)))
        wish.closure = WorldWish.Closure(from: .zero, until: start + .seconds(number(150...500)))
        emerge(wish, start)
    }

    private mutating func depend() {
        var chain = [wish(slots: 1...1), wish(slots: 1...1), wish(slots: 1...1)]
        for place in chain.indices.dropFirst() { chain[place].dependsOn = [chain[place - 1].name] }
        for place in chain.indices { chain[place].place = any([.flexai, .flare]) }
        // Whoever depends on another one is there first as often as not.
        let isForward = chance(2)
        for (order, wish) in (isForward ? chain : chain.reversed()).enumerated() {
            emerge(wish, start + .seconds(Int64(order) * number(0...20)))
        }
        guard chance(2) else { return }
        let at = start + .seconds(number(360...580))
        for (order, wish) in chain.enumerated() {
            write(at + .milliseconds(Int64(order) * 300), "\(wish.name).yaml", [])
        }
    }

    private mutating func rewire() {
        var all = [wish(slots: 1...2), wish(slots: 1...1), wish(slots: 1...1)]
        for place in all.indices { all[place].place = any([.flexai, .flare]) }
        var at = start
        for place in all.indices { emerge(all[place], at + .seconds(number(0...20))) }
        for _ in 0..<number(2...5) {
            at += .seconds(number(20...100))
            let place = Int(number(0...2))
            // Whom it depends on: nobody, one or both of the others, and so now and then on who depends on it.
            all[place].dependsOn = all.indices.filter { $0 != place && chance(2) }.map { all[$0].name }
            if chance(3) { all[place].image += 1 }
            emerge(all[place], at)
        }
        // In the end the last depends on the first, and no circle is left.
        at += .seconds(number(20...100))
        for place in all.indices {
            all[place].dependsOn = place == 2 ? [all[0].name] : []
            emerge(all[place], at + .milliseconds(number(0...3_000)))
        }
        guard chance(2) else { return }
        for place in all.indices { write(at + .seconds(number(5...60)), "\(all[place].name).yaml", []) }
    }

    private mutating func wander() {
        var wish = wish(slots: 1...3)
        wish.place = any(WorldWish.Place.allCases)
        wish.team = any([nil, .shared, .thrifty])
        if wish.team == .thrifty { wish.chip = WorldWish.Chip.all[4] }
        var (here, there) = ("m-\(wish.name).yaml", any(["a-\(wish.name).yaml", "z-\(wish.name).yaml"]))
        var at = start + .seconds(number(0...60))
        write(at, here, [wish])
        for _ in 0..<number(2...5) {
            at += .seconds(number(20...90))
            // With a moment in both, at once, or with a moment in neither.
            let lag = Duration.milliseconds(any([number(100...30_000), 0, -number(100...10_000)]))
            if chance(3) { wish.slots = Int(number(1...3)) }
            write(at + max(.zero, .zero - lag), there, [wish])
            write(at + max(.zero, lag), here, [])
            swap(&here, &there)
        }
    }

    private mutating func scale() {
        var wish = wish(slots: 1...1)
        wish.mostReplicas = 3
        emerge(wish, start)
        var at = start + .seconds(number(20...120))
        for percent in [100, nil, any([0, 60, 100]), any([nil, 0])] as [Int?] {
            add(at, .load(intent: wish.name, percent: percent))
            at += .seconds(number(100...150))
        }
    }

    private mutating func change() {
        var wish = wish(slots: 2...3)
        wish.capPercent = any([nil, 100, 160])
        var at = start
        for image in 0...Int(number(1...3)) {
            wish.image = image
            emerge(wish, at)
            at += .seconds(number(60...180))
        }
    }

    private mutating func share() {
        for _ in 0..<3 {
            var wish = wish(slots: 2...3)
            wish.gpus = 2
            wish.team = .shared
            emerge(wish, start + .seconds(number(0...200)))
        }
    }

    private mutating func save() {
        for _ in 0..<3 {
            var wish = wish(slots: 1...3)
            wish.chip = any(WorldWish.Chip.all.filter { $0.flexai < Money(micros: 1_000_000) })
            wish.place = any(WorldWish.Place.allCases)
            wish.team = .thrifty
            let at = start + .seconds(number(0...200))
            emerge(wish, at)
            guard chance(2) else { continue }
            wish.image = 1
            emerge(wish, at + .seconds(number(100...300)))
        }
    }

    private mutating func bargain() {
        var wish = wish()
        // It is short of four in a hundred, which is taken unasked, or of eleven, for which a person is asked.
        wish.capPercent = any([96, 90])
        var block = Negotiation()
        block.timeoutSeconds = Int(number(60...200))
        block.fallback = any([.queue, .lowerTier])
        wish.bargain = block
        let at = start + .seconds(number(0...100))
        emerge(wish, at)
        guard chance(2) else { return }
        let permission = Permission(.deviation, generation: 1, upTo: wish.need, deviation: block.radii.last)
        for _ in 0..<2 {
            add(at + .seconds(number(20...200)), .ask(.permit(IntentKey(rawValue: wish.name), permission)))
        }
    }

    private mutating func fail() {
        var wish = job(.seconds(300), tasks: 1...2)
        wish.retries = Int(number(0...1))
        emerge(wish, start)
        for step in 1...4 {
            let at = start + .seconds(Int64(step) * number(60...110))
            add(at, .ask(.complete(IntentKey(rawValue: wish.name), slot: 0, .failed)))
            // Said again, because nobody has answered.
            if chance(2) { add(at + .seconds(2), .ask(.complete(IntentKey(rawValue: wish.name), slot: 0, .failed))) }
        }
    }

    private mutating func end(tasks: Int) {
        var wish = job(.seconds(300), tasks: Int64(tasks)...Int64(tasks))
        wish.firstWins = chance(3)
        let key = IntentKey(rawValue: wish.name)
        emerge(wish, start)
        var at = start + .seconds(number(60...120))
        for slot in 0..<tasks {
            add(at, .ask(.complete(key, slot: slot, .completed)))
            at += .seconds(number(1...60))
        }
        for _ in 0..<3 {
            at += .seconds(number(20...60))
            add(at, .ask(chance(2) ? .resume(key) : .reconcile(key)))
        }
    }
}

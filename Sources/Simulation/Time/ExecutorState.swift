import Glibc

/// What a deterministic executor remembers; all of it decided by the seed and by what ran so far.
struct ExecutorState: Sendable {
    /// Virtual time.
    private(set) var now = VirtualClock.Instant(offset: .zero)
    /// Jobs that could run now.
    var ready: [UnownedJob] = []
    /// What decides the order.
    var dice: Dice
    /// A hash of everything that was decided or noted.
    private(set) var trace: UInt64 = 0xCBF2_9CE4_8422_2325
    /// How many jobs have run.
    private(set) var steps = 0
    /// How often there was a choice.
    private(set) var choices = 0
    /// The thread that runs everything; nil while nothing runs.
    var thread: pthread_t?
    /// The first tasks of runs that were halted before their end.
    var halted: [Task<Void, Never>] = []
    private var timers = TimerHeap()
    private var sleepers: [UInt64: Sleeper] = [:]
    private var lastSleeper: UInt64 = 0

    /// A state from which a seed decides everything.
    init(seed: UInt64) { dice = Dice(seed: seed) }

    /// Mixes a number into the trace (FNV-1a over words).
    mutating func note(_ number: UInt64) { trace = (trace ^ number) &* 0x0000_0100_0000_01B3 }

    /// Takes one of the ready jobs, as the dice fall.
    mutating func takeJob() -> UnownedJob? {
        guard !ready.isEmpty else { return nil }
        var place = 0
        if ready.count > 1 {
            place = Int(truncatingIfNeeded: dice.next() % UInt64(ready.count))
            choices += 1
        }
        steps += 1
        note(UInt64(place))
        ready.swapAt(place, ready.count - 1)
        return ready.removeLast()
    }

    /// A name for the next sleeper.
    mutating func nextSleeper() -> UInt64 {
        lastSleeper += 1
        return lastSleeper
    }

    /// Lays a sleeper down.
    mutating func lay(_ sleeper: Sleeper, id: UInt64, until deadline: VirtualClock.Instant) {
        sleepers[id] = sleeper
        timers.insert(TimerHeap.Timer(deadline: deadline, id: id))
    }

    /// Takes a sleeper out before its time; nil where it was woken before.
    mutating func rouse(_ id: UInt64) -> Sleeper? { sleepers.removeValue(forKey: id) }

    /// Moves on to the next deadline that somebody still sleeps for; everybody whose time has come then.
    mutating func passTime() -> [Sleeper] {
        var due: [Sleeper] = []
        while let next = timers.first, due.isEmpty || next.deadline <= now {
            _ = timers.removeFirst()
            guard let sleeper = sleepers.removeValue(forKey: next.id) else { continue }
            if due.isEmpty { now = max(now, next.deadline) }
            due.append(sleeper)
        }
        if !due.isEmpty {
            let (seconds, attoseconds) = now.offset.components
            note(UInt64(bitPattern: seconds))
            note(UInt64(bitPattern: attoseconds))
        }
        return due
    }

    /// Forgets everything that was pending.
    mutating func abandonAll() {
        ready.removeAll()
        timers.removeAll()
        sleepers.removeAll()
        thread = nil
    }
}

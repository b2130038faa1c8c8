import Intents
import Testing

@testable import Reconciling

/// Time and duplicates, and nothing else; checked against a plain model.
@Suite struct ScheduleTests {
    private static func key(_ number: Int) -> IntentKey { IntentKey(rawValue: "k\(number)") }

    @Test("most urgent first, then first come first served; each key once")
    func order() {
        var schedule = Schedule()
        for (number, priority) in [(1, Schedule.Priority.poll), (2, .retry), (3, .change), (4, .change), (1, .change)] {
            schedule.add(Self.key(number), priority: priority)
        }
        var keys: [String] = []
        while let key = schedule.next(at: .zero) { keys.append(key.rawValue) }
        #expect(keys == ["k3", "k4", "k1", "k2"])
    }

    @Test("the earlier time wins, and now beats any time")
    func times() {
        var schedule = Schedule()
        schedule.add(Self.key(1), at: .seconds(10), priority: .poll)
        schedule.add(Self.key(1), at: .seconds(5), priority: .poll)
        schedule.add(Self.key(1), at: .seconds(20), priority: .poll)
        #expect(schedule.nextDue() == .seconds(5))
        #expect(schedule.next(at: .seconds(4)) == nil)
        schedule.add(Self.key(1), priority: .change)
        #expect(schedule.nextDue() == nil)
        #expect(schedule.next(at: .zero) == Self.key(1))
        #expect(schedule.next(at: .seconds(100)) == nil)
        schedule.done(Self.key(1))
        #expect(schedule.count == 0)
        #expect(!schedule.isBusy)
    }

    @Test("what was taken off does not come", arguments: [true, false])
    func removed(isRunning: Bool) {
        var schedule = Schedule()
        schedule.add(Self.key(1), priority: .change)
        if isRunning { _ = schedule.next(at: .zero) }
        schedule.add(Self.key(1), priority: .poll)
        schedule.remove(Self.key(1))
        schedule.done(Self.key(1))
        #expect(schedule.next(at: .seconds(1)) == nil)
        #expect(schedule.count == 0)
    }

    @Test("as a plain model would do it", arguments: 0..<UInt64(200))
    func model(seed: UInt64) {
        var dice = StatusDice(seed: seed)
        var schedule = Schedule()
        var due: [Int: Int] = [:]
        var ready: Set<Int> = []
        var running: Set<Int> = []
        var clock = 0
        for _ in 0..<300 {
            let number = Int.random(in: 0..<6, using: &dice)
            switch Int.random(in: 0..<5, using: &dice) {
            case 0:
                schedule.add(Self.key(number), priority: .change)
                ready.insert(number)
                due[number] = nil
            case 1:
                let moment = clock + Int.random(in: 0...20, using: &dice)
                schedule.add(Self.key(number), at: .seconds(moment), priority: .poll)
                if !ready.contains(number) { due[number] = min(due[number] ?? moment, moment) }
            case 2:
                guard running.remove(number) != nil else { continue }
                schedule.done(Self.key(number))
            case 3: clock += Int.random(in: 0...5, using: &dice)
            default:
                for (key, moment) in due where moment <= clock {
                    due[key] = nil
                    ready.insert(key)
                }
                let can = ready.subtracting(running)
                let key = schedule.next(at: .seconds(clock)).flatMap { Int($0.rawValue.dropFirst()) }
                #expect(can.isEmpty == (key == nil), "seed \(seed)")
                guard let key else { continue }
                #expect(can.contains(key), "seed \(seed)")
                ready.remove(key)
                running.insert(key)
            }
            #expect(schedule.count == ready.union(running).union(due.keys).count, "seed \(seed)")
        }
    }
}

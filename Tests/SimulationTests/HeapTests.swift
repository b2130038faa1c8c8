import Intents
import Testing

@testable import Simulation

/// The two heaps that keep the order of time.
@Suite struct HeapTests {
    @Test(arguments: 0..<20)
    func agendaGivesWhatIsDueInOrder(_ seed: Int) {
        var dice = Dice(seed: UInt64(seed))
        var agenda = Agenda()
        var expected: [(at: Int64, serial: Int)] = []
        for serial in 0..<200 {
            let at = Int64.random(in: 0..<50, using: &dice)
            agenda.add(.gone, of: serial, at: second(at))
            expected.append((at, serial))
        }
        expected.sort { ($0.at, $0.serial) < ($1.at, $1.serial) }
        #expect(agenda.next == second(expected[0].at))
        var taken: [Int] = []
        for now in 0..<Int64(50) {
            while let entry = agenda.takeDue(second(now)) {
                #expect(entry.at == second(now))
                taken.append(entry.serial)
            }
        }
        #expect(taken == expected.map(\.serial), "by time, then in the order of adding")
        #expect(agenda.next == nil)
    }

    @Test func agendaKeepsWhatIsNotDue() {
        var agenda = Agenda()
        agenda.add(.booted, of: 1, at: second(10))
        #expect(agenda.takeDue(second(9)) == nil)
        #expect(agenda.takeDue(second(10))?.serial == 1)
        #expect(agenda.takeDue(second(10)) == nil)
    }

    @Test(arguments: 0..<20)
    func timersComeInOrder(_ seed: Int) {
        var dice = Dice(seed: UInt64(seed))
        var heap = TimerHeap()
        for id in 0..<UInt64(100) {
            let offset = Duration.seconds(Int64.random(in: 0..<20, using: &dice))
            heap.insert(TimerHeap.Timer(deadline: VirtualClock.Instant(offset: offset), id: id))
        }
        var last: TimerHeap.Timer?
        var count = 0
        while let timer = heap.removeFirst() {
            if let last { #expect(last.precedes(timer)) }
            last = timer
            count += 1
        }
        #expect(count == 100)
        #expect(heap.first == nil)
    }

    @Test func forgottenTimersNeverCome() {
        var heap = TimerHeap()
        heap.insert(TimerHeap.Timer(deadline: VirtualClock.Instant(offset: .zero), id: 1))
        heap.removeAll()
        #expect(heap.removeFirst() == nil)
    }
}

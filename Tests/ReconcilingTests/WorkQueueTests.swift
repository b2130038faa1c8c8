import Intents
import Testing

@testable import Reconciling

/// Handing out keys: each to one worker at a time, when due, without lost wake-ups and without spinning.
@Suite struct WorkQueueTests {
    private let time = TestTime()
    private static func key(_ number: Int) -> IntentKey { IntentKey(rawValue: "k\(number)") }

    /// Says when keys were reconciled, and can hold workers up.
    private final class Log: Sendable {
        private let state = Locked<(keys: [String], held: [CheckedContinuation<Void, Never>], holds: Bool)>(
            ([], [], false)
        )
        var keys: [String] { state.withLock { $0.keys } }
        var held: Int { state.withLock { $0.held.count } }
        func hold(_ holds: Bool) { state.withLock { $0.holds = holds } }

        func note(_ key: IntentKey) async {
            await withCheckedContinuation { turn in
                let waits = state.withLock { state in
                    state.keys.append(key.rawValue)
                    if state.holds { state.held.append(turn) }
                    return state.holds
                }
                if !waits { turn.resume() }
            }
        }

        func letGo() {
            let held = state.withLock { state in
                let held = state.held
                state.held = []
                state.holds = false
                return held
            }
            for turn in held { turn.resume() }
        }
    }

    /// Runs a queue and a runner around a test, and ends both.
    private func running(
        width: Int = 2,
        again: @escaping @Sendable (IntentKey) -> (after: Duration, priority: Schedule.Priority)? = { _ in nil },
        _ test: (WorkQueue, Log) async -> Void
    ) async {
        let (queue, log) = (WorkQueue(time: time), Log())
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await queue.run() }
            group.addTask {
                await Runner(queue: queue, width: width) { key in
                    await log.note(key)
                    return again(key)
                }.run()
            }
            await test(queue, log)
            queue.close()
            log.letGo()
        }
    }

    @Test("what is added is reconciled, and a key that was added often meanwhile once more")
    func added() async {
        await running { queue, log in
            log.hold(true)
            queue.add([Self.key(1)], priority: .change)
            #expect(await eventually { log.keys == ["k1"] })
            for _ in 0..<10 { queue.add([Self.key(1)], priority: .poll) }
            #expect(!queue.isIdle)
            log.letGo()
            #expect(await eventually { log.keys == ["k1", "k1"] && queue.isIdle })
        }
    }

    @Test("a delayed key comes when its time has come, and not before")
    func delayed() async {
        let time = self.time
        await running(again: { _ in (.seconds(10), .retry) }) { queue, log in
            queue.add([Self.key(1)], priority: .change)
            #expect(await eventually { log.keys.count == 1 && queue.isIdle && time.sleepers == 1 })
            for round in 2...20 {
                time.advance(.milliseconds(9_999))
                for _ in 0..<50 { await Task.yield() }
                #expect(log.keys.count == round - 1)
                time.advance(.milliseconds(1))
                #expect(await eventually { log.keys.count == round && queue.isIdle && time.sleepers == 1 })
            }
        }
    }

    @Test("an earlier time rings the alarm that was set for a later one")
    func earlier() async {
        let time = self.time
        await running(again: { $0 == Self.key(1) ? (.seconds(60), .poll) : (.seconds(1), .retry) }) { queue, log in
            queue.add([Self.key(1)], priority: .change)
            #expect(await eventually { log.keys.count == 1 && queue.isIdle && time.sleepers == 1 })
            queue.add([Self.key(2)], priority: .change)
            #expect(await eventually { log.keys.count == 2 && queue.isIdle })
            for _ in 0..<200 { await Task.yield() }
            time.advance(.seconds(1))
            #expect(await eventually { log.keys.count == 3 }, "the second key, a second later")
        }
    }

    @Test("a due key that nobody can take does not keep the queue spinning")
    func noSpin() async {
        let time = self.time
        await running(width: 1, again: { _ in (.seconds(1), .retry) }) { queue, log in
            queue.add([Self.key(1)], priority: .change)
            #expect(await eventually { log.keys.count == 1 && queue.isIdle })
            log.hold(true)
            queue.add([Self.key(2)], priority: .change)
            #expect(await eventually { log.held == 1 })
            time.advance(.seconds(5))
            // The first key is due and the only worker is busy: the queue has to come to rest.
            #expect(await eventually { time.sleepers == 1 })
            for _ in 0..<500 { await Task.yield() }
            #expect(time.sleepers == 1)
            let before = time.sleeps
            for _ in 0..<2000 { await Task.yield() }
            #expect(time.sleeps == before, "no new sleeps are begun: it rests")
            log.letGo()
            #expect(await eventually { log.keys.count >= 3 }, "the worker takes it when he is free")
        }
    }

    @Test("never two workers on one key, never more than the width, and everybody is served")
    func exclusion() async {
        let (queue, crowd, keys) = (WorkQueue(time: time), Crowd(), (0..<10).map { _ in Crowd() })
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await Runner(queue: queue, width: 4) { key in
                    let mine = keys[Int(key.rawValue.dropFirst()) ?? 0]
                    crowd.enter()
                    mine.enter()
                    for _ in 0..<5 { await Task.yield() }
                    mine.leave()
                    crowd.leave()
                    return nil
                }.run()
            }
            for round in 0..<50 {
                queue.add((0..<10).map(Self.key), priority: round % 2 == 0 ? .change : .poll)
                await Task.yield()
            }
            #expect(await eventually { queue.isIdle })
            queue.close()
        }
        #expect(crowd.most <= 4)
        #expect(keys.allSatisfy { $0.most == 1 && $0.done > 0 })
    }

    @Test("a closed queue lets its workers go and takes nothing on; cancelling ends its run")
    func closed() async {
        let queue = WorkQueue(time: time)
        await withTaskGroup(of: IntentKey?.self) { group in
            for _ in 0..<3 { group.addTask { await queue.next() } }
            for _ in 0..<100 { await Task.yield() }
            queue.close()
            for await key in group { #expect(key == nil) }
        }
        queue.add([Self.key(1)], priority: .change)
        #expect(await queue.next() == nil)
        let other = WorkQueue(time: time)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await other.run() }
            for _ in 0..<100 { await Task.yield() }
            group.cancelAll()
        }
        #expect(time.sleepers == 0)
    }

    @Test("one key, one holder, in the order of asking")
    func locks() async {
        let (locks, crowd, other) = (KeyLocks(), Crowd(), Crowd())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    await locks.holding(Self.key(1)) {
                        crowd.enter()
                        for _ in 0..<5 { await Task.yield() }
                        crowd.leave()
                    }
                }
                group.addTask {
                    await locks.holding(Self.key(2)) {
                        other.enter(); other.leave()
                    }
                }
            }
        }
        #expect(crowd.most == 1)
        #expect(crowd.done == 40)
        #expect(other.done == 40)
    }
}

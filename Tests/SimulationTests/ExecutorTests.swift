import Intents
import Testing

@testable import Simulation

/// The deterministic executor: one seed, one course of events.
@Suite struct ExecutorTests {
    /// A plain actor without an executor of its own.
    private actor Diary {
        private(set) var entries: [Int] = []
        func write(_ entry: Int) { entries.append(entry) }
    }

    /// Waits that nobody ends.
    private actor Gate {
        private var waiting: [CheckedContinuation<Void, Never>] = []
        func pass() async { await withCheckedContinuation { waiting.append($0) } }
        func open() {
            for waiter in waiting { waiter.resume() }
            waiting = []
        }
    }

    /// Some tasks that sleep, hop to an actor and yield; the order in which they wrote.
    private static func course(_ executor: DeterministicExecutor, tasks: Int = 8, loops: Int = 5) throws -> [Int] {
        let clock = executor.clock
        return try executor.run {
            let diary = Diary()
            await withTaskGroup(of: Void.self) { group in
                for task in 0..<tasks {
                    group.addTask {
                        for _ in 0..<loops {
                            try? await clock.sleep(for: .milliseconds(executor.roll() % 4))
                            await diary.write(task)
                            await Task.yield()
                        }
                    }
                }
            }
            return await diary.entries
        }
    }

    @Test func oneSeedIsOneCourse() throws {
        var courses: [[Int]] = []
        var traces: Set<UInt64> = []
        var steps: Set<Int> = []
        for _ in 0..<3 {
            let executor = DeterministicExecutor(seed: 42)
            courses.append(try Self.course(executor))
            traces.insert(executor.trace)
            steps.insert(executor.steps)
        }
        #expect(courses[0].count == 40)
        #expect(courses[0] == courses[1] && courses[1] == courses[2])
        #expect(traces.count == 1)
        #expect(steps.count == 1)
    }

    @Test func otherSeedsAreOtherCourses() throws {
        let courses = try (0..<20).map { try Self.course(DeterministicExecutor(seed: $0)) }
        #expect(Set(courses).count == 20)
    }

    @Test func sleepersOfOneInstantWakeInEveryOrder() throws {
        var orders: Set<[Int]> = []
        for seed in 0..<200 {
            let executor = DeterministicExecutor(seed: UInt64(seed))
            let clock = executor.clock
            let order = try executor.run {
                let diary = Diary()
                await withTaskGroup(of: Void.self) { group in
                    for task in 0..<3 {
                        group.addTask {
                            try? await clock.sleep(for: .seconds(1))
                            await diary.write(task)
                        }
                    }
                }
                return await diary.entries
            }
            orders.insert(order)
        }
        #expect(orders.count == 6, "all permutations of three")
    }

    @Test func timePassesOnlyInSleep() throws {
        let executor = DeterministicExecutor(seed: 1)
        let clock = executor.clock
        let (before, after) = try executor.run {
            for _ in 0..<100 { await Task.yield() }
            let before = clock.now
            try? await clock.sleep(for: .seconds(86_400 * 365))
            return (before, clock.now)
        }
        #expect(before.offset == .zero)
        #expect(after.offset == .seconds(86_400 * 365))
        #expect(clock.timestamp - executor.epoch == .seconds(86_400 * 365))
    }

    @Test func sleepersWakeInTheOrderOfTheirDeadlines() throws {
        for seed in 0..<20 {
            let executor = DeterministicExecutor(seed: UInt64(seed))
            let clock = executor.clock
            let order = try executor.run {
                let diary = Diary()
                await withTaskGroup(of: Void.self) { group in
                    for task in [5, 3, 9, 1, 7] {
                        group.addTask {
                            try? await clock.sleep(for: .nanoseconds(task))
                            await diary.write(task)
                        }
                    }
                }
                return await diary.entries
            }
            #expect(order == [1, 3, 5, 7, 9], "seed \(seed)")
        }
    }

    @Test func cancelledSleepEndsAtOnce() throws {
        let executor = DeterministicExecutor(seed: 3)
        let clock = executor.clock
        let outcomes = try executor.run {
            await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        do {
                            try await clock.sleep(for: .seconds(3600))
                            return true
                        } catch {
                            return !(error is CancellationError)
                        }
                    }
                }
                group.cancelAll()
                var outcomes: [Bool] = []
                for await outcome in group { outcomes.append(outcome) }
                return outcomes
            }
        }
        #expect(outcomes == [false, false, false, false])
        #expect(clock.now.offset == .zero, "nobody waited")
    }

    @Test func cancellingFromOutsideWakesASleeper() throws {
        let executor = DeterministicExecutor(seed: 4)
        let clock = executor.clock
        try executor.run {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await clock.sleep(for: .seconds(3600)) }
                try? await clock.sleep(for: .seconds(5))
                group.cancelAll()
            }
        }
        #expect(clock.now.offset == .seconds(5))
    }

    @Test func waitingForNothingIsADeadlock() {
        let executor = DeterministicExecutor(seed: 5)
        let clock = executor.clock
        #expect(throws: DeterministicExecutor.Halt.deadlock(at: .seconds(7))) {
            try executor.run {
                try? await clock.sleep(for: .seconds(7))
                await Gate().pass()
            }
        }
    }

    @Test func gateThatIsOpenedIsNoDeadlock() throws {
        let executor = DeterministicExecutor(seed: 6)
        let clock = executor.clock
        let passed = try executor.run {
            let gate = Gate()
            return await withTaskGroup(of: Int.self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        await gate.pass()
                        return 1
                    }
                }
                try? await clock.sleep(for: .seconds(1))
                await gate.open()
                return await group.reduce(0, +)
            }
        }
        #expect(passed == 5)
    }

    @Test(arguments: [0, 1, 10, 1000])
    func runThatNeverEndsIsCutOff(_ limit: Int) throws {
        let executor = DeterministicExecutor(seed: 7)
        let clock = executor.clock
        let halt = #expect(throws: DeterministicExecutor.Halt.self) {
            try executor.run(stepLimit: limit) {
                while true { try? await clock.sleep(for: .seconds(1)) }
            }
        }
        #expect(halt == .stepLimit(at: clock.now.offset))
        #expect(executor.steps == limit + 1, "the last one was drawn and not run")
    }

    @Test func killedRunLeavesNothingBehindAndCanBeStartedAgain() throws {
        let executor = DeterministicExecutor(seed: 8)
        let clock = executor.clock
        let diary = Diary()
        #expect(throws: DeterministicExecutor.Halt.self) {
            try executor.run(stepLimit: 30) {
                await withTaskGroup(of: Void.self) { group in
                    for task in 0..<10 {
                        group.addTask {
                            while true {
                                try? await clock.sleep(for: .seconds(1))
                                await diary.write(task)
                            }
                        }
                    }
                }
            }
        }
        let killed = clock.now
        let (before, after) = try executor.run {
            let before = await diary.entries.count
            try? await clock.sleep(for: .seconds(100))
            return (before, await diary.entries.count)
        }
        #expect(before == after, "nobody of the killed run wrote on")
        #expect(clock.now == killed.advanced(by: .seconds(100)), "time goes on where it stood")
    }

    @Test func streamsAndChildTasksStayInside() throws {
        let executor = DeterministicExecutor(seed: 9)
        let clock = executor.clock
        let sum = try executor.run {
            let (stream, source) = AsyncStream<Int>.makeStream()
            async let total = stream.reduce(0, +)
            async let fed: Void = {
                for number in 1...10 {
                    try? await clock.sleep(for: .seconds(1))
                    source.yield(number)
                }
                source.finish()
            }()
            await fed
            return await total
        }
        #expect(sum == 55)
        #expect(clock.now.offset == .seconds(10))
    }

    @Test func notesChangeTheTrace() throws {
        func trace(_ notes: [UInt64]) throws -> UInt64 {
            let executor = DeterministicExecutor(seed: 10)
            try executor.run { for note in notes { executor.note(note) } }
            return executor.trace
        }
        #expect(try trace([1, 2]) == trace([1, 2]))
        #expect(try trace([1, 2]) != trace([2, 1]))
        #expect(try trace([]) != trace([0]))
    }

    @Test func jobFromAForeignThreadStopsTheProcess() async {
        await #expect(processExitsWith: .failure) {
            let executor = DeterministicExecutor(seed: 11)
            await Task(executorPreference: executor) {}.value
        }
    }
}

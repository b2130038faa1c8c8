import Intents
import Testing

@testable import Reconciling

/// One answer for everybody who asks at the same time.
@Suite struct SharedFetchTests {
    private let time = TestTime()

    /// Waits until `count` askings have begun, then lets them end one after the other.
    private final class Source: Sendable {
        private let state = Locked<(begun: Int, open: [CheckedContinuation<Bool, Never>])>((0, []))
        var begun: Int { state.withLock { $0.begun } }

        func fetch() async throws(PlatformError) -> Int {
            let isGood = await withCheckedContinuation { gate in
                state.withLock { state in
                    state.begun += 1
                    state.open.append(gate)
                }
            }
            guard isGood else { throw .error() }
            return begun
        }

        /// Ends the oldest asking; returns whether there was one.
        func end(well isGood: Bool = true) -> Bool {
            let gate = state.withLock { $0.open.isEmpty ? nil : $0.open.removeFirst() }
            gate?.resume(returning: isGood)
            return gate != nil
        }
    }

    @Test("everybody who may have the same answer shares one asking, and its failure", arguments: [true, false])
    func shared(isGood: Bool) async {
        let (fetch, source) = (SharedFetch<Int>(time: time), Source())
        let moment = time.uptime
        let answers = await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do throws(PlatformError) { return try await fetch.get(notBefore: moment, source.fetch).value } catch
                    {
                        return nil
                    }
                }
            }
            #expect(await eventually { source.begun == 1 && fetch.waiting == 19 })
            #expect(source.end(well: isGood))
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: isGood ? 1 : nil, count: 20))
        #expect(source.begun == 1)
    }

    @Test("who needs a later answer waits for a second asking, and nobody is put off by newcomers")
    func later() async {
        let (fetch, source, time) = (SharedFetch<Int>(time: time), Source(), self.time)
        let start = time.uptime
        await withTaskGroup(of: (Duration, Duration?).self) { group in
            group.addTask { (start, try? await fetch.get(notBefore: start, source.fetch).beganAt) }
            #expect(await eventually { source.begun == 1 })
            for step in 1...10 {
                time.advance(.seconds(1))
                let moment = start + .seconds(step)
                group.addTask { (moment, try? await fetch.get(notBefore: moment, source.fetch).beganAt) }
                for _ in 0..<50 { await Task.yield() }
            }
            #expect(source.begun == 1, "one asking at a time")
            #expect(source.end())
            #expect(await group.next()?.0 == start, "the first is answered at once")
            #expect(await eventually { source.begun == 2 })
            #expect(source.end())
            for await (moment, beganAt) in group {
                #expect(beganAt.map { $0 >= moment } == true)
                _ = source.end()
            }
        }
        #expect(source.begun == 2, "one asking serves all who waited")
    }

    @Test("a good answer is kept until it is too old or invalidated")
    func kept() async throws {
        let fetch = SharedFetch<Int>(time: time)
        let count = Crowd()
        @Sendable func next() async throws(PlatformError) -> Int {
            count.enter()
            return count.now
        }
        let start = time.uptime
        #expect(try await fetch.get(notBefore: start, next).value == 1)
        time.advance(.seconds(10))
        #expect(try await fetch.get(notBefore: start, next).value == 1)
        #expect(try await fetch.get(notBefore: start + .seconds(1), next).value == 2)
        fetch.invalidate()
        #expect(fetch.latest == nil)
        #expect(try await fetch.get(notBefore: start, next).value == 3)
    }
}

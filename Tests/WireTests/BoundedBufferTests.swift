import Testing

@testable import Wire

/// The bounded buffers and queues between threads, without a network.
@Suite(.timeLimit(.minutes(10))) struct BoundedBufferTests {
    private static let failure = HTTPClientError.outcomeUnknown(HTTPFailure(.other, target: "GET x", detail: "d"))

    @Test(arguments: [1, 10, 11, 100]) func aChunkBufferRefusesAboveItsLimitAndAsksForMoreAtHalf(_ high: Int) async {
        let asked = Locked(0)
        let buffer = ChunkBuffer(high: high) { asked.withLock { $0 += 1 } }
        var accepted = 0
        while buffer.offer([1]) { accepted += 1 }
        #expect(accepted == high && buffer.count == high)
        #expect(!buffer.offer([1]))
        for read in 1...high {
            #expect(await buffer.next() == .success([1]))
            #expect(asked.withLock { $0 } == (high - read <= high / 2 ? 1 : 0))
        }
        #expect(buffer.offer([2]))
        buffer.finish(nil)
        buffer.finish(Self.failure)
        #expect(await buffer.next() == .success([2]))
        #expect(await buffer.next() == .success(nil))
        #expect(await buffer.next() == .success(nil))
    }

    @Test func aFailureComesAfterWhatHadArrived() async {
        let buffer = ChunkBuffer(high: 10) {}
        #expect(buffer.offer([1]))
        buffer.finish(Self.failure)
        #expect(await buffer.next() == .success([1]))
        #expect(await buffer.next() == .failure(Self.failure))
    }

    @Test func aPieceReachesItsReaderWhicheverComesFirst() async {
        for round in 0..<200 {
            let buffer = ChunkBuffer(high: 1) {}
            async let first = buffer.next()
            if round.isMultiple(of: 2) { await Task.yield() }
            #expect(buffer.offer([7]))
            #expect(await first == .success([7]))
            #expect(buffer.count == 0)
        }
    }

    @Test func aPromiseKeepsItsFirstResult() async {
        let promise = Promise<Int, HTTPClientError>()
        #expect(!promise.isSettled)
        promise.settle(.success(1))
        promise.settle(.success(2))
        promise.settle(.failure(Self.failure))
        #expect(promise.isSettled)
        #expect(await promise.result() == .success(1))
    }

    @Test func aPromiseIsSettledOnceByManyThreads() async {
        for _ in 0..<200 {
            let promise = Promise<Int, Never>()
            async let result = promise.result()
            for number in 0..<4 { OwnThread.start { promise.settle(.success(number)) } }
            let first = await result
            #expect(await promise.result() == first)
        }
    }

    @Test(arguments: [
        (Duration.zero, 1), (.nanoseconds(1), 1), (.milliseconds(1), 1), (.microseconds(1001), 2),
        (.seconds(30), 30_000),
        (.milliseconds(1500), 1500), (.seconds(1_000_000_000_000), 1_000_000_000), (.seconds(-5), 1),
    ]) func aDurationIsRoundedUpToMilliseconds(_ duration: Duration, _ milliseconds: Int) {
        #expect(duration.wholeMilliseconds == milliseconds)
    }
}

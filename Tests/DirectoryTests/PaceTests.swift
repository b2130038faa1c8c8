import Reconciling
import Synchronization
import Testing

@testable import Directory

/// When the source looks, told by a clock that the test moves.
@Suite(.timeLimit(.minutes(10))) struct PaceTests {
    @Test func looksComeAgainWhenNothingHappens() async throws {
        let directory = try TemporaryDirectory()
        try directory.makeDirectory("intents/.hidden")
        try directory.writeOld("1", to: "intents/.hidden/a.yaml")
        try directory.link("intents/a.yaml", to: ".hidden/a.yaml")
        let clock = ManualClock()
        let source = DirectorySource(paths: [directory.intents], clock: clock, reader: Watching.reader)
        try await Watching.run(source, below: directory.intents) { watching in
            try await watching.expect(.look(changed: ["a.yaml": "1"], present: ["a.yaml"]))
            #expect(await clock.sleeper() == DirectorySource.interval)
            try directory.writeOld("22", to: "intents/.hidden/a.yaml")
            clock.advance(by: DirectorySource.interval)
            try await watching.expect(.look(changed: ["a.yaml": "22"], present: ["a.yaml"]), "no event tells of it")
        }
    }

    @Test func theLookAfterAnEventWaitsForQuiet() async throws {
        let directory = try TemporaryDirectory()
        let clock = ManualClock()
        let source = DirectorySource(paths: [directory.intents], clock: clock, reader: Watching.reader)
        try await Watching.run(source, below: directory.intents) { watching in
            try await watching.expect(.look(changed: [:], present: []))
            try directory.writeOld("1", to: "intents/a.yaml")
            try await watching.expect(.file("a.yaml", "1"))
            var left = await clock.sleeper()
            while left > LookSchedule.quiet {
                left = await clock.sleeper()
            }
            clock.advance(by: LookSchedule.quiet)
            try await watching.expect(.look(changed: [:], present: ["a.yaml"]))
        }
    }

    @Test func cancellationEndsTheRunThough() async throws {
        let directory = try TemporaryDirectory()
        let source = DirectorySource(paths: [directory.intents], clock: ManualClock(), reader: Watching.reader)
        await #expect(throws: CancellationError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                let (looked, continuation) = AsyncStream.makeStream(of: Void.self)
                group.addTask { try await source.run { _ in continuation.yield() } }
                for await _ in looked { break }
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    @Test func aReportIsTakenBeforeTheNextIsMade() async throws {
        let directory = try TemporaryDirectory()
        let source = DirectorySource(paths: [directory.intents], reader: Watching.reader)
        let open = OpenReports()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (reports, continuation) = AsyncStream.makeStream(of: SourceReport.self)
            group.addTask {
                do {
                    try await source.run { report in
                        #expect(open.add(1) == 1)
                        for _ in 0..<20 { await Task.yield() }
                        #expect(open.add(-1) == 0)
                        continuation.yield(report)
                    }
                } catch is CancellationError {}
            }
            var count = 0
            for await _ in reports {
                try directory.write("\(count)", to: "intents/a\(count).yaml")
                count += 1
                if count == 8 { break }
            }
            group.cancelAll()
        }
    }

    @Test func anOverflowOfEventsIsMadeUpForByALook() async throws {
        let directory = try TemporaryDirectory()
        try directory.writeOld("1", to: "intents/a.yaml")
        try directory.writeOld("1", to: "intents/b.yaml")
        let gate = Gate()
        let source = DirectorySource(paths: [directory.intents], reader: Watching.reader)
        let (reports, continuation) = AsyncStream.makeStream(of: Seen.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await source.run { report in
                        for seen in Seen.all(in: report, below: directory.intents) { continuation.yield(seen) }
                        await gate.pass()
                    }
                } catch is CancellationError {}
            }
            var iterator = reports.makeAsyncIterator()
            _ = await iterator.next(isolation: #isolation)
            do {
                let (first, second) = (
                    try OpenFile(directory.full("intents/a.yaml")), try OpenFile(directory.full("intents/b.yaml"))
                )
                for _ in 0..<8500 {
                    first.write([65])
                    second.write([66])
                }
            }
            try directory.write("after the overflow", to: "intents/late.yaml")
            await gate.open()
            var contents: [String: String] = [:]
            while contents.count < 3 || contents["a.yaml"] == "1", let seen = await iterator.next(isolation: #isolation)
            {
                if case .look(let changed, _) = seen { contents.merge(changed) { _, new in new } }
                if case .file(let name, let text) = seen { contents[name] = text }
            }
            #expect(contents == ["a.yaml": whole("A"), "b.yaml": whole("B"), "late.yaml": "after the overflow"])
            group.cancelAll()
        }

        func whole(_ letter: String) -> String { String(repeating: letter, count: 8500) }
    }
}

/// Holds whoever passes until it is opened.
private actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Waits until the gate is open.
    func pass() async {
        if isOpen { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Lets everybody through from now on.
    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}

/// Counts the reports that are being taken.
private final class OpenReports: Sendable {
    private let count = Mutex(0)

    /// Changes the count and gives it back.
    func add(_ change: Int) -> Int {
        count.withLock { count in
            count += change
            return count
        }
    }
}

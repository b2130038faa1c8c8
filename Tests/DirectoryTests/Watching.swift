import Documents
import Reconciling
import Synchronization
import Testing

@testable import Directory

/// What a source reports, with names as below the watched directory and contents in place of intents.
enum Seen: Hashable, Sendable {
    /// A file out of turn.
    case file(String, String)
    /// A complete look.
    case look(changed: [String: String], present: Set<String>)
    /// Trouble.
    case unavailable(String)

    /// What a report says, as tests compare it: files out of turn one by one.
    static func all(in report: SourceReport, below path: String) -> [Seen] {
        func short(_ name: String) -> String {
            name.hasPrefix(path + "/") ? String(name.dropFirst(path.utf8.count + 1)) : name
        }
        func content(_ file: SourceFile) -> String { file.diagnostics.map(\.message).joined(separator: "\n") }
        switch report {
        case .files(let files): return files.map { .file(short($0.name), content($0)) }
        case .look(let changed, let present):
            let pairs = changed.map { (short($0.name), content($0)) }
            return [.look(changed: Dictionary(uniqueKeysWithValues: pairs), present: Set(present.map(short)))]
        case .unavailable(let reason): return [.unavailable(reason.replacing(path + "/", with: ""))]
        }
    }
}

/// A running source and its reports, one after another.
struct Watching {
    private var iterator: AsyncStream<Seen>.Iterator

    /// Gives a file's text as its only diagnostic.
    static let reader = IntentFileReader { bytes, file in
        let text = String(decoding: bytes, as: UTF8.self)
        return SourceFile(
            name: file,
            intents: [],
            diagnostics: [Diagnostic(file: file, position: .start, message: text)]
        )
    }

    /// Runs a source until `body` has seen enough.
    static func run(
        _ source: DirectorySource,
        below path: String,
        _ body: (inout Watching) async throws -> Void
    ) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Seen.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                do {
                    try await source.run { report in
                        for seen in Seen.all(in: report, below: path) { continuation.yield(seen) }
                    }
                } catch is CancellationError {}
            }
            var watching = Watching(iterator: stream.makeAsyncIterator())
            defer { group.cancelAll() }
            try await body(&watching)
        }
    }

    /// Runs a source over the test's `intents`.
    static func run(
        _ directory: TemporaryDirectory,
        observer: DirectoryObserver = DirectoryObserver(),
        lastKnown: [String: DirectoryIdentity] = [:],
        _ body: (inout Watching) async throws -> Void
    ) async throws {
        let source = DirectorySource(
            paths: [directory.intents],
            lastKnown: lastKnown,
            reader: reader,
            observer: observer
        )
        try await run(source, below: directory.intents, body)
    }

    /// The next report.
    mutating func next() async throws -> Seen {
        let seen = await iterator.next(isolation: #isolation)
        return try #require(seen, "the source ended")
    }

    /// Checks the next report.
    mutating func expect(
        _ expected: Seen,
        _ why: Comment? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let seen = try await next()
        #expect(seen == expected, why, sourceLocation: sourceLocation)
    }

    /// The contents that were reported, out of turn or in looks, up to the first look that `isEnough` accepts.
    mutating func contents(
        until isEnough: (_ contents: [String: String], _ present: Set<String>) -> Bool
    ) async throws -> [String: String] {
        var contents: [String: String] = [:]
        while true {
            switch try await next() {
            case .file(let name, let text): contents[name] = text
            case .look(let changed, let present):
                contents.merge(changed) { _, new in new }
                contents = contents.filter { present.contains($0.key) }
                if isEnough(contents, present) { return contents }
            case .unavailable(let reason):
                Issue.record("unavailable: \(reason)")
                return contents
            }
        }
    }

    /// The next trouble, whatever is reported before it.
    mutating func trouble() async throws -> String {
        while true {
            if case .unavailable(let reason) = try await next() { return reason }
        }
    }

    /// The names of the next look, whatever is reported before it.
    mutating func present() async throws -> Set<String> {
        while true {
            if case .look(_, let present) = try await next() { return present }
        }
    }
}

/// Collects what an observer is told.
final class Told: Sendable {
    private let list = Mutex<[DirectoryNotice]>([])
    private let known = Mutex<[[String: DirectoryIdentity]]>([])

    /// An observer that writes everything down here.
    var observer: DirectoryObserver {
        DirectoryObserver(
            notice: { notice in self.list.withLock { $0.append(notice) } },
            identities: { identities in self.known.withLock { $0.append(identities) } }
        )
    }

    /// The notices, in the order in which they came.
    var notices: [DirectoryNotice] { list.withLock { $0 } }
    /// The identities, in the order in which they came.
    var identities: [[String: DirectoryIdentity]] { known.withLock { $0 } }
}

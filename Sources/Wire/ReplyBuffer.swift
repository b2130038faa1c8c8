/// Pieces of a streamed reply on their way from one writer to the server's thread, bounded by bytes.
///
/// While there is nothing to send the connection is suspended; the next piece, or the end, resumes it.
final class ReplyBuffer: Sendable {
    /// How a reply ends.
    private enum End {
        case whole
        case broken
    }

    /// What is guarded: the bytes, the end, and who waits.
    private struct State {
        var bytes: [UInt8] = []
        var first = 0
        var end: End?
        var isSuspended = false
        var isAbandoned = false
        var writer: CheckedContinuation<Bool, Never>?

        var count: Int { bytes.count - first }

        mutating func takeWriter() -> CheckedContinuation<Bool, Never>? {
            defer { writer = nil }
            return writer
        }
    }

    /// What the server's thread is to send.
    enum Portion {
        case bytes(Int)
        case later
        case end
        case breakOff
    }

    private let state = Locked(State())
    private let high: Int
    private let connection: MicrohttpdConnection

    init(high: Int, connection: MicrohttpdConnection) {
        self.high = high
        self.connection = connection
    }

    /// Adds a piece and waits while more than the limit is on its way; false when nobody reads any more.
    func append(_ chunk: [UInt8]) async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                var resumes = false
                let answer = state.withLock { state -> Bool? in
                    guard !state.isAbandoned, state.end == nil else { return false }
                    precondition(state.writer == nil, "a reply is written by one task only")
                    state.bytes += chunk
                    resumes = state.isSuspended
                    state.isSuspended = false
                    if state.count < high { return true }
                    state.writer = continuation
                    return nil
                }
                if resumes { connection.resume() }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            end(.broken)
        }
    }

    /// Ends the reply, as a whole one or broken off; the first end counts.
    func finish(isWhole: Bool) { end(isWhole ? .whole : .broken) }

    private func end(_ end: End) {
        var resumes = false
        let writer = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            if state.end == nil { state.end = end }
            resumes = state.isSuspended
            state.isSuspended = false
            return state.takeWriter()
        }
        if resumes { connection.resume() }
        writer?.resume(returning: false)
    }

    /// Tells the writer that nobody reads any more; called by the server's thread.
    func abandon() {
        let writer = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            state.isAbandoned = true
            return state.takeWriter()
        }
        writer?.resume(returning: false)
    }

    /// Moves bytes to the socket's side; called by the server's thread, which suspends the connection for `later`.
    func read(into target: UnsafeMutableRawBufferPointer) -> Portion {
        var writer: CheckedContinuation<Bool, Never>?
        let portion = state.withLock { state -> Portion in
            if case .broken = state.end { return .breakOff }
            guard state.count > 0 else {
                guard state.end == nil else { return .end }
                state.isSuspended = true
                // Under the lock: a writer must not resume what is not suspended yet.
                connection.suspend()
                return .later
            }
            let count = min(state.count, target.count)
            unsafe state.bytes[state.first..<state.first + count].withUnsafeBytes { unsafe target.copyMemory(from: $0) }
            state.first += count
            if state.first >= max(high, 4096) || state.count == 0 {
                state.bytes.removeFirst(state.first)
                state.first = 0
            }
            if state.count <= high / 2 { writer = state.takeWriter() }
            return .bytes(count)
        }
        writer?.resume(returning: true)
        return portion
    }
}

/// Pieces of a body on their way from the thread of the transfers to one reader, bounded by bytes.
///
/// It holds at most ``high`` bytes and one piece more; a refused piece is offered again after ``onRoom`` was called.
final class ChunkBuffer: Sendable {
    /// What is guarded: the pieces, the end, and who waits.
    private struct State {
        var chunks: [[UInt8]] = []
        var first = 0
        var bytes = 0
        var isRefusing = false
        var end: HTTPClientError??
        var reader: CheckedContinuation<Result<[UInt8]?, HTTPClientError>, Never>?

        mutating func popFirst() -> [UInt8]? {
            guard first < chunks.count else { return nil }
            let chunk = chunks[first]
            first += 1
            bytes -= chunk.count
            if first == chunks.count {
                chunks.removeAll(keepingCapacity: true)
                first = 0
            }
            return chunk
        }
    }

    private let state = Locked(State())
    private let high: Int
    private let onRoom: @Sendable () -> Void

    /// Makes a buffer that refuses above `high` bytes and calls `onRoom` when half of them are read again.
    init(high: Int, onRoom: @escaping @Sendable () -> Void) {
        self.high = high
        self.onRoom = onRoom
    }

    /// How many bytes wait for the reader.
    var count: Int { state.withLock { $0.bytes } }

    /// Takes a piece, or refuses it because the reader is slow.
    func offer(_ chunk: [UInt8]) -> Bool {
        var accepted = true
        let reader = state.withLock { state -> CheckedContinuation<Result<[UInt8]?, HTTPClientError>, Never>? in
            if let reader = state.reader {
                state.reader = nil
                return reader
            }
            guard state.bytes < high else {
                state.isRefusing = true
                accepted = false
                return nil
            }
            state.chunks.append(chunk)
            state.bytes += chunk.count
            return nil
        }
        reader?.resume(returning: .success(chunk))
        return accepted
    }

    /// Ends the body: with nil as a whole one, otherwise with what went wrong; the first end counts.
    func finish(_ error: HTTPClientError?) {
        let reader = state.withLock { state -> CheckedContinuation<Result<[UInt8]?, HTTPClientError>, Never>? in
            guard state.end == nil else { return nil }
            state.end = .some(error)
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: error.map { .failure($0) } ?? .success(nil))
    }

    /// The next piece, nil at the end; for one reader at a time.
    func next() async -> Result<[UInt8]?, HTTPClientError> {
        await withCheckedContinuation { continuation in
            var hasRoom = false
            let present = state.withLock { state -> Result<[UInt8]?, HTTPClientError>? in
                if let chunk = state.popFirst() {
                    hasRoom = state.isRefusing && state.bytes <= high / 2
                    if hasRoom { state.isRefusing = false }
                    return .success(chunk)
                }
                if let end = state.end { return end.map { .failure($0) } ?? .success(nil) }
                precondition(state.reader == nil, "a body is read by one task only")
                state.reader = continuation
                return nil
            }
            if hasRoom { onRoom() }
            if let present { continuation.resume(returning: present) }
        }
    }
}

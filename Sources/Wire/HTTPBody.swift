/// A reply's body in pieces, for one reader; the server is slowed down to the reader's pace.
///
/// Letting go of it, or cancelling the reader, ends the call. Pieces are decompressed and of any size but zero.
package struct HTTPBody: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    package typealias Failure = HTTPClientError

    /// Ends the call when the last one that could read has let go.
    fileprivate final class Lifeline: Sendable {
        let call: CurlCall
        let buffer: ChunkBuffer

        init(call: CurlCall, buffer: ChunkBuffer) {
            self.call = call
            self.buffer = buffer
        }

        deinit { call.cancel() }
    }

    /// Reads the pieces in order.
    package struct AsyncIterator: AsyncIteratorProtocol {
        private let lifeline: Lifeline

        fileprivate init(_ lifeline: Lifeline) { self.lifeline = lifeline }

        /// The next piece, nil at the end of a whole body.
        package mutating func next() async throws(HTTPClientError) -> [UInt8]? {
            let call = lifeline.call
            let buffer = lifeline.buffer
            return try await withTaskCancellationHandler {
                await buffer.next()
            } onCancel: {
                call.cancel()
            }.get()
        }

        /// The same, wherever the caller is isolated.
        package mutating func next(isolation: isolated (any Actor)?) async throws(HTTPClientError) -> [UInt8]? {
            let call = lifeline.call
            let buffer = lifeline.buffer
            return try await withTaskCancellationHandler {
                await buffer.next()
            } onCancel: {
                call.cancel()
            }.get()
        }
    }

    private let lifeline: Lifeline

    init(call: CurlCall, buffer: ChunkBuffer) {
        lifeline = Lifeline(call: call, buffer: buffer)
    }

    /// A reader; all readers of one body share its pieces.
    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(lifeline) }

    /// How many bytes have arrived and wait for the reader.
    package var bufferedBytes: Int { lifeline.buffer.count }

    /// All that is left, in one piece.
    package func collect() async throws(HTTPClientError) -> [UInt8] {
        var bytes: [UInt8] = []
        var iterator = makeAsyncIterator()
        while let chunk = try await iterator.next() { bytes += chunk }
        return bytes
    }
}

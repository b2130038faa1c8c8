/// What a handler answers.
package struct HTTPServerResponse: Sendable {
    /// Gives a streamed reply its pieces; ends with it, or throws to break the connection off.
    package typealias Producer = @Sendable (HTTPReplyWriter) async throws -> Void

    /// What follows the head.
    enum Content: Sendable {
        case bytes([UInt8])
        case stream(Producer)
        case nothingAtAll
    }

    /// The status code.
    package let status: Int
    /// The fields; `Content-Length`, `Transfer-Encoding` and `Date` are the server's own and left out.
    package var headers: HTTPHeaders
    let content: Content

    /// Answers with a body that is there.
    package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.init(status: status, headers: headers, content: .bytes(body))
    }

    private init(status: Int, headers: HTTPHeaders, content: Content) {
        self.status = status
        self.headers = headers
        self.content = content
    }

    /// Answers with a text.
    package static func text(_ text: String, status: Int = 200) -> Self {
        Self(status: status, headers: ["Content-Type": "text/plain; charset=utf-8"], body: Array(text.utf8))
    }

    /// Answers with pieces that come by and by; the writer waits while the client is slow.
    ///
    /// The handler's place is taken until the last piece is written. A `HEAD` request never calls the producer.
    package static func stream(
        status: Int = 200,
        headers: HTTPHeaders = [:],
        _ producer: @escaping Producer
    ) -> Self {
        Self(status: status, headers: headers, content: .stream(producer))
    }

    /// Answers with the pieces of a sequence, at the client's pace.
    package static func stream<Chunks: AsyncSequence & Sendable>(
        status: Int = 200,
        headers: HTTPHeaders = [:],
        chunks: Chunks
    ) -> Self where Chunks.Element == [UInt8] {
        stream(status: status, headers: headers) { writer in
            for try await chunk in chunks { try await writer.write(chunk) }
        }
    }

    /// Closes the connection without a byte of an answer.
    package static var dropConnection: Self { Self(status: 0, headers: [:], content: .nothingAtAll) }
}

/// Writes the pieces of a streamed reply.
package struct HTTPReplyWriter: Sendable {
    /// The client has closed the connection, or has been cut off.
    package struct ClientGone: Error {}

    let buffer: ReplyBuffer

    /// Adds a piece, and waits while too much is on its way.
    ///
    /// Throws ``ClientGone`` when nobody reads any more, and `CancellationError` when the task is cancelled.
    package func write(_ chunk: [UInt8]) async throws {
        guard !chunk.isEmpty else { return }
        guard await buffer.append(chunk) else {
            try Task.checkCancellation()
            throw ClientGone()
        }
    }
}

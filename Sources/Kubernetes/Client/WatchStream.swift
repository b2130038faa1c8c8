import Documents
import Reconciling

/// The events of one watch, in order, decoded line by line; for one reader.
package final class WatchStream: Sendable {
    /// How a watch ended.
    package enum End: Hashable, Sendable {
        /// The server ended it, as it does after the time that it was given.
        case served
        /// It was cut: the connection broke, a line was incomplete or made no sense, or nothing came for too long.
        case cut(APIError)
    }

    /// What came next.
    package enum Next: Sendable {
        /// An event.
        case event(WatchEvent)
        /// The end; nothing comes after it.
        case end(End)
    }

    /// What is between the stream and its reader.
    fileprivate struct State {
        var splitter: LineSplitter
        var lines: [[UInt8]] = []
        var taken = 0
        var end: End?
    }

    private let stream: TransportStream
    private let state: Locked<State>

    init(_ stream: TransportStream, lineLimit: Int) {
        self.stream = stream
        state = Locked(State(splitter: LineSplitter(limit: lineLimit)))
    }

    /// The next event, or the end.
    package func next() async -> Next {
        while true {
            if let next = ready() { return next }
            do throws(TransportFailure) {
                let piece = try await stream.next()
                state.withLock { $0.take(piece) }
            } catch {
                let end = End.cut(APIError(error))
                state.withLock { $0.end = end }
            }
        }
    }

    private func ready() -> Next? {
        let line: [UInt8]? = state.withLock { $0.popLine() }
        if let line {
            do throws(MalformedObject) {
                return .event(try WatchEvent(line))
            } catch {
                let end = End.cut(.malformed(error.description))
                state.withLock { state in
                    state.lines = []
                    state.taken = 0
                    state.end = end
                }
            }
        }
        return state.withLock { $0.end }.map { .end($0) }
    }
}

extension WatchStream.State {
    /// Takes a piece of the body, or its proper end.
    fileprivate mutating func take(_ piece: [UInt8]?) {
        guard let piece else {
            end = splitter.isInsideLine ? .cut(.malformed("a watch ended within a line")) : .served
            return
        }
        do throws(LineSplitter.TooLong) {
            lines += try splitter.feed(piece)
        } catch {
            end = .cut(.malformed("a line of a watch has more than \(error.limit) bytes"))
        }
    }

    /// Takes the oldest line.
    fileprivate mutating func popLine() -> [UInt8]? {
        guard taken < lines.count else { return nil }
        defer {
            taken += 1
            if taken == lines.count {
                lines = []
                taken = 0
            }
        }
        return lines[taken]
    }
}

extension APIClient {
    /// How much longer than the server's own timeout a watch may be silent.
    package static let watchGrace = Duration.seconds(15)

    /// Watches a selection from a version on, for as long as the server is given; bookmarks are asked for.
    ///
    /// A watch that is silent for longer than that and ``watchGrace`` is cut.
    package func watch(
        _ resource: APIResource,
        _ selection: Selection,
        from resourceVersion: String,
        timeout: Duration
    ) async throws(APIError) -> WatchStream {
        var call = APICall(method: "GET", path: resource.path(namespace: selection.namespace))
        call.query =
            [(name: "watch", value: "true"), (name: "resourceVersion", value: resourceVersion)]
            + [(name: "allowWatchBookmarks", value: "true")]
            + [(name: "timeoutSeconds", value: String(timeout.components.seconds))] + selection.query
        return WatchStream(try await open(call, idle: timeout + Self.watchGrace), lineLimit: limits.objectBytes)
    }
}

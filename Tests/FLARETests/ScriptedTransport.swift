import Reconciling
import Testing

/// A transport that answers each call from a script and keeps what was sent.
final class ScriptedTransport: Transport, Sendable {
    /// One answer.
    enum Turn: Sendable {
        /// A reply with these headers.
        case reply(Int, [UInt8], [String: String])
        /// No reply.
        case failure(TransportFailure)

        /// A JSON reply.
        static func json(_ status: Int, _ text: String, _ headers: [String: String] = [:]) -> Turn {
            .reply(status, Array(text.utf8), headers.merging(["Content-Type": "application/json"]) { old, _ in old })
        }
    }

    /// What the transport has left to say and has been told.
    private struct State {
        var turns: [String: [Turn]]
        var sent: [TransportRequest] = []
    }

    private let base: String
    private let state: Locked<State>

    /// Answers `GET /path` with its turns in order, the last one again and again.
    init(base: String = "https://api.test", _ turns: [String: [Turn]]) {
        self.base = base
        state = Locked(State(turns: turns))
    }

    /// Everything that was sent.
    var sent: [TransportRequest] { state.withLock { $0.sent } }

    /// What was sent, as `GET /path`.
    var calls: [String] { sent.map(name) }

    private func name(_ request: TransportRequest) -> String {
        "\(request.method) \(request.url.dropFirst(base.count))"
    }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        let turn = state.withLock { state -> Turn? in
            state.sent.append(request)
            guard var turns = state.turns[name(request)], let turn = turns.first else { return nil }
            if turns.count > 1 { turns.removeFirst() }
            state.turns[name(request)] = turns
            return turn
        }
        switch turn {
        case .reply(let status, let body, let headers):
            return TransportReply(status: status, headers: headers.map { ($0.key, $0.value) }, body: body)
        case .failure(let failure): throw failure
        case nil:
            Issue.record("no answer is scripted for \(name(request))")
            throw .notSent("not scripted")
        }
    }
}

extension TransportRequest {
    /// A header's value.
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The body as text.
    var text: String? { body.map { String(decoding: $0, as: UTF8.self) } }
}

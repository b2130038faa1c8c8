import Documents
import Kubernetes
import Reconciling
import Testing
import Wire

/// Every exchange that a real API server was recorded in, sent again byte for byte over a real connection.
@Suite(.timeLimit(.minutes(10))) struct TranscriptTests {
    /// What the client makes of one exchange, in a line.
    static func outcome(of exchange: Transcript.Exchange) async throws -> String {
        if exchange.clientExit == 7 {
            let closed = try RawServer([])
            closed.close()
            return try await outcome(of: exchange, at: "http://127.0.0.1:1")
        }
        let server = try RawServer([exchange.response])
        defer { server.close() }
        return try await outcome(of: exchange, at: server.url)
    }

    private static func outcome(of exchange: Transcript.Exchange, at url: String) async throws -> String {
        var configuration = HTTPClient.Configuration()
        configuration.proxies = .none
        let http = HTTPClient(configuration)
        defer { http.shutdown() }
        let client = APIClient(server: try HTTPURL(url), transport: WireStreamingTransport(http))
        do throws(APIError) {
            return try await RecordedCall(exchange).make(with: client)
        } catch {
            return "\(error.consequence.words) [\(error.code)]"
        }
    }

    @Test func everyRecordedExchangeHasItsConsequence() async throws {
        var unexpected: [String] = []
        for transcript in try Transcript.all() {
            let expected = ExpectedOutcomes.table[transcript.name] ?? []
            if ExpectedOutcomes.untested[transcript.name] != nil { continue }
            for (index, exchange) in transcript.exchanges.enumerated() {
                let outcome = try await Self.outcome(of: exchange)
                let wanted = index < expected.count ? expected[index] : "nothing"
                if outcome != wanted { unexpected.append("\(transcript.name)[\(index)]: \(outcome) is not \(wanted)") }
            }
            if expected.count != transcript.exchanges.count {
                unexpected.append("\(transcript.name): \(expected.count) expectations")
            }
        }
        #expect(unexpected.isEmpty, "\n\(unexpected.joined(separator: "\n"))")
    }

    @Test func everyTranscriptIsATestOrHasAReasonNotToBe() throws {
        let names = try Transcript.all().map(\.name)
        let known = Set(ExpectedOutcomes.table.keys).union(ExpectedOutcomes.untested.keys)
        #expect(Set(names) == known)
        #expect(try Transcript.all().reduce(0) { $0 + $1.exchanges.count } == 177)
    }
}

extension APIError.Consequence {
    /// The consequence in a few words.
    var words: String {
        switch self {
        case .readAgain: "read again"
        case .alreadyExists: "already exists"
        case .gone: "gone"
        case .kindMissing: "kind missing"
        case .namespaceGone: "namespace gone"
        case .listAgain(let token): token == nil ? "list again" : "list again, or go on with a token"
        case .retry(let after): after.map { "retry after \($0.components.seconds) s" } ?? "retry"
        case .unknown: "unknown"
        case .authenticateAgain: "authenticate again"
        case .forbidden(let right): right.map { "forbidden: \($0)" } ?? "forbidden"
        case .invalid(let causes): "invalid: \(Set(causes.map(\.field)).sorted().joined(separator: " "))"
        case .refused: "refused"
        }
    }
}

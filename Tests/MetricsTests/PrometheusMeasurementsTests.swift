import Intents
import Reconciling
import Testing

@testable import Metrics

/// How a Prometheus server is asked.
@Suite struct PrometheusMeasurementsTests {
    /// A server that remembers what it was asked, and answers each query in its way.
    private final class FakeServer: Transport {
        let asked = Notes()
        let answer: @Sendable (String) throws(TransportFailure) -> TransportReply

        init(_ answer: @escaping @Sendable (String) throws(TransportFailure) -> TransportReply) {
            self.answer = answer
        }

        func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
            await asked.add(request)
            return try answer(request.url)
        }
    }

    /// Requests in their order.
    private actor Notes {
        private(set) var all: [TransportRequest] = []

        func add(_ request: TransportRequest) { all.append(request) }
    }

    private static func vector(_ host: String, _ load: String) -> TransportReply {
        let body = """
            {"status":"success","data":{"resultType":"vector","result":[
             {"metric":{"instance":"\(host):9100"},"value":[1,"\(load)"]}]}}
            """
        return TransportReply(status: 200, body: Array(body.utf8))
    }

    @Test("one query for each kind of load, encoded, with the token")
    func queries() async throws {
        let server = FakeServer { url throws(TransportFailure) in
            url.contains("DCGM") ? Self.vector("a", "95") : Self.vector("a", "12")
        }
        var configuration = PrometheusConfiguration(url: "http://prometheus.example:9090")
        configuration.token = PlatformSecret("t0ken")
        let report = try await PrometheusMeasurements(configuration, over: server).read()
        #expect(report == LoadReport(gpu: [.host("a"): 9500], cpu: [.host("a"): 1200]))
        let asked = await server.asked.all
        let start = "http://prometheus.example:9090/api/v1/query?query="
        #expect(asked.map(\.method) == ["GET", "GET"])
        #expect(asked.first?.url == start + "avg%20by%20%28instance%29%20%28DCGM_FI_DEV_GPU_UTIL%29")
        #expect(asked.allSatisfy { $0.url.hasPrefix(start) && !$0.url.contains("\"") && !$0.url.contains(" ") })
        #expect(asked.allSatisfy { $0.headers.contains { $0 == ("Authorization", "Bearer t0ken") } })
        #expect(asked.allSatisfy { $0.deadline == .seconds(10) })
    }

    @Test("a query that is empty is not asked, and its load is not measured at all")
    func none() async throws {
        let server = FakeServer { _ throws(TransportFailure) in Self.vector("a", "95") }
        var configuration = PrometheusConfiguration(url: "http://p.example")
        configuration.cpuQuery = ""
        let report = try await PrometheusMeasurements(configuration, over: server).read()
        #expect(report.cpu == nil)
        #expect(report.gpu == [.host("a"): 9500])
        #expect(await server.asked.all.count == 1)
        #expect(await server.asked.all.first?.headers.contains { $0.name == "Authorization" } == false)
    }

    @Test(
        "silence is an error with its reason",
        arguments: [
            (TransportFailure.notSent("connection refused"), "connection refused"),
            (.outcomeUnknown("timed out"), "timed out"),
            (.replyTooLarge(limit: 8), "larger than 8 bytes"),
        ]
    )
    func silence(failure: TransportFailure, words: String) async {
        let server = FakeServer { _ throws(TransportFailure) in throw failure }
        let measurements = PrometheusMeasurements(PrometheusConfiguration(url: "http://p.example"), over: server)
        let error = await #expect(throws: MeasurementError.self) { _ = try await measurements.read() }
        #expect(error?.message.contains(words) == true)
        #expect(error?.message.hasPrefix("Prometheus does not answer") == true)
    }

    @Test("every byte but the plain ones is encoded")
    func encoding() {
        #expect("aZ9-._~".percentEncoded == "aZ9-._~")
        #expect("a b+\"é\n".percentEncoded == "a%20b%2B%22%C3%A9%0A")
    }
}

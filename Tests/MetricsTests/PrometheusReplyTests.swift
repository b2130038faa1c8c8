import Documents
import Intents
import Reconciling
import Testing

@testable import Metrics

/// What a Prometheus server answers, and what is made of it.
@Suite struct PrometheusReplyTests {
    private static func reply(_ status: Int, _ body: String) -> TransportReply {
        TransportReply(status: status, body: Array(body.utf8))
    }

    private static func loads(_ series: String, label: String = "instance") throws -> [LoadReport.Place: Int] {
        let body = #"{"status":"success","data":{"resultType":"vector","result":["# + series + "]}}"
        return try PrometheusReply(reply(200, body), hostLabel: label, words: SafeWords(secrets: [])).loads
    }

    @Test(
        "a series is of the host that its label names",
        arguments: [
            ("10.0.0.1:9400", "10.0.0.1"), ("10.0.0.1", "10.0.0.1"), ("gpu-1.example:9400", "gpu-1.example"),
            ("[fd00::1]:9400", "fd00::1"), ("fd00::1", "fd00::1"), ("[fd00::1", "[fd00::1"),
        ]
    )
    func hosts(label: String, host: String) throws {
        let loads = try Self.loads(#"{"metric":{"instance":"\#(label)"},"value":[1800000000.1,"93.256"]}"#)
        #expect(loads == [.host(host): 9326])
    }

    @Test("a series that names intent and slot is of that slot, whatever its host")
    func slots() throws {
        let loads = try Self.loads(
            #"{"metric":{"instance":"a","intent":"team/search","slot":"2"},"value":[1,"5"]}"#
        )
        #expect(loads == [.slot(IntentKey(rawValue: "team/search"), 2): 500])
        #expect(
            try Self.loads(#"{"metric":{"instance":"a","intent":"s","slot":"x"},"value":[1,"5"]}"#) == [.host("a"): 500]
        )
    }

    @Test("several series of one host are averaged; another label may name the host")
    func averages() throws {
        let series =
            #"{"metric":{"node":"a","gpu":"0"},"value":[1,"100"]},{"metric":{"node":"a","gpu":"1"},"value":[1,"0"]}"#
        #expect(try Self.loads(series, label: "node") == [.host("a"): 5000])
        #expect(try Self.loads(series).isEmpty)
    }

    @Test(
        "what is no load is not measured, and never zero",
        arguments: [
            #""NaN""#, #""+Inf""#, #""-1""#, #""100001""#, #""""#, #""many""#, "93", "null", "[]",
        ]
    )
    func noLoad(value: String) throws {
        #expect(try Self.loads(#"{"metric":{"instance":"a"},"value":[1,\#(value)]}"#).isEmpty)
    }

    @Test(
        "series without a value, a label or a shape are passed over",
        arguments: [
            #"{"metric":{"instance":"a"}}"#, #"{"metric":{"instance":"a"},"value":[1]}"#,
            #"{"metric":{"instance":""},"value":[1,"5"]}"#, #"{"metric":{},"value":[1,"5"]}"#, #"{"value":[1,"5"]}"#,
            "5", "null",
        ]
    )
    func broken(series: String) throws {
        #expect(try Self.loads(series + #",{"metric":{"instance":"b"},"value":[1,"7"]}"#) == [.host("b"): 700])
    }

    @Test(
        "what is no answer is an error that says why",
        arguments: [
            (200, "", "answers 200 with something that is no JSON"),
            (502, "<html>", "answers 502 with something that is no JSON"),
            (
                400, #"{"status":"error","errorType":"bad_data","error":"1:5: parse error"}"#,
                "answers 400: 1:5: parse error"
            ),
            (401, "{}", "answers 401"),
            (200, #"{"status":"error","error":"query timed out"}"#, "answers 200: query timed out"),
            (
                200, #"{"status":"success","data":{"resultType":"matrix","result":[]}}"#,
                "the query gives no instant vector"
            ),
            (200, #"{"status":"success","data":{"resultType":"scalar","result":[1,"5"]}}"#, "no instant vector"),
            (200, #"{"status":"success"}"#, "no instant vector"),
            (200, #"{"status":"success","data":{"resultType":"vector","result":[{"metric":{}]}}"#, "no JSON"),
            (200, #"{"status":"success","data":{"resultType":"vector","result":[{"metric""#, "no JSON"),
            (200, #"{"status":"success","data":{"resultType":"vector","result":{"a":[1]}}}"#, "no instant vector"),
            (200, "[]", "answers 200"),
        ]
    )
    func refusals(status: Int, body: String, words: String) {
        let error = #expect(throws: MeasurementError.self) {
            _ = try PrometheusReply(Self.reply(status, body), hostLabel: "instance", words: SafeWords(secrets: []))
        }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "no error")")
    }

    @Test("what a server adds beside the series is passed over")
    func beside() throws {
        let series = #"{"metric":{"instance":"b"},"value":[1,"7"]}"#
        for body in [
            #"{"warnings":["w"],"status":"success","data":{"resultType":"vector","result":[\#(series)]}}"#,
            #"{"status":"success","data":{"result":[\#(series)],"resultType":"vector","stats":{"s":[2]}},"infos":["i"]}"#,
        ] {
            let reply = try PrometheusReply(Self.reply(200, body), hostLabel: "instance", words: SafeWords(secrets: []))
            #expect(reply.loads == [.host("b"): 700])
        }
    }

    @Test("the server's words never show the token")
    func secrets() {
        let words = SafeWords(secrets: [PlatformSecret("very-secret-token")])
        let error = #expect(throws: MeasurementError.self) {
            let body = #"{"status":"error","error":"bad token very-secret-token"}"#
            _ = try PrometheusReply(Self.reply(403, body), hostLabel: "instance", words: words)
        }
        #expect(error?.message.contains("very-secret-token") == false)
    }

    @Test("a series that is too long is refused as what it is")
    func longSeries() {
        let label = String(repeating: "x", count: JSONElementScanner.usualElementBytes)
        let error = #expect(throws: MeasurementError.self) {
            _ = try Self.loads(#"{"metric":{"instance":"a","job":"\#(label)"},"value":[1,"5"]}"#)
        }
        let words = "a series that Prometheus answers with cannot be read: element 1 of the list has more than"
        #expect(error?.message.hasPrefix(words) == true, "\(error?.message ?? "no error")")
    }

    @Test("too many series are refused")
    func bound() {
        let one = #"{"metric":{"instance":"a"},"value":[1,"5"]}"#
        let series = [String](repeating: one, count: PrometheusReply.mostSeries + 1).joined(separator: ",")
        #expect(throws: (any Error).self) { _ = try Self.loads(series) }
    }
}

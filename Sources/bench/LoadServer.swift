import Wire

/// Says of every host of the simulated FlexAI how busy it is, as Prometheus would; part of `hack/bench`, and not shipped.
struct LoadServer: Sendable {
    /// How many hosts there are.
    let hosts: Int
    /// How busy each of them is, in percent.
    let percent: Int

    /// Prints the variable that points an operator to it, and serves until it is killed.
    @concurrent
    func run() async throws {
        let reply = Array(text.utf8)
        let server = try HTTPServer.bind(ListenAddress("127.0.0.1:0")) { _ in
            HTTPServerResponse(status: 200, headers: HTTPHeaders([("Content-Type", "application/json")]), body: reply)
        }
        Report.tell("export INTENTCTL_METRICS_PROMETHEUS_URL=http://127.0.0.1:\(server.port)")
        await server.run()
    }

    /// One instant vector, the same for every query.
    private var text: String {
        let series = (0..<hosts).map { serial in
            let address = "10.\(serial >> 16 & 255).\(serial >> 8 & 255).\(serial & 255)"
            return #"{"metric":{"instance":"\#(address):9400"},"value":[0,"\#(percent)"]}"#
        }
        return #"{"status":"success","data":{"resultType":"vector","result":[\#(series.joined(separator: ","))]}}"#
    }
}

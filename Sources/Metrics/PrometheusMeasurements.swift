package import Reconciling

/// Loads from a Prometheus server: one query for each kind of load, whatever the number of intents.
package struct PrometheusMeasurements: Measurements {
    /// The largest reply that is read, in bytes: some 40,000 series.
    package static let largestReply = 8 * 1024 * 1024
    /// How long a query may take.
    package static let patience = Duration.seconds(10)

    private let configuration: PrometheusConfiguration
    private let transport: any Transport
    private let words: SafeWords

    /// A server that is asked over a transport.
    package init(_ configuration: PrometheusConfiguration, over transport: any Transport) {
        self.configuration = configuration
        self.transport = transport
        words = SafeWords(secrets: [configuration.token].compactMap(\.self))
    }

    package func read() async throws(MeasurementError) -> LoadReport {
        let gpu = try await loads(configuration.gpuQuery)
        let cpu = try await loads(configuration.cpuQuery)
        return LoadReport(gpu: gpu, cpu: cpu)
    }

    /// What a query gives; nil for no query.
    private func loads(_ query: String) async throws(MeasurementError) -> [LoadReport.Place: Int]? {
        guard !query.isEmpty else { return nil }
        let reply: TransportReply
        do throws(TransportFailure) {
            reply = try await transport.send(request(query))
        } catch {
            throw MeasurementError("Prometheus does not answer: \(words.clean(error.words))")
        }
        return try PrometheusReply(reply, hostLabel: configuration.hostLabel, words: words).loads
    }

    private func request(_ query: String) -> TransportRequest {
        var headers: [(name: String, value: String)] = [("Accept", "application/json")]
        if let token = configuration.token { headers.append(("Authorization", "Bearer \(token.revealed())")) }
        return TransportRequest(
            method: "GET",
            url: configuration.url + "/api/v1/query?query=" + query.percentEncoded,
            headers: headers,
            deadline: Self.patience,
            maximumReplyBytes: Self.largestReply
        )
    }
}

extension TransportFailure {
    /// What happened, for people.
    fileprivate var words: String {
        switch self {
        case .notSent(let why), .outcomeUnknown(let why): why
        case .replyTooLarge(let limit): "its reply is larger than \(limit) bytes; let the query give fewer series"
        }
    }
}

extension String {
    /// The text as it stands in a query (RFC 3986): letters, digits and `-._~` as they are, all else as `%XX`.
    var percentEncoded: String {
        let digits = Array("0123456789ABCDEF")
        var text = ""
        for byte in utf8 {
            let isPlain =
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-._~".utf8.contains(byte)
            if isPlain {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return text
    }
}

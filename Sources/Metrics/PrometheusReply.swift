import Documents
import Intents
import Reconciling

/// What a Prometheus server answers to an instant query (`/api/v1/query`).
struct PrometheusReply {
    /// The most series that are looked at.
    static let mostSeries = 100_000

    /// How many bytes are cut into series at a time.
    private static let chunkBytes = 64 * 1024

    /// The loads in hundredths of a percent; of several series of one place their mean.
    ///
    /// Series that name `intent` and `slot` are of that slot, others of the host that the label names. What is no number,
    /// or names no place, is passed over: it is not measured.
    var loads: [LoadReport.Place: Int] { sums.mapValues { $0.sum / $0.count } }

    private var sums: [LoadReport.Place: (sum: Int, count: Int)] = [:]
    private var count = 0

    /// Reads a reply; throws with the server's words where it refuses, and for everything that is no instant vector.
    ///
    /// One series is in memory at a time: the tree of ten thousand would be ten times as large as the reply.
    init(_ reply: TransportReply, hostLabel: String, words: SafeWords) throws(MeasurementError) {
        var scanner = JSONElementScanner(listDepth: 2)
        let node: Node
        do throws(Diagnostic) {
            var rest = reply.body[...]
            while !rest.isEmpty {
                for element in try scanner.feed(rest.prefix(Self.chunkBytes)) {
                    take(try DocumentParser.json(element), hostLabel)
                }
                rest = rest.dropFirst(Self.chunkBytes)
            }
            node = try scanner.finish().node
        } catch {
            throw Self.refusal(reply, words, unread: error)
        }
        guard reply.status == 200, node["status"]?.string == "success" else {
            throw Self.refusal(reply, words)
        }
        guard Self.isVector(node) else { throw Self.noVector }
        guard count <= Self.mostSeries else {
            throw MeasurementError("the query gives \(count) series, more than \(Self.mostSeries)")
        }
    }

    /// Takes a series in.
    private mutating func take(_ entry: Node, _ hostLabel: String) {
        count += 1
        guard count <= Self.mostSeries, let labels = entry["metric"], let place = Self.place(labels, hostLabel),
            let load = entry["value"].flatMap(Self.load)
        else { return }
        let known = sums[place] ?? (0, 0)
        sums[place] = (known.sum + load, known.count + 1)
    }

    private static func isVector(_ reply: Node) -> Bool {
        reply["data"]?["resultType"]?.string == "vector" && reply["data"]?["result"]?.sequence != nil
    }

    private static let noVector = MeasurementError(
        "the query gives no instant vector; it must give one number for each host"
    )

    /// Why a reply without series is none; `unread` tells what could not be read of it series by series.
    private static func refusal(
        _ reply: TransportReply,
        _ words: SafeWords,
        unread: Diagnostic? = nil
    ) -> MeasurementError {
        let node: Node
        do throws(Diagnostic) {
            node = try DocumentParser.json(reply.body)
        } catch {
            return MeasurementError("Prometheus answers \(reply.status) with something that is no JSON")
        }
        if reply.status == 200, node["status"]?.string == "success" {
            guard let unread, isVector(node) else { return noVector }
            return MeasurementError(
                "a series that Prometheus answers with cannot be read: \(words.clean(unread.message))"
            )
        }
        let why = node["error"]?.string.map { ": " + words.clean($0) } ?? ""
        return MeasurementError("Prometheus answers \(reply.status)\(why)")
    }

    private static func place(_ labels: Node, _ hostLabel: String) -> LoadReport.Place? {
        if let intent = labels["intent"]?.string, let slot = labels["slot"]?.string.flatMap({ Int($0) }) {
            return .slot(IntentKey(rawValue: intent), slot)
        }
        guard let text = labels[hostLabel]?.string, !text.isEmpty else { return nil }
        return .host(host(text))
    }

    /// A host without its port: `10.0.0.1:9400`, `[fd00::1]:9400`, `host`; a bare IPv6 address stays whole.
    static func host(_ text: String) -> String {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            return String(text[text.index(after: text.startIndex)..<end])
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? String(parts[0]) : text
    }

    /// A sample's number, between 0 and 100,000 %; nil for `NaN` and for what is no sample.
    private static func load(_ sample: Node) -> Int? {
        guard let parts = sample.sequence, parts.count == 2, let value = parts[1].string.flatMap({ Double($0) }),
            value.isFinite, value >= 0, value <= 100_000
        else { return nil }
        return Int((value * 100).rounded())
    }
}

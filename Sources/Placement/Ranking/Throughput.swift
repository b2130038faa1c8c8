import Intents

/// How much an offer computes.
enum Throughput {
    /// The latency in milliseconds at which a balanced choice thinks half as much of an offer.
    ///
    /// It is the reference's default limit, and what an offer that states no latency counts as.
    static let halvingLatencyMs: Int64 = 100

    /// What one slot computes: thousandths of TFLOPS, all its GPUs together, less what is lost on the link between them.
    ///
    /// Nothing where the throughput is unknown.
    static func slot(
        _ fp32Tflops: Quantity?,
        over link: GPUWish.Interconnect?,
        topology: GPUWish.Topology? = nil,
        count: Int
    ) -> Int64 {
        let alone = fp32Tflops?.thousandths ?? 0
        let (together, overflow) = alone.multipliedReportingOverflow(by: Int64(count))
        guard !overflow else { return .max }
        let kept = Efficiency.thousandths(over: link, topology: topology, count: count)
        return kept == 1000 ? together : together / 1000 * kept
    }

    /// The price of an hour made dearer by latency: at `halvingLatencyMs` it counts twice.
    ///
    /// In millionths of a euro times milliseconds; saturating.
    static func felt(_ cost: Int64, latencyMs: Int64?) -> Int64 {
        let latency = min(1_000_000, max(0, latencyMs ?? halvingLatencyMs))
        let (felt, overflow) = cost.multipliedReportingOverflow(by: halvingLatencyMs + latency)
        return overflow ? .max : felt
    }
}

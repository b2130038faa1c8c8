import Intents

/// How much an offer computes.
enum Throughput {
    /// The latency in milliseconds at which a balanced choice thinks half as much of an offer.
    ///
    /// It is the reference's default limit, and what an offer that states no latency counts as.
    static let halvingLatencyMs = 100.0

    /// What one slot computes: thousandths of TFLOPS, all its GPUs together, less what is lost on the link between them.
    ///
    /// Nothing where the throughput is unknown.
    static func slot(_ fp32Tflops: Quantity?, over link: GPUWish.Interconnect?, count: Int) -> Int64 {
        let alone = fp32Tflops?.thousandths ?? 0
        let (together, overflow) = alone.multipliedReportingOverflow(by: Int64(count))
        guard !overflow else { return .max }
        return count == 1 ? together : together / 100 * percentKept(link)
    }

    /// What a euro buys of slots with this throughput, discounted by latency.
    static func perEuro(_ throughput: Int64, slots: Int, cost: Money, latencyMs: Int?) -> Double {
        let latency = latencyMs.map(Double.init) ?? halvingLatencyMs
        let together = Double(throughput) * Double(slots)
        return together / max(1, Double(cost.micros)) / (1 + max(0, latency) / halvingLatencyMs)
    }

    /// How much of their throughput several GPUs keep over a link, in percent.
    private static func percentKept(_ link: GPUWish.Interconnect?) -> Int64 {
        switch link {
        case .nvswitch: 100
        case .nvlink: 95
        case .infiniband: 85
        case .pcie, nil: 80
        }
    }
}

/// What the choice of an offer optimises (`objective`).
package enum Objective: String, Hashable, Sendable, CaseIterable {
    /// The lowest hourly cost.
    case cost = "Cost_Minimization"
    /// The fastest GPUs.
    case performance = "Performance_Maximization"
    /// The lowest network latency, then the fastest start.
    case latency = "Latency_Minimization"
    /// The most throughput for the money, discounted by latency.
    case balanced = "Balanced_Optimization"
}

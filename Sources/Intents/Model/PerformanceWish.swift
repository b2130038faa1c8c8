/// Limits of the network and of starting (`constraints.performance`).
package struct PerformanceWish: Hashable, Sendable {
    /// Bits a second, at least.
    package var minNetworkBandwidth: Quantity?
    /// Milliseconds, at most.
    package var maxJitterMs: Int?
    /// Percent, in thousandths, at least.
    package var minUptimePercent: Quantity?
    /// Time to start, at most.
    package var maxColdStartTime: Duration?

    /// No limits.
    package init() {}
}

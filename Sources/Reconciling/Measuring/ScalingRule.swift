/// How many replicas a load asks for, by the rule of the Kubernetes HorizontalPodAutoscaler.
///
/// Loads are hundredths of a percent. What does not run yet, or whose standing nobody knows, counts as present: with no
/// load where more would be asked for, and with the load aimed at where fewer would. Where a running replica is not
/// measured, no fewer are asked for.
package struct ScalingRule: Hashable, Sendable {
    /// One metric of an intent at one moment.
    package struct Metric: Hashable, Sendable {
        /// The load aimed at, in hundredths of a percent.
        package var target: Int
        /// The sum of the loads of the running replicas that are measured.
        package var sum: Int
        /// How many those are.
        package var measured: Int
        /// How many running replicas are not measured.
        package var missing: Int

        /// A metric from its parts.
        package init(target: Int, sum: Int, measured: Int, missing: Int) {
            self.target = target
            self.sum = sum
            self.measured = measured
            self.missing = missing
        }
    }

    /// How far from the target nothing changes, in percent of it.
    package var tolerancePercent = 10
    /// How many replicas may be added in one step at least.
    package var leastStep = 4

    /// The documented rule.
    package init() {}

    /// How many replicas one metric asks for, where `current` are wanted now.
    package func wish(for metric: Metric, current: Int) -> Int {
        guard current > 0, metric.target > 0, metric.measured > 0 else { return current }
        let aim = metric.target * current
        if metric.sum * 100 > aim * (100 + tolerancePercent) {
            return min(Self.quotient(metric.sum, metric.target), max(current + leastStep, 2 * current))
        }
        guard metric.missing == 0 else { return current }
        let pending = max(0, current - metric.measured)
        let filled = metric.sum + pending * metric.target
        guard filled * 100 < aim * (100 - tolerancePercent) else { return current }
        return max(1, Self.quotient(filled, metric.target))
    }

    /// How many replicas all metrics ask for together: the most that any of them does.
    package func wish(for metrics: [Metric], current: Int) -> Int {
        metrics.map { wish(for: $0, current: current) }.max() ?? current
    }

    /// A quotient rounded up.
    private static func quotient(_ sum: Int, _ target: Int) -> Int { (sum + target - 1) / target }
}

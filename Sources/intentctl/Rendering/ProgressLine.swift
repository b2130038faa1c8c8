import Intents
import Reconciling

/// One line about how far `run --once` has come.
enum ProgressLine {
    /// The line: `2 of 3 settled: 2 Running, 1 Provisioning; 8.50 EUR/hour`.
    static func text(_ statuses: [IntentStatus]) -> String {
        let settled = statuses.count { [.running, .completed, .suspended].contains($0.phase) }
        let phases = IntentStatus.Phase.allCases.compactMap { phase -> String? in
            let count = statuses.count { $0.phase == phase }
            return count == 0 ? nil : "\(count) \(phase.rawValue)"
        }
        let hourly = statuses.reduce(Money.zero) { $0 + $1.cost.hourly }
        let parts = phases.isEmpty ? "" : ": " + phases.joined(separator: ", ")
        return "\(settled) of \(statuses.count) settled\(parts); \(hourly.rateText)"
    }
}

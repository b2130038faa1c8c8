import Intents
import Reconciling

/// A server that knows the load of every replica, as a script says.
final class SimulatedLoads: Measurements {
    /// More slots than any intent of a script has.
    private static let slots = 8

    private let loads = Locked<[String: Int]>([:])

    /// Notes the load of every replica of an intent, in percent; nil where nothing is measured.
    func set(_ percent: Int?, of intent: String) { loads.withLock { $0[intent] = percent } }

    func read() async throws(MeasurementError) -> LoadReport {
        var gpu: [LoadReport.Place: Int] = [:]
        for (intent, percent) in loads.withLock({ $0 }) {
            for slot in 0..<Self.slots { gpu[.slot(IntentKey(rawValue: intent), slot)] = percent * 100 }
        }
        return LoadReport(gpu: gpu, cpu: nil)
    }
}

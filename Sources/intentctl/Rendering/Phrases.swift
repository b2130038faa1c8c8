import Intents
import Reconciling
import Reporting

/// Small pieces of text that several views share.
enum Phrases {
    /// A span as people say it, in its two largest units: `3d 4h`, `12m`, `5s`.
    static func span(_ duration: Duration) -> String {
        let seconds = max(0, duration.milliseconds / 1000)
        let parts: [(Int64, String)] = [
            (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s"),
        ]
        guard let first = parts.firstIndex(where: { $0.0 > 0 }) else { return "0s" }
        let isFine = first >= 2 && parts[first].0 >= 10
        let shown = parts[first...].prefix(isFine ? 1 : 2).filter { $0.0 > 0 }
        return shown.map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }

    /// A moment and how far it is: `2027-01-04T07:00:00Z (in 5m)`.
    static func moment(_ moment: Timestamp, now: Timestamp) -> String {
        let distance = moment > now ? "in \(span(moment - now))" : "\(span(now - moment)) ago"
        return "\(moment.text) (\(distance))"
    }

    /// A GPU and how many of it: `2x H100`.
    static func gpus(_ count: Int, _ model: String) -> String { "\(count)x \(model)" }

    /// A number with its noun.
    static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }

    /// The colour of a phase.
    static func paint(_ phase: IntentStatus.Phase) -> Paint {
        switch phase {
        case .running, .completed: .good
        case .pending, .provisioning, .terminating: .moving
        case .degraded, .suspended: .doubtful
        case .failed: .bad
        }
    }

    /// The colour of a slot's state.
    static func paint(_ state: SlotStatus.State) -> Paint {
        switch state {
        case .running, .completed: .good
        case .pending, .provisioning, .stopping, .stopped, .deleting: .moving
        case .unknown: .doubtful
        case .lost, .failed: .bad
        }
    }
}

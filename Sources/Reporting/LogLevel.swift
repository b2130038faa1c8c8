/// How much a log line matters.
package enum LogLevel: String, Comparable, CaseIterable, Hashable, Sendable {
    /// For finding a fault.
    case debug
    /// What happened.
    case info
    /// Someone should look.
    case warning
    /// Something could not be done.
    case error

    /// Its place from the least to the most important.
    private var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

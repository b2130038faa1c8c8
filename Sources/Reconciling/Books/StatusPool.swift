import Intents
import Placement

/// Lets the statuses of many intents share what they have in common: the verdicts on the same wishes, the same sentences.
///
/// A fleet of ten thousand alike intents holds each of these once. What is shared is bounded: a full pool is emptied, and
/// what was shared before stays with those who have it.
struct StatusPool: Sendable {
    /// The most of a kind that are kept for sharing.
    static let limit = 512

    private var verdicts: Set<[ConstraintVerdict]> = []
    private var sentences: Set<String> = []

    /// Puts the kept one in the place of whatever a status has that is equal to it.
    mutating func share(_ status: inout IntentStatus) {
        status.constraints = Self.kept(status.constraints, in: &verdicts)
        if let because = status.placement?.because {
            status.placement?.because = Self.kept(because, in: &sentences)
        }
        for index in status.conditions.indices {
            status.conditions[index].message = Self.kept(status.conditions[index].message, in: &sentences)
        }
        for index in status.history.indices {
            status.history[index].message = Self.kept(status.history[index].message, in: &sentences)
        }
    }

    private static func kept<Value: Hashable>(_ value: Value, in known: inout Set<Value>) -> Value {
        let (isNew, member) = known.insert(value)
        if isNew, known.count > limit { known = [value] }
        return member
    }
}

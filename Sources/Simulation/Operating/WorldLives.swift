import Intents
import Reconciling

/// What a judge knows of intents that live by money, by the clock and by load.
struct WorldLives: Sendable {
    /// A task of one generation of a job.
    struct Task: Hashable, Sendable {
        let key: IntentKey
        let generation: Int
        let words: String
    }

    /// The most that an intent may cost in all.
    var totals: [String: Money] = [:]
    /// Since when an intent has cost more than that and still holds something.
    var overSince: [String: Duration] = [:]
    /// Since when nobody measures an intent's load.
    var unmeasuredSince: [String: Duration] = [:]
    /// Every intent as it is stored.
    var stored: [IntentKey: StoredIntent] = [:]
    /// Which generation of a job has ended.
    var finished: [IntentKey: Int] = [:]
    /// When an attempt was last found to live.
    var foundAt: [AttemptID: Duration] = [:]
    /// How often people were told that a task has failed.
    var failures: [Task: Int] = [:]
    /// What people were told of failures.
    var told: Set<Event> = []

    /// Forgets an intent that was withdrawn.
    mutating func forget(_ key: IntentKey) {
        stored[key] = nil
        finished[key] = nil
        failures = failures.filter { $0.key.key != key }
    }
}

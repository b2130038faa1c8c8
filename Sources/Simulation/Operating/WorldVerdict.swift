import Intents

/// What came of a run.
package struct WorldVerdict: Sendable {
    /// What determines it.
    package let seed: UInt64
    /// Every promise that was broken, in words.
    package let violations: [String]
    /// The last effects, oldest first.
    package let effects: [WorldEffect]
    /// A number that two runs share when they did the same things in the same order.
    package let trace: UInt64
    /// How many jobs ran.
    package let steps: Int
    /// How many processes were killed.
    package let kills: Int
    /// How many purchases of ours are in the books.
    package let purchases: Int
    /// How many paid calls were made.
    package let paidCalls: Int
    /// How many writes became durable.
    package let writes: Int

    /// The seed, what is broken, and the last effects, for people.
    package var report: String {
        let lines = effects.suffix(120).map(\.description)
        return (["seed \(seed)"] + violations + lines).joined(separator: "\n")
    }
}

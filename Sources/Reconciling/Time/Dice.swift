/// A repeatable stream of random numbers (SplitMix64): the same seed, the same numbers, on every machine.
package struct Dice: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A stream that begins with a seed.
    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Dice that several tasks may throw.
package final class SharedDice: Sendable {
    private let dice: Locked<Dice>

    /// Dice that begin with a seed.
    package init(seed: UInt64) { dice = Locked(Dice(seed: seed)) }

    /// A random UUID.
    package func attempt() -> AttemptID {
        dice.withLock { AttemptID(using: &$0) }
    }

    /// A new attempt's random name, for an order by a spec of a shape.
    package func attempt(for shape: String) -> AttemptID {
        dice.withLock { AttemptID(for: shape, using: &$0) }
    }

    /// A name for an attempt of which only the first eight digits are known.
    package func attempt(short: String) -> AttemptID {
        dice.withLock { AttemptID(short: short, using: &$0) }
    }

    /// A number in a range, each as likely as the other.
    package func throwOne(in range: ClosedRange<Int64>) -> Int64 {
        dice.withLock { Int64.random(in: range, using: &$0) }
    }
}

/// A repeatable stream of random numbers (SplitMix64) for the choices of one round.
struct CrashDice: RandomNumberGenerator {
    private var state: UInt64

    /// Dice that a seed determines.
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in a range.
    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// Whether something with a chance of one in so many happens.
    mutating func oneIn(_ count: Int) -> Bool { number(1...count) == 1 }

    /// A span, in milliseconds.
    mutating func milliseconds(_ range: ClosedRange<Int>) -> Duration { .milliseconds(number(range)) }
}

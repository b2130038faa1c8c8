package import Intents

/// A candidate with the numbers by which it is compared with others.
package struct Contender: Hashable, Sendable {
    /// The candidate.
    package var candidate: Candidate
    /// What the wanted slots cost in an hour; nil where the offer states no price.
    package var hourly: Money?
    /// What one slot computes, in TFLOPS of 32-bit floats; nil where nobody knows.
    package var throughput: Quantity?
    /// Network latency in milliseconds; nil where nobody knows.
    package var latencyMs: Int?
    /// How many GPUs one slot gets.
    package var gpus: Int
}

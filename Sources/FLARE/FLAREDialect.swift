/// The two forms of FLARE's API that are in use.
package enum FLAREDialect: String, Hashable, Sendable, CaseIterable {
    /// As the reference has it.
    case seed
    /// The newer one: `batch` for `job`, ranges for the GPU's memory, cores and clock, numbers for its scores.
    case head
}

/// The parts of an offer; offers that are alike in one share a class there, and a rule of that scope is asked once a class.
enum RuleScope: Int, Hashable, Sendable, CaseIterable {
    /// Platform and provider.
    case seller
    /// What the GPU is, and how many the machine has.
    case gpu
    /// Region, zone and platform, and where data stays.
    case site
    /// What is known of the seller there, with latency and start-up.
    case facts
    /// What the machine has beside GPUs, whether it is spot, whether it is shared.
    case machine
    /// Price, free GPUs, or several parts at once: every offer is asked for itself.
    case offer
}

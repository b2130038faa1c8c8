/// The part of an offer that a rule looks at; offers that are alike in a part share a class, which is asked once.
enum RuleScope: Int, Hashable, Sendable, CaseIterable {
    /// Platform and provider.
    case seller
    /// What the GPU is, and how many the machine has.
    case gpu
    /// What the machine has beside GPUs, whether it is spot, whether it is shared.
    case machine
    /// What is known of the seller there, with latency and start-up.
    case facts
    /// The hours of the seller.
    case hours
    /// The region, or where none is stated the zone.
    case place
    /// Where data stays.
    case home
    /// Region and zone together with the platform.
    case site
    /// GPU, machine and facts together.
    case lane
    /// How many GPUs the machine has, and how many are free.
    case count
    /// What an hour costs.
    case hourlyCost
    /// What it all costs.
    case totalCost
}

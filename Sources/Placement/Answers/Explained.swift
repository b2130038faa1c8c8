/// A choice with its reasons: what each wish left, who was compared, and what would change it.
package struct Explained: Hashable, Sendable {
    /// The best candidates, or why there are none, and what became of each wish.
    package var ranking: Ranking
    /// How many offers were on sale.
    package var offers: Int
    /// What each wish left, in the order in which they were asked.
    package var funnel: [FunnelStep]
    /// The winner and those behind it, with their numbers.
    package var contenders: [Contender]
    /// What would change the choice, in sentences without a full stop.
    package var changes: [String]
    /// How the slots are spread where the winner cannot hold them all; nil where it can.
    package var spread: String?
    /// What negotiating would come to, step by step; empty where the wish is granted, or nothing may be negotiated.
    package var negotiation: [String]
}

/// Limits of energy (`constraints.energy`).
package struct EnergyWish: Hashable, Sendable {
    /// Grams of CO2 an hour, in thousandths, at most.
    package var maxCarbonFootprint: Quantity?
    /// Whether only renewable energy will do.
    package var renewableEnergyOnly = false
    /// The least rating, A (best) to F.
    package var energyEfficiencyRating: Rating?
    /// Power usage effectiveness, in thousandths, at most.
    package var powerUsageEffectiveness: Quantity?
    /// Whether only certified data centres will do.
    package var greenCertifiedOnly = false

    /// No limits.
    package init() {}

    /// An energy rating.
    package enum Rating: String, Hashable, Sendable, CaseIterable {
        /// The best.
        case a = "A"
        /// Second.
        case b = "B"
        /// Third.
        case c = "C"
        /// Fourth.
        case d = "D"
        /// Fifth.
        case e = "E"
        /// The worst.
        case f = "F"
    }
}

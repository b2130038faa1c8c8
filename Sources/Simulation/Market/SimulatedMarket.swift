/// What the two simulated platforms have for sale.
package struct SimulatedMarket: Sendable {
    /// FlexAI's GPU types.
    package var flexai: [SimulatedWare]
    /// FLARE's resources.
    package var flare: [SimulatedWare]

    /// A market of these wares; names must differ within a platform.
    package init(flexai: [SimulatedWare], flare: [SimulatedWare]) {
        self.flexai = flexai
        self.flare = flare
    }

    /// The same market with every capacity times a factor, rounded down; 0 makes everything sold out.
    package func capacity(times factor: Double) -> SimulatedMarket {
        precondition(factor >= 0, "a capacity cannot be negative")
        func scaled(_ wares: [SimulatedWare]) -> [SimulatedWare] {
            wares.map { ware in
                var ware = ware
                ware.capacity = Int(Double(ware.capacity) * factor)
                return ware
            }
        }
        return SimulatedMarket(flexai: scaled(flexai), flare: scaled(flare))
    }
}

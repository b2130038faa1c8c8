import Placement

extension PlacementPolicy {
    /// What the settings say about choosing.
    init(_ settings: Settings) {
        self.init()
        bareInstancesAllowed = settings.flexai.bareInstances == .allowed
        exchangeRates = settings.exchangeRates
        facts = settings.providers.book
        unstated = settings.unstated
    }
}

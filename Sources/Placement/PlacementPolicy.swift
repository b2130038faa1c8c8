package import Intents

/// What the operator's configuration says about choosing.
package struct PlacementPolicy: Hashable, Sendable {
    /// Whether workloads that FlexAI cannot start by itself may be put on its bare instances.
    package var bareInstancesAllowed = false
    /// Euros that one unit of another currency is worth, by its code.
    package var exchangeRates: [String: Money] = [:]
    /// What platforms do not tell of themselves and of providers.
    package var facts = FactsBook()
    /// What a group of rules says of offers that do not state what it asks about; `RuleGroup.standard` where it is silent.
    package var unstated: [RuleGroup: Unstated] = [:]

    /// The defaults.
    package init() {}

    /// What a group of rules says of offers that do not state what it asks about.
    package func unstated(_ group: RuleGroup) -> Unstated { unstated[group] ?? group.standard }
}

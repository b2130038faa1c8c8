import Intents

/// What the operator's configuration says of platforms and providers, and of their regions.
package struct FactsBook: Hashable, Sendable {
    /// What is said of one platform or provider.
    package struct Entry: Hashable, Sendable {
        /// What holds everywhere.
        package var everywhere: ProviderFacts
        /// What holds in a region, by its name in lower case; it beats what holds everywhere.
        package var regions: [String: ProviderFacts]

        /// An entry from its parts.
        package init(everywhere: ProviderFacts, regions: [String: ProviderFacts] = [:]) {
            self.everywhere = everywhere
            self.regions = regions
        }
    }

    /// The entries by the name of the platform or provider, in lower case.
    package var entries: [String: Entry]

    /// A book of these entries.
    package init(entries: [String: Entry] = [:]) { self.entries = entries }

    /// What is known of a seller in a region: the provider's word goes before the platform's, the region's before both.
    package func facts(platform: PlatformName, provider: String?, region: String?) -> ProviderFacts {
        var facts = ProviderFacts()
        let names = [provider, platform.rawValue].compactMap { $0?.lowercased() }
        guard !entries.isEmpty else { return facts }
        let region = region?.lowercased()
        for name in names {
            guard let entry = entries[name] else { continue }
            if let region, let local = entry.regions[region] { facts = facts.completed(from: local) }
            facts = facts.completed(from: entry.everywhere)
        }
        return facts
    }
}

import Intents

/// `constraints.providers`: members of the federation, or whole platforms by their own names.
struct ProviderRule: Rule {
    /// The names, in lower case.
    let names: [String]

    static func asked(by question: Question) -> Self? {
        let providers = question.spec.constraints.providers
        return providers.isEmpty ? nil : Self(names: providers.map { $0.lowercased() })
    }

    var name: String { "constraints.providers" }
    var wish: String { names.joined(separator: ", ") }
    var scope: RuleScope { .seller }

    func fits(_ listing: Listing) -> Bool { listing.sellers.contains(where: names.contains) }

    func reason(_ listing: Listing) -> String {
        "\(listing.offer.provider ?? listing.offer.platform.rawValue) is not among \(wish)"
    }
}

import Foundation
import Intents

@testable import Placement

/// The sample price list, read once, with a configuration that states something of some of its sellers.
enum PriceList {
    /// The file.
    static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../manifests/catalogue/offers.csv")

    /// Its offers; none where it cannot be read, which a test would notice.
    static let offers: [Offer] = {
        do {
            return try OfferCatalogue(Array(Data(contentsOf: file))).offers
        } catch {
            return []
        }
    }()

    /// What the configuration says.
    static let policy: PlacementPolicy = {
        var policy = PlacementPolicy()
        policy.exchangeRates = ["USD": .euros(0.92)]
        policy.facts = FactsBook(entries: [
            "gcp": .init(everywhere: google, regions: ["europe-west4": dutch]), "lambda": .init(everywhere: lambda),
            "ovh": .init(everywhere: french), "nebius": .init(everywhere: dutch),
        ])
        return policy
    }()

    /// A hyperscaler with everything.
    private static let google: ProviderFacts = {
        var facts = ProviderFacts()
        facts.latencyMs = 40
        facts.jitterMs = 5
        facts.bandwidth = .units(100_000_000_000)
        facts.uptimePercent = Quantity(thousandths: 99_900)
        facts.coldStart = .seconds(90)
        facts.certifications = ["ISO27001", "SOC2"]
        facts.encryptionAtRest = true
        facts.encryptionInTransit = true
        facts.auditLogging = true
        facts.gdprCompliant = true
        facts.hipaaCompliant = true
        facts.networkIsolation = .private
        facts.firewall = true
        facts.vpn = true
        facts.intrusionDetection = true
        facts.carbonIntensity = .units(300)
        facts.powerUsageEffectiveness = Quantity(thousandths: 1100)
        return facts
    }()

    private static let dutch: ProviderFacts = {
        var facts = google
        facts.latencyMs = 12
        facts.carbonIntensity = .units(80)
        facts.renewable = true
        facts.energyRating = .b
        return facts
    }()

    private static let lambda: ProviderFacts = {
        var facts = ProviderFacts()
        facts.latencyMs = 90
        facts.coldStart = .seconds(200)
        facts.encryptionAtRest = false
        facts.uptimePercent = .units(99)
        var open = AvailabilityWish()
        open.windowStart = 480
        open.windowEnd = 1200
        facts.availability = open
        return facts
    }()

    private static let french: ProviderFacts = {
        var facts = ProviderFacts()
        facts.location = "FR"
        facts.residency = ["EU"]
        facts.gdprCompliant = true
        facts.certifications = ["HDS", "ISO 27001"]
        facts.greenCertified = true
        return facts
    }()

    /// The market of the list.
    static let market = Market(offers: offers, policy: policy)
}

import Intents
import Placement

/// Markets of any size, made from a price list: the same machines in more zones, at other prices.
enum BenchMarket {
    /// So many offers.
    static func offers(_ count: Int, from list: [Offer]) -> [Offer] {
        var dice = BenchDice(state: 7)
        return (0..<count).map { number in
            var offer = list[number % list.count]
            let copy = number / list.count
            guard copy > 0 else { return offer }
            offer.id.name += "/\(copy)"
            offer.zone = "\(offer.location ?? "global")-\(copy % 8)"
            let price = offer.machine?.hourly?.micros ?? 1_000_000
            offer.machine?.hourly = Money(micros: price / 100 * Int64.random(in: 70...160, using: &dice))
            return offer
        }
    }

    /// A configuration that states something of every provider.
    static let policy: PlacementPolicy = {
        var policy = PlacementPolicy()
        policy.exchangeRates = ["USD": Money(micros: 920_000)]
        let names = [
            "gcp", "lambda", "runpod", "nebius", "jarvislabs", "datacrunch", "vast", "ovh", "akash", "coreweave",
            "paperspace", "hyperstack", "spheron", "vultr", "digitalocean", "fluidstack", "crusoe", "scaleway",
        ]
        for (number, name) in names.enumerated() {
            policy.facts.entries[name] = FactsBook.Entry(everywhere: facts(number))
        }
        return policy
    }()

    private static func facts(_ number: Int) -> ProviderFacts {
        var facts = ProviderFacts()
        facts.latencyMs = 5 + number * 5
        facts.jitterMs = 1 + number % 7
        facts.bandwidth = .units(Int64(1 + number % 4) * 10_000_000_000)
        facts.uptimePercent = Quantity(thousandths: 99_000 + Int64(number % 10) * 100)
        facts.coldStart = .seconds(20 + number * 10)
        facts.maxInterruption = .seconds(300)
        facts.backups = ["checkpoint"]
        facts.carbonIntensity = .units(Int64(30 + number * 20))
        facts.powerUsageEffectiveness = Quantity(thousandths: 1100 + Int64(number) * 20)
        facts.renewable = number % 6 != 5
        facts.greenCertified = number % 3 != 1
        facts.energyRating = number % 6 != 4 ? .a : .c
        facts.residency = number % 4 != 3 ? ["EU", "US", "Asia"] : nil
        facts.certifications = ["ISO27001", "SOC2"]
        facts.encryptionAtRest = true
        facts.encryptionInTransit = true
        facts.auditLogging = true
        facts.gdprCompliant = number % 3 != 2
        facts.hipaaCompliant = true
        facts.networkIsolation = .private
        facts.firewall = true
        facts.vpn = true
        facts.bastionHost = true
        facts.intrusionDetection = number % 5 != 4
        facts.vulnerabilityScanning = true
        facts.storage = .gibibytes(4000)
        var open = AvailabilityWish()
        if number % 3 == 0 {
            open.windowStart = 6 * 60
            open.windowEnd = 22 * 60
            open.timeZone = "Europe/Berlin"
        }
        facts.availability = open
        return facts
    }
}

/// Dice that fall the same way for one seed (SplitMix64).
struct BenchDice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

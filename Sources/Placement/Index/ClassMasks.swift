/// What the rules say of each class of offers, while they are being asked.
struct ClassMasks {
    /// The masks, by the numbers of the classes.
    private(set) var sellers: [UInt64]
    private(set) var gpus: [UInt64]
    private(set) var machines: [UInt64]
    private(set) var facts: [UInt64]
    private(set) var sites: [UInt64]
    private var hours: [UInt64] = []
    private var places: [UInt64] = []
    private var homes: [UInt64] = []
    /// The bits of the rules that classes do not answer.
    private(set) var laneRules: UInt64 = 0
    private(set) var count: UInt64 = 0
    private(set) var hourly: UInt64 = 0
    private(set) var total: UInt64 = 0

    /// Nobody has been asked.
    init(_ classes: OfferClasses) {
        sellers = Array(repeating: 0, count: classes.sellers.count)
        gpus = Array(repeating: 0, count: classes.gpus.count)
        machines = Array(repeating: 0, count: classes.machines.count)
        facts = Array(repeating: 0, count: classes.facts.count)
        sites = Array(repeating: 0, count: classes.sites.count)
    }

    /// Asks a rule about the classes of its scope.
    mutating func ask(_ rule: any Rule, _ bit: UInt64, _ classes: OfferClasses) {
        switch rule.scope {
        case .seller: rule.mark(bit, in: &sellers, of: classes.sellers)
        case .gpu: rule.mark(bit, in: &gpus, of: classes.gpus)
        case .machine: rule.mark(bit, in: &machines, of: classes.machines)
        case .facts: rule.mark(bit, in: &facts, of: classes.facts)
        case .site: rule.mark(bit, in: &sites, of: classes.sites)
        case .hours: Self.ask(rule, bit, &hours, classes.hours)
        case .place: Self.ask(rule, bit, &places, classes.places)
        case .home: Self.ask(rule, bit, &homes, classes.homes)
        case .lane: laneRules |= bit
        case .count: count |= bit
        case .hourlyCost: hourly |= bit
        case .totalCost: total |= bit
        }
    }

    /// Asks about classes that few rules speak of, whose masks are made when they are needed.
    private static func ask(_ rule: any Rule, _ bit: UInt64, _ masks: inout [UInt64], _ classes: [Listing]) {
        if masks.isEmpty { masks = Array(repeating: 0, count: classes.count) }
        rule.mark(bit, in: &masks, of: classes)
    }

    /// Hands on what was said of hours to facts, of places and homes to sites.
    mutating func combine(_ classes: OfferClasses) {
        if !hours.isEmpty {
            for (index, number) in classes.hoursOfFacts.enumerated() { facts[index] |= hours[Int(number)] }
        }
        if !places.isEmpty {
            for (index, number) in classes.placeOfSite.enumerated() { sites[index] |= places[Int(number)] }
        }
        if !homes.isEmpty {
            for (index, number) in classes.homeOfSite.enumerated() { sites[index] |= homes[Int(number)] }
        }
    }
}

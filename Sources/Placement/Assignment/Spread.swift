package import Intents

/// How the slots of one intent are filled from several offers: the best first, as far as it reaches and the money does.
///
/// A slot that is filled is worth more than a better offer: the best offers are taken only as far as the rest of the
/// money still pays for the slots that remain.
package struct Spread: Hashable, Sendable {
    /// An offer that slots may be bought on, one by one.
    package struct Source: Hashable, Sendable {
        /// The offer, with what one slot costs on it.
        package var candidate: Candidate
        /// How many slots it holds; nil where nobody says.
        package var room: Int?

        /// An offer with its room.
        package init(_ candidate: Candidate, room: Int?) {
            self.candidate = candidate
            self.room = room
        }

        fileprivate var price: Int64 { candidate.hourlyPerAllocation.micros }
    }

    /// Some slots on one offer.
    package struct Part: Hashable, Sendable {
        /// The offer.
        package var candidate: Candidate
        /// How many slots.
        package var slots: Int
    }

    /// The offers that are used, in the order of the sources.
    package private(set) var parts: [Part] = []
    /// How many slots were to be filled.
    package let wanted: Int
    /// What the filled ones cost in an hour.
    package private(set) var hourly = Money.zero

    /// How many slots are filled.
    package var filled: Int { parts.reduce(0) { $0 + $1.slots } }
    /// Whether every slot is filled.
    package var isComplete: Bool { filled >= wanted }

    /// Fills slots from sources, best first; `budget` is what all of them together may cost in an hour.
    package init(over sources: [Source], slots: Int, budget: Money? = nil) {
        wanted = slots
        let budget = budget?.micros ?? .max
        let open = sources.indices.filter { sources[$0].room.map { $0 > 0 } ?? true }
        let byPrice = open.sorted { (sources[$0].price, $0) < (sources[$1].price, $1) }
        let fill = CheapestFill(byPrice.map { (place: $0, price: sources[$0].price, room: sources[$0].room ?? .max) })
        var left = min(slots, fill.most(slots, within: budget))
        var paid: Int64 = 0
        for place in open where left > 0 {
            let source = sources[place]
            var most = min(left, source.room ?? left)
            // The rest must still be had for what is left, from the offers that have not had their turn.
            while most > 0 {
                let (cost, overflow) = source.price.multipliedReportingOverflow(by: Int64(most))
                let rest = fill.cost(of: left - most, after: place)
                if !overflow, let rest, cost <= budget - paid, rest <= budget - paid - cost { break }
                most -= 1
            }
            guard most > 0 else { continue }
            parts.append(Part(candidate: source.candidate, slots: most))
            paid += source.price * Int64(most)
            left -= most
        }
        hourly = Money(micros: paid)
    }
}

/// The cheapest way to fill slots from offers.
private struct CheapestFill {
    /// The offers by price, each with its place in the order in which they are tried.
    let offers: [(place: Int, price: Int64, room: Int)]

    init(_ offers: [(place: Int, price: Int64, room: Int)]) { self.offers = offers }

    /// How many slots can be paid for at the most.
    func most(_ slots: Int, within budget: Int64) -> Int {
        var (filled, left) = (0, budget)
        for offer in offers where filled < slots {
            let payable = offer.price > 0 ? Int(clamping: max(0, left) / offer.price) : .max
            let taken = min(slots - filled, offer.room, payable)
            filled += taken
            left -= offer.price * Int64(taken)
        }
        return filled
    }

    /// What so many slots cost at the least from offers after a place; nil where they do not hold so many.
    func cost(of slots: Int, after place: Int) -> Int64? {
        var (left, cost) = (slots, Int64(0))
        for offer in offers where left > 0 && offer.place > place {
            let taken = min(left, offer.room)
            let (part, overflow) = offer.price.multipliedReportingOverflow(by: Int64(taken))
            let (sum, tooMuch) = cost.addingReportingOverflow(part)
            guard !overflow, !tooMuch else { return nil }
            cost = sum
            left -= taken
        }
        return left == 0 ? cost : nil
    }
}

package import Intents

/// What one simulated platform sells, has sold and bills: the truth behind whatever its API says.
///
/// A value without words of either platform. Every purchase is kept for ever, so that an audit can judge by it.
package struct SimulatedEstate: Sendable {
    /// What is for sale.
    package internal(set) var shelf: [SimulatedWare]
    /// Every purchase ever, by serial.
    package internal(set) var purchases: [SimulatedPurchase] = []
    /// How many purchases live.
    package private(set) var aliveCount = 0
    /// The latest moment that the estate has been told of; it never goes back.
    package private(set) var now = Timestamp(milliseconds: 0)
    var agenda = Agenda()
    /// Whether what is sold next never finishes booting.
    var sellsStuck = false
    private var serials: [String: Int] = [:]
    /// Serials in the order of buying, of what lives and of what ended a short while ago; cleaned when it is read.
    private var recent: [Int] = []

    /// How long what has ended can still be shown by a listing that lags behind.
    static let listingMemory = Duration.seconds(600)

    /// An estate that has sold nothing yet.
    package init(shelf: [SimulatedWare]) {
        precondition(Set(shelf.map(\.name)).count == shelf.count, "two wares of one name")
        self.shelf = shelf
    }

    /// The purchase of this id, dead or alive.
    package func purchase(_ id: String) -> SimulatedPurchase? { serials[id].map { purchases[$0] } }

    /// The serial of this id.
    func serial(_ id: some StringProtocol) -> Int? { serials[String(id)] }

    /// The ware of this name, by its place on the shelf.
    package func ware(named name: String) -> Int? { shelf.firstIndex { $0.name == name } }

    /// Lets everything happen that is due up to `moment`, in its order and at its own time.
    package mutating func advance(to moment: Timestamp) {
        while let entry = agenda.takeDue(moment) { settle(entry) }
        now = max(now, moment)
    }

    /// Sells; the caller has looked whether the shelf holds enough.
    mutating func sell(
        _ sale: SimulatedSale,
        idPrefix: String,
        bootsFor boot: Duration,
        dice: inout some RandomNumberGenerator
    ) -> Int {
        shelf[sale.ware].take(sale.gpuCount)
        let serial = purchases.count
        let id = freshID(prefix: idPrefix, dice: &dice)
        purchases.append(SimulatedPurchase(sale, id: id, serial: serial, at: now))
        serials[id] = serial
        recent.append(serial)
        aliveCount += 1
        if sellsStuck {
            purchases[serial].isStuck = true
        } else if boot <= .zero {
            purchases[serial].enter(.running, at: now)
        } else {
            agenda.add(.booted, of: serial, at: now + boot)
        }
        return serial
    }

    /// Ends a purchase: billing stops and its GPUs go back.
    ///
    /// Nothing happens where it has ended before.
    mutating func end(_ serial: Int, _ ending: SimulatedPurchase.Ending, at moment: Timestamp) {
        guard purchases[serial].isAlive else { return }
        purchases[serial].endedAt = moment
        purchases[serial].ending = ending
        shelf[purchases[serial].ware].giveBack(purchases[serial].gpuCount)
        aliveCount -= 1
    }

    /// The serials to look at for a listing as of a moment not long ago, in the order of buying.
    mutating func listed(asOf moment: Timestamp) -> [Int] {
        let horizon = now - Self.listingMemory
        recent.removeAll { serial in purchases[serial].endedAt.map { $0 < horizon } ?? false }
        return recent.filter { serial in
            let purchase = purchases[serial]
            return purchase.listedAt <= moment && !purchase.isDenied && (purchase.endedAt.map { $0 > moment } ?? true)
        }
    }

    /// What is visible under an id at the moment: alive, not denied, not too young to be seen.
    func visible(_ id: some StringProtocol) -> Int? {
        guard let serial = serials[String(id)] else { return nil }
        let purchase = purchases[serial]
        return purchase.isAlive && !purchase.isDenied && purchase.visibleAt <= now ? serial : nil
    }

    private mutating func settle(_ entry: Agenda.Entry) {
        let (serial, purchase) = (entry.serial, purchases[entry.serial])
        guard purchase.isAlive else { return }
        switch entry.event {
        case .booted:
            if purchase.phase == .booting { purchases[serial].enter(.running, at: entry.at) }
        case .stopped:
            if purchase.phase == .stopping { purchases[serial].enter(.stopped, at: entry.at) }
        case .workEnded(let phase):
            if purchase.phase == .running { purchases[serial].enter(phase, at: entry.at) }
        case .gone:
            // A deletion that was under way is broken off with the one that failed.
            if !purchase.isDenied { end(serial, .deleted, at: entry.at) }
        }
    }

    /// An id that tells nothing about order, as real ones do.
    private func freshID(prefix: String, dice: inout some RandomNumberGenerator) -> String {
        while true {
            let digits = String(dice.next() & 0xFFFF_FFFF_FFFF, radix: 16)
            let id = prefix + String(repeating: "0", count: 12 - digits.count) + digits
            if serials[id] == nil { return id }
        }
    }
}

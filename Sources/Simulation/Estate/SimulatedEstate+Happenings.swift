import Intents

extension SimulatedEstate {
    /// Asks a purchase to stop; it stays billed.
    ///
    /// Returns the phase that it has then.
    mutating func stop(_ serial: Int, takes duration: Duration) -> SimulatedPhase {
        switch purchases[serial].phase {
        case .booting, .running:
            if duration <= .zero {
                purchases[serial].enter(.stopped, at: now)
            } else {
                purchases[serial].enter(.stopping, at: now)
                agenda.add(.stopped, of: serial, at: now + duration)
            }
        case .stopping, .stopped, .completed, .failed: break
        }
        return purchases[serial].phase
    }

    /// Accepts a purchase's deletion, which takes a while; a second one changes nothing.
    mutating func delete(_ serial: Int, takes duration: Duration) {
        guard duration > .zero else { return end(serial, .deleted, at: now) }
        guard !purchases[serial].isDeleting else { return }
        purchases[serial].isDeleting = true
        agenda.add(.gone, of: serial, at: now + duration)
    }

    /// The platform loses a purchase: it is gone, and no longer billed.
    mutating func lose(_ serial: Int) { end(serial, .lost, at: now) }

    /// The platform takes the GPUs back for others: the work ends in `phase`, the bill goes on.
    mutating func preempt(_ serial: Int, to phase: SimulatedPhase) {
        guard purchases[serial].isAlive else { return }
        purchases[serial].enter(phase, at: now)
    }

    /// The platform denies a purchase for ever, although it lives and is billed.
    mutating func deny(_ serial: Int) { purchases[serial].isDenied = true }

    /// Listings leave a purchase out until a moment.
    mutating func keepFromListings(_ serial: Int, until moment: Timestamp) {
        purchases[serial].listedAt = max(purchases[serial].listedAt, moment)
    }

    /// A purchase answers to its id only from a moment on, and is listed not before either.
    mutating func keepFromSight(_ serial: Int, until moment: Timestamp) {
        purchases[serial].visibleAt = max(purchases[serial].visibleAt, moment)
        keepFromListings(serial, until: moment)
    }

    /// Any purchase that lives, each as likely as the others; nil where none does.
    ///
    /// Tried a few times at random first, so that a long history of ended purchases is not searched for every fault.
    func anyAlive(dice: inout some RandomNumberGenerator) -> Int? {
        guard aliveCount > 0 else { return nil }
        for _ in 0..<32 {
            let serial = Int.random(in: 0..<purchases.count, using: &dice)
            if purchases[serial].isAlive { return serial }
        }
        return purchases.filter(\.isAlive).randomElement(using: &dice)?.serial
    }

    /// Gives a purchase another number of GPUs, at the price per GPU that it was sold for; false where the shelf is empty.
    mutating func resize(_ serial: Int, to gpuCount: Int) -> Bool {
        let purchase = purchases[serial]
        guard purchase.isAlive, gpuCount > 0 else { return false }
        let more = gpuCount - purchase.gpuCount
        guard more <= shelf[purchase.ware].free else { return false }
        let rate = Money(micros: purchase.hourly.micros / Int64(purchase.gpuCount) * Int64(gpuCount))
        if more > 0 { shelf[purchase.ware].take(more) } else { shelf[purchase.ware].giveBack(-more) }
        purchases[serial].gpuCount = gpuCount
        purchases[serial].setHourly(rate, at: now)
        return true
    }
}

package import Intents

/// One purchase in a simulated platform's books, from the first cent to the last.
package struct SimulatedPurchase: Sendable {
    /// How a purchase came to its end.
    package enum Ending: String, Hashable, Sendable, CaseIterable {
        /// The customer had it deleted.
        case deleted
        /// The platform lost it.
        case lost
    }

    /// The platform's id for it.
    package let id: String
    /// Its number among the platform's purchases, from 0 in the order of buying.
    package let serial: Int
    /// What the customer told of himself: FlexAI's `user_id`, FLARE's workload name.
    package let reference: String
    /// The idempotency key that came with the purchase; nil for none.
    package let idempotencyKey: String?
    /// Whether no reply can tell whose it is, also where replies tell that of others.
    package let isNameless: Bool
    /// Which ware, by its place on the platform's shelf.
    package let ware: Int
    /// How many GPUs it holds, all replicas and tasks together.
    package internal(set) var gpuCount: Int
    /// When it was bought, which is when billing began.
    package let createdAt: Timestamp
    /// When billing ended; nil while it lives.
    package internal(set) var endedAt: Timestamp?
    /// How it ended; nil while it lives.
    package internal(set) var ending: Ending?
    /// How far it has come.
    package internal(set) var phase = SimulatedPhase.booting
    /// When it came to that phase.
    package internal(set) var phaseSince: Timestamp
    /// What it costs in an hour now.
    package internal(set) var hourly: Money
    /// Whether its deletion was accepted and is under way.
    package internal(set) var isDeleting = false
    /// Whether it never finishes booting.
    package internal(set) var isStuck = false
    /// Whether the platform denies that it exists, for ever, although it lives and is billed.
    package internal(set) var isDenied = false
    /// From when on the platform shows it when asked for its id.
    package internal(set) var visibleAt: Timestamp
    /// From when on listings show it.
    package internal(set) var listedAt: Timestamp
    /// What earlier hourly rates came to.
    private var accrued = Money.zero
    private var rateSince: Timestamp

    /// A purchase that has just been made.
    init(_ sale: SimulatedSale, id: String, serial: Int, at now: Timestamp) {
        self.id = id
        self.serial = serial
        reference = sale.reference
        idempotencyKey = sale.idempotencyKey
        isNameless = sale.isNameless
        ware = sale.ware
        gpuCount = sale.gpuCount
        hourly = sale.hourly
        createdAt = now
        phaseSince = now
        rateSince = now
        visibleAt = now
        listedAt = now
    }

    /// Whether it exists and is billed.
    package var isAlive: Bool { endedAt == nil }

    /// What it has cost up to a moment; does not grow after its end.
    package func cost(at now: Timestamp) -> Money {
        let until = min(now, endedAt ?? now)
        return until > rateSince ? accrued + hourly.over(until - rateSince) : accrued
    }

    /// Changes what it costs from now on.
    mutating func setHourly(_ rate: Money, at now: Timestamp) {
        accrued = cost(at: now)
        rateSince = max(now, rateSince)
        hourly = rate
    }

    /// Moves on to a phase.
    mutating func enter(_ phase: SimulatedPhase, at now: Timestamp) {
        self.phase = phase
        phaseSince = now
    }
}

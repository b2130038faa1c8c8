package import Documents
package import Intents

extension SimulatedEstate {
    /// Everything that lives and is billed, in the order of buying; no matter what the API shows.
    package var alive: [SimulatedPurchase] { purchases.filter(\.isAlive) }

    /// What all purchases together cost in an hour now.
    package var hourly: Money { alive.reduce(.zero) { $0 + $1.hourly } }

    /// What all purchases together have cost up to a moment.
    package func cost(at moment: Timestamp) -> Money { purchases.reduce(.zero) { $0 + $1.cost(at: moment) } }

    /// The books as a tree: counts, sums, shelf, and what lives.
    package func books() -> Node {
        .object([
            "ever": .integer(Int64(purchases.count)),
            "alive": .integer(Int64(aliveCount)),
            "ended": .integer(Int64(purchases.count - aliveCount)),
            "hourly": .string(PlainText.text(hourly) + "/hour"),
            "cost": .string(PlainText.text(cost(at: now))),
            "shelf": .sequence(shelf.map(\.books)),
            "allocations": .sequence(alive.map { $0.books(at: now, ware: shelf[$0.ware]) }),
        ])
    }

    /// Every purchase ever as a tree.
    package func history() -> Node {
        Node(.sequence(purchases.map { $0.books(at: now, ware: shelf[$0.ware]) }))
    }
}

extension SimulatedWare {
    /// Its line in the books.
    var books: Node {
        .object([
            "name": .string(name),
            "price": .string(PlainText.text(price)),
            "capacity": .integer(Int64(capacity)),
            "taken": .integer(Int64(taken)),
            "offered": .bool(isOffered),
        ])
    }
}

extension SimulatedPurchase {
    /// Its line in the books.
    func books(at now: Timestamp, ware: SimulatedWare) -> Node {
        .object([
            "id": .string(id),
            "reference": .string(reference),
            "idempotency_key": idempotencyKey.map(Node.Value.string) ?? .null,
            "ware": .string(ware.name),
            "gpu_count": .integer(Int64(gpuCount)),
            "phase": .string(phase.rawValue),
            "created_at": .string(PlainText.text(createdAt)),
            "created_milliseconds": .integer(createdAt.milliseconds),
            "ended_at": endedAt.map { .string(PlainText.text($0)) } ?? .null,
            "ended_milliseconds": endedAt.map { .integer($0.milliseconds) } ?? .null,
            "ending": ending.map { .string($0.rawValue) } ?? .null,
            "hourly": .string(PlainText.text(hourly) + "/hour"),
            "cost": .string(PlainText.text(cost(at: now))),
            "denied": .bool(isDenied),
        ])
    }
}

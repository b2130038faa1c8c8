import Documents
import Intents

/// One purchase as a simulated platform's books have it.
struct BookedPurchase: Sendable, CustomStringConvertible {
    /// On which platform.
    let platform: String
    /// The platform's name for it.
    let id: String
    /// What the buyer called it.
    let reference: String
    /// The buyer's idempotency key, which is the attempt.
    let key: String
    /// When it was bought.
    let createdAt: Timestamp
    /// When it ended; nil while it lives.
    let endedAt: Timestamp?
    /// How it ended; nil while it lives.
    let ending: String?

    /// The purchase of a line of the books.
    init(_ node: Node, _ platform: String) throws(CrashFailure) {
        guard let id = node["id"]?.string, let reference = node["reference"]?.string,
            let created = node["created_milliseconds"]?.integer
        else { throw CrashFailure("a line of the books cannot be read") }
        self.platform = platform
        self.id = id
        self.reference = reference
        key = node["idempotency_key"]?.string ?? ""
        createdAt = Timestamp(milliseconds: created)
        endedAt = node["ended_milliseconds"]?.integer.map { Timestamp(milliseconds: $0) }
        ending = node["ending"]?.string
    }

    /// For which intent and slot it was bought; nil where the reference does not say.
    ///
    /// FlexAI is told `<operator>/<intent>/<slot>/<attempt>`, FLARE `<workload>-<attempt>`.
    var place: SlotPlace? {
        if platform == "flexai" {
            let parts = reference.split(separator: "/")
            guard parts.count == 4, let slot = Int(parts[2]) else { return nil }
            return SlotPlace(intent: String(parts[1]), slot: slot)
        }
        guard let dash = reference.lastIndex(of: "-") else { return nil }
        return SlotPlace(intent: String(reference[..<dash]), slot: 0)
    }

    var description: String {
        "\(platform) \(id) \"\(reference)\" from \(createdAt) to \(endedAt.map { "\($0)" } ?? "now")"
    }
}

/// One slot of one intent.
struct SlotPlace: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The intent's name.
    let intent: String
    /// The slot's number.
    let slot: Int

    static func < (left: Self, right: Self) -> Bool { (left.intent, left.slot) < (right.intent, right.slot) }

    var description: String { "\(intent)/\(slot)" }
}

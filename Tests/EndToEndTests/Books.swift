import Documents
import Testing

/// What a simulated platform's own books say.
struct Books: Sendable, CustomStringConvertible {
    /// One allocation that lives and is billed.
    struct Allocation: Hashable, Sendable {
        /// The platform's id.
        let id: String
        /// What the buyer called it.
        let reference: String
        /// How it fares.
        let phase: String
    }

    /// How many were ever bought.
    let ever: Int
    /// What lives, in the order of buying.
    let allocations: [Allocation]
    /// How many calls of each sort have come.
    let calls: [String: Int]
    /// How many calls each kind of fault has befallen.
    let faults: [String: Int]

    /// The books of a platform's part of the reply.
    init(_ node: Node) throws {
        ever = Int(try #require(node["ever"]?.integer))
        allocations = try #require(node["allocations"]?.sequence).map { entry in
            Allocation(
                id: try #require(entry["id"]?.string),
                reference: try #require(entry["reference"]?.string),
                phase: try #require(entry["phase"]?.string)
            )
        }
        calls = Self.counts(node["calls"])
        faults = Self.counts(node["faults"])
    }

    /// How many live.
    var alive: Int { allocations.count }

    var description: String { "\(ever) bought, alive \(allocations), calls \(calls), faults \(faults)" }

    private static func counts(_ node: Node?) -> [String: Int] {
        Dictionary((node?.mapping ?? []).map { ($0.key, Int($0.node.integer ?? 0)) }) { $1 }
    }
}

/// Both platforms' books at one moment.
struct BothBooks: Sendable {
    /// FlexAI's.
    let flexai: Books
    /// FLARE's.
    let flare: Books

    /// How many live on either.
    var alive: Int { flexai.alive + flare.alive }
    /// How many were ever bought on either.
    var ever: Int { flexai.ever + flare.ever }
}

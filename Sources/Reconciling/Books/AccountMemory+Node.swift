package import Documents
import Intents
import Placement

extension AccountMemory {
    /// The memory as ledgers keep it; what is absent is left out, and nothing is lost.
    package var node: Node {
        .mapping(droppingNil: [
            "approvals": Self.entries(approvals.map(\.node)),
            "tasks": Self.entries(tasks.map(\.node)),
            "losses": Self.entries(losses.map { .string($0.text) }),
            "onDemandSince": onDemandSince.map { .string($0.text) },
            "uptime": uptime == UptimeMemory() ? Node?.none : uptime.node,
            "warnedPercent": warnedPercent == 0 ? Node?.none : .integer(warnedPercent),
            "replicas": replicas.map { .integer($0) },
            "rest": rest?.node,
            "rollout": rollout?.node,
            "drifts": Self.entries(drifts.map(\.node)),
            "negotiation": negotiation?.node,
            "dependsOn": Self.entries(dependsOn.map { .string($0.rawValue) }),
        ])
    }

    /// Reads a memory that `node` has written; fields that it does not know are passed over.
    /// - Throws: the first field that is not what it must be.
    package init(node: Node) throws(Diagnostic) {
        let fields = try StatusReader(node, path: "memory")
        self.init()
        approvals = try fields.list("approvals") { fields throws(Diagnostic) in try Approval(fields) }
        tasks = try fields.list("tasks") { fields throws(Diagnostic) in try TaskMemory(fields) }
        losses = try fields.moments("losses")
        onDemandSince = try fields.optionalMoment("onDemandSince")
        uptime = try fields.part("uptime") { fields throws(Diagnostic) in try UptimeMemory(fields) } ?? UptimeMemory()
        warnedPercent = try fields.optionalInteger("warnedPercent") ?? 0
        replicas = try fields.optionalInteger("replicas")
        rest = try fields.part("rest") { fields throws(Diagnostic) in try RestMemory(fields) }
        rollout = try fields.part("rollout") { fields throws(Diagnostic) in try RolloutMemory(fields) }
        drifts = try fields.list("drifts") { fields throws(Diagnostic) in try DriftMemory(fields) }
        negotiation = try fields.part("negotiation") { fields throws(Diagnostic) in try NegotiationMemory(fields) }
        dependsOn = try fields.texts("dependsOn").map(IntentKey.init(rawValue:))
    }

    private static func entries(_ nodes: [Node]) -> Node? { nodes.isEmpty ? Node?.none : .list(nodes) }
}

extension Approval {
    /// An approval as ledgers and statuses keep it.
    fileprivate var node: Node {
        .mapping(droppingNil: [
            "purpose": .string(purpose.rawValue),
            "generation": .integer(generation),
            "upTo": upTo.map { .string($0.rateText) },
            "deviation": deviation.map { .string($0.text) },
            "at": .string(at.text),
        ])
    }

    fileprivate init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(
            try fields.word("purpose"),
            generation: try fields.integer("generation"),
            upTo: try fields.optionalRate("upTo"),
            deviation: try fields.optionalText("deviation").flatMap(Deviation.init(text:)),
            at: try fields.moment("at")
        )
    }
}

extension TaskMemory {
    fileprivate var node: Node {
        .mapping(droppingNil: [
            "slot": .integer(slot),
            "failures": failures == 0 ? Node?.none : .integer(failures),
            "failedAt": failedAt.map { .string($0.text) },
            "completedAt": completedAt.map { .string($0.text) },
            "lastAttempt": lastAttempt.map { .string($0.rawValue) },
        ])
    }

    fileprivate init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(slot: try fields.integer("slot"))
        failures = try fields.optionalInteger("failures") ?? 0
        failedAt = try fields.optionalMoment("failedAt")
        completedAt = try fields.optionalMoment("completedAt")
        lastAttempt = try fields.optionalText("lastAttempt").map(AttemptID.init(rawValue:))
    }
}

extension UptimeMemory {
    fileprivate var node: Node {
        .mapping(droppingNil: [
            "since": since.map { .string($0.text) },
            "interruptedSince": interruptedSince.map { .string($0.text) },
            "heldSince": heldSince.map { .string($0.text) },
            "days": days.isEmpty ? Node?.none : .list(days.map(\.node)),
        ])
    }

    fileprivate init(_ fields: StatusReader) throws(Diagnostic) {
        self.init()
        since = try fields.optionalMoment("since")
        interruptedSince = try fields.optionalMoment("interruptedSince")
        heldSince = try fields.optionalMoment("heldSince")
        days = try fields.list("days") { fields throws(Diagnostic) in try Day(fields) }
    }
}

extension UptimeMemory.Day {
    /// Spans in milliseconds.
    fileprivate var node: Node {
        .mapping(droppingNil: [
            "day": .integer(number),
            "down": down == .zero ? Node?.none : .integer(Int(down.milliseconds)),
            "held": held == .zero ? Node?.none : .integer(Int(held.milliseconds)),
        ])
    }

    fileprivate init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(
            number: try fields.integer("day"),
            down: .milliseconds(try fields.optionalInteger("down") ?? 0),
            held: .milliseconds(try fields.optionalInteger("held") ?? 0)
        )
    }
}

package import Documents
import Intents
import Placement

extension IntentStatus {
    /// The status as files, the terminal and Kubernetes show it.
    ///
    /// What is nil, empty text and empty lists are left out, but for `conditions` and `slots`, which are always there;
    /// `slotsReady` (`1/2`) only follows from the rest, for tables that cannot count; money is written `8.50 EUR/hour`
    /// and `19.12 EUR`, moments in UTC. Nothing is lost: reading gives an equal status.
    package var node: Node {
        .mapping(droppingNil: [
            "observedGeneration": .integer(observedGeneration),
            "phase": .string(phase.rawValue),
            "wantedSlots": .integer(wantedSlots),
            "slotsReady": .string("\(readySlots)/\(wantedSlots)"),
            "conditions": .list(conditions.map(\.node)),
            "placement": placement?.node,
            "slots": .list(slots.map(\.node)),
            "cost": cost.node,
            "url": .text(url),
            "constraints": .entries(constraints.map(\.node)),
            "nextRetryAt": .moment(nextRetryAt),
            "lastError": lastError?.node,
            "history": .entries(history.map(\.node)),
            "approvals": .entries(approvals.map(\.node)),
            "availability": availability?.node,
        ])
    }

    /// Reads a status that `node` has written; fields that it does not know are passed over.
    /// - Throws: the first field that is missing or is not what it must be.
    package init(node: Node) throws(Diagnostic) {
        let fields = try StatusReader(node, path: "status")
        self.init(
            observedGeneration: try fields.integer("observedGeneration"),
            wantedSlots: try fields.integer("wantedSlots")
        )
        phase = try fields.word("phase")
        conditions = try fields.list("conditions") { fields throws(Diagnostic) in try Condition(fields) }
        placement = try fields.part("placement") { fields throws(Diagnostic) in try PlacementStatus(fields) }
        slots = try fields.list("slots") { fields throws(Diagnostic) in try SlotStatus(fields) }
        cost = try CostStatus(fields.required("cost"))
        url = try fields.optionalText("url")
        constraints = try fields.list("constraints") { fields throws(Diagnostic) in try ConstraintVerdict(fields) }
        nextRetryAt = try fields.optionalMoment("nextRetryAt")
        lastError = try fields.part("lastError") { fields throws(Diagnostic) in try ErrorStatus(fields) }
        history = try fields.list("history") { fields throws(Diagnostic) in try Transition(fields) }
        approvals = try fields.list("approvals") { fields throws(Diagnostic) in try ApprovalStatus(fields) }
        availability = try fields.part("availability") { fields throws(Diagnostic) in try AvailabilityStatus(fields) }
    }
}

extension Node {
    /// Text, left out where there is none.
    ///
    /// An empty text is written as such, so that it is told from a missing one.
    fileprivate static func text(_ text: String?) -> Node? { text.map { Node.string($0) } }

    /// A moment, left out where there is none.
    fileprivate static func moment(_ moment: Timestamp?) -> Node? { moment.map { Node.string($0.text) } }

    /// A list, left out where it is empty.
    fileprivate static func entries(_ nodes: [Node]) -> Node? { nodes.isEmpty ? nil : .list(nodes) }
}

extension Condition {
    fileprivate var node: Node {
        .mapping([
            "type": .string(type),
            "status": .string(status.rawValue),
            "reason": .string(reason),
            "message": .string(message),
            "lastTransitionTime": .string(lastTransition.text),
        ])
    }

    fileprivate init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(
            type: try fields.text("type"),
            status: try fields.word("status"),
            reason: try fields.text("reason"),
            message: try fields.text("message"),
            lastTransition: try fields.moment("lastTransitionTime")
        )
    }
}

extension PlacementStatus {
    fileprivate var node: Node {
        .mapping(droppingNil: [
            "platform": .string(platform.rawValue),
            "provider": .text(provider),
            "offer": .string(offer),
            "gpu": .string(gpu),
            "count": .integer(count),
            "location": .text(location),
            "hourlyCost": .string(hourlyCost.rateText),
            "because": .string(because),
        ])
    }

    fileprivate init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(
            platform: PlatformName(rawValue: try fields.text("platform")),
            provider: try fields.optionalText("provider"),
            offer: try fields.text("offer"),
            gpu: try fields.text("gpu"),
            count: try fields.integer("count"),
            location: try fields.optionalText("location"),
            hourlyCost: try fields.rate("hourlyCost"),
            because: try fields.text("because")
        )
    }
}

extension SlotStatus {
    fileprivate var node: Node {
        .mapping(droppingNil: [
            "number": .integer(number),
            "platform": .text(platform?.rawValue),
            "allocation": .text(allocation?.rawValue),
            "state": .string(state.rawValue),
            "address": .text(address),
            "attempt": .text(attempt?.rawValue),
            "since": .moment(since),
            "generation": generation.map { .integer($0) },
            "note": .text(note.isEmpty ? nil : note),
        ])
    }

    fileprivate init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(
            number: try fields.integer("number"),
            state: try fields.word("state"),
            note: try fields.optionalText("note") ?? ""
        )
        platform = try fields.optionalText("platform").map(PlatformName.init(rawValue:))
        allocation = try fields.optionalText("allocation").map(AllocationID.init(rawValue:))
        address = try fields.optionalText("address")
        attempt = try fields.optionalText("attempt").map(AttemptID.init(rawValue:))
        since = try fields.optionalMoment("since")
        generation = try fields.optionalInteger("generation")
    }
}

extension CostStatus {
    fileprivate var node: Node {
        .mapping(droppingNil: [
            "hourly": .string(hourly.rateText), "total": .string(total.text), "asOf": .moment(asOf),
            "reported": .text(reported?.text), "overrun": .text(overrun?.text),
        ])
    }

    fileprivate init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(
            hourly: try fields.rate("hourly"),
            total: try fields.amount("total"),
            asOf: try fields.optionalMoment("asOf")
        )
        reported = try fields.optionalAmount("reported")
        overrun = try fields.optionalAmount("overrun")
    }
}

extension ConstraintVerdict {
    fileprivate var node: Node {
        .mapping(["name": .string(name), "verdict": .string(verdict.rawValue), "why": .string(why)])
    }

    fileprivate init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(name: try fields.text("name"), verdict: try fields.word("verdict"), why: try fields.text("why"))
    }
}

extension ErrorStatus {
    fileprivate var node: Node {
        .mapping(["code": .string(code), "message": .string(message), "at": .string(at.text)])
    }

    fileprivate init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(code: try fields.text("code"), message: try fields.text("message"), at: try fields.moment("at"))
    }
}

extension AvailabilityStatus {
    fileprivate var node: Node {
        .mapping(droppingNil: [
            "measured": .string(measured),
            "promised": .text(promised),
            "since": .string(since.text),
            "interruptedSince": .moment(interruptedSince),
        ])
    }

    fileprivate init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(
            measured: try fields.text("measured"),
            promised: try fields.optionalText("promised"),
            since: try fields.moment("since"),
            interruptedSince: try fields.optionalMoment("interruptedSince")
        )
    }
}

extension ApprovalStatus {
    fileprivate var node: Node {
        .mapping(droppingNil: [
            "purpose": .string(permission.purpose.rawValue),
            "generation": .integer(permission.generation),
            "upTo": permission.upTo.map { .string($0.rateText) },
            "deviation": .text(permission.deviation?.text),
            "why": .string(why),
        ])
    }

    fileprivate init(_ fields: StatusReader) throws(Diagnostic) {
        let permission = Permission(
            try fields.word("purpose"),
            generation: try fields.integer("generation"),
            upTo: try fields.optionalRate("upTo"),
            deviation: try fields.optionalText("deviation").flatMap(Deviation.init(text:))
        )
        self.init(permission, why: try fields.text("why"))
    }
}

extension Transition {
    fileprivate var node: Node {
        .mapping(["at": .string(at.text), "phase": .string(phase.rawValue), "message": .string(message)])
    }

    fileprivate init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(at: try fields.moment("at"), phase: try fields.word("phase"), message: try fields.text("message"))
    }
}

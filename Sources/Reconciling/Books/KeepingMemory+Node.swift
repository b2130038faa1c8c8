import Documents
import Intents

extension RestMemory {
    /// As ledgers keep it.
    var node: Node {
        .mapping([
            "since": .string(since.text), "generation": .integer(generation), "reason": .string(reason),
        ])
    }

    /// Reads what `node` has written.
    init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(
            since: try fields.moment("since"),
            generation: try fields.integer("generation"),
            reason: try fields.text("reason")
        )
    }
}

extension RolloutMemory {
    /// As ledgers keep it.
    var node: Node {
        .mapping(droppingNil: [
            "generation": .integer(generation),
            "failures": failures == 0 ? Node?.none : .integer(failures),
            "haltedAt": haltedAt.map { .string($0.text) },
            "message": message.isEmpty ? Node?.none : .string(message),
        ])
    }

    /// Reads what `node` has written.
    init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(generation: try fields.integer("generation"))
        failures = try fields.optionalInteger("failures") ?? 0
        haltedAt = try fields.optionalMoment("haltedAt")
        message = try fields.optionalText("message") ?? ""
    }
}

extension DriftMemory {
    /// As ledgers keep it.
    var node: Node {
        .mapping(droppingNil: [
            "slot": .integer(slot),
            "attempt": .string(attempt.rawValue),
            "kind": .string(kind.rawValue),
            "since": .string(since.text),
            "message": .string(message),
            "stubborn": isStubborn ? Node.bool(true) : Node?.none,
        ])
    }

    /// Reads what `node` has written.
    init(_ fields: StatusReader) throws(Diagnostic) {
        self.init(
            slot: try fields.integer("slot"),
            attempt: AttemptID(rawValue: try fields.text("attempt")),
            kind: try fields.word("kind"),
            since: try fields.moment("since"),
            message: try fields.text("message"),
            isStubborn: try fields.optionalFlag("stubborn") ?? false
        )
    }
}

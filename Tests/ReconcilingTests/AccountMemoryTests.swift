import Documents
import Intents
import Testing

@testable import Reconciling

/// What is remembered of an intent comes back from every ledger as it was.
@Suite struct AccountMemoryTests {
    @Test("any memory comes back", arguments: 0..<UInt64(200))
    func comesBack(seed: UInt64) throws {
        var dice = StatusDice(seed: seed)
        let memory = dice.memory()
        let text = DocumentPrinter.json(memory.node, style: .compact)
        #expect(try AccountMemory(node: DocumentParser.json(Array(text.utf8))) == memory)
    }

    @Test("nothing to remember is written as nothing")
    func empty() throws {
        #expect(DocumentPrinter.json(AccountMemory().node, style: .compact) == "{}")
        #expect(AccountMemory().isEmpty)
        var memory = AccountMemory()
        memory.warnedPercent = 80
        #expect(!memory.isEmpty)
    }

    @Test(
        "a member that is not what it must be is named",
        arguments: [
            (#"{"tasks": 1}"#, "memory.tasks"), (#"{"losses": ["x"]}"#, "memory.losses"),
            (#"{"losses": [1]}"#, "memory.losses"),
            (#"{"approvals": [{"purpose": "Fun"}]}"#, "memory.approvals[0].purpose"),
            (#"{"dependsOn": 1}"#, "memory.dependsOn"), (#"{"dependsOn": [1]}"#, "memory.dependsOn"),
            (#"{"drifts": [{"slot": 0, "attempt": "a", "kind": "Fun"}]}"#, "memory.drifts[0].kind"),
            (
                #"{"drifts": [{"slot": 0, "attempt": "a", "kind": "Gone", "since": "2027-01-01T00:00:00Z", "#
                    + #""message": "", "stubborn": 1}]}"#, "memory.drifts[0].stubborn"
            ), (#"{"uptime": {"days": [{}]}}"#, "memory.uptime.days[0].day"), (#"[]"#, "memory"),
        ]
    )
    func named(text: String, field: String) throws {
        let node = try DocumentParser.json(Array(text.utf8))
        let error = #expect(throws: Diagnostic.self) { try AccountMemory(node: node) }
        #expect(error?.field == field)
    }

    @Test("members of a later version are passed over")
    func later() throws {
        let node = try DocumentParser.json(Array(#"{"tomorrow": 1, "warnedPercent": 95}"#.utf8))
        #expect(try AccountMemory(node: node).warnedPercent == 95)
    }
}

extension StatusDice {
    /// A memory with anything in it.
    mutating func memory() -> AccountMemory {
        func chance(_ dice: inout StatusDice) -> Bool { dice.number(0...1) == 1 }
        var memory = AccountMemory()
        if chance(&self) {
            memory.approvals = [Approval(.price, generation: number(1...9), upTo: money(), at: moment())]
        }
        if chance(&self) { memory.approvals.append(Approval(.volume, generation: 1, at: moment())) }
        for slot in 0..<number(0...3) {
            var task = TaskMemory(slot: slot)
            task.failures = number(0...3)
            task.failedAt = chance(&self) ? moment() : nil
            task.completedAt = chance(&self) ? moment() : nil
            task.lastAttempt = chance(&self) ? AttemptID(using: &self) : nil
            memory.tasks.append(task)
        }
        memory.losses = (0..<number(0...3)).map { _ in moment() }
        memory.onDemandSince = chance(&self) ? moment() : nil
        memory.warnedPercent = [0, 80, 95][number(0...2)]
        memory.uptime.since = chance(&self) ? moment() : nil
        memory.uptime.interruptedSince = chance(&self) ? moment() : nil
        memory.uptime.heldSince = chance(&self) ? moment() : nil
        for day in 0..<number(0...3) {
            memory.uptime.days.append(
                UptimeMemory.Day(number: day, down: .seconds(number(0...9)), held: .milliseconds(number(0...9)))
            )
        }
        if chance(&self) { memory.rest = RestMemory(since: moment(), generation: number(1...9), reason: text()) }
        if chance(&self) {
            var rollout = RolloutMemory(generation: number(1...9))
            rollout.failures = number(0...3)
            rollout.haltedAt = chance(&self) ? moment() : nil
            rollout.message = text()
            memory.rollout = rollout
        }
        for slot in 0..<number(0...3) {
            memory.drifts.append(
                DriftMemory(
                    slot: slot,
                    attempt: AttemptID(using: &self),
                    kind: DriftMemory.Kind.allCases[number(0...2)],
                    since: moment(),
                    message: text(),
                    isStubborn: chance(&self)
                )
            )
        }
        memory.dependsOn = (0..<number(0...2)).map { IntentKey(rawValue: "intent-\($0)") }
        return memory
    }
}

import Documents
import Intents
import Placement
import Reconciling
import Reporting

@testable import intentctl

/// Things that tests speak of, and an outside world in memory.
enum Samples {
    /// The moment of all samples: 2027-01-15T08:00:00Z.
    static let now = Timestamp(seconds: 1_800_000_000)

    /// Files by their paths; a directory is a path that others lie under.
    static func files(_ contents: [String: String]) -> Files {
        Files(
            kind: { path throws(FileTrouble) in
                if contents[path] != nil { return .file }
                guard contents.keys.contains(where: { $0.hasPrefix(path + "/") }) else { throw missing }
                return .directory
            },
            names: { path throws(FileTrouble) in
                let inside = contents.keys.filter { $0.hasPrefix(path + "/") }.map { $0.dropFirst(path.count + 1) }
                return Array(Set(inside.map { String($0.prefix { $0 != "/" }) }))
            },
            read: { path throws(FileTrouble) in
                guard let text = contents[path] else { throw missing }
                return Array(text.utf8)
            }
        )
    }

    private static let missing = FileTrouble("cannot be read: no such file")

    /// An intent that runs on FlexAI.
    static func view(
        _ name: String,
        _ phase: IntentStatus.Phase = .running,
        change: (inout IntentStatus) -> Void = { _ in }
    ) -> IntentView {
        var spec = IntentSpec()
        spec.workload.name = name
        spec.workload.image = "img"
        let intent = Intent(name: name, spec: spec)
        let key = IntentKey(rawValue: name)
        let stored = StoredIntent(
            key: key,
            file: "intents/\(name).yaml",
            generation: 2,
            createdAt: now - .seconds(7500),
            intent: intent
        )
        var status = IntentStatus(observedGeneration: 2, wantedSlots: 2)
        status.phase = phase
        status.placement = PlacementStatus(
            platform: .flexai,
            provider: nil,
            offer: "nvidia-h100",
            gpu: "H100",
            count: 2,
            location: "EU",
            hourlyCost: Money(micros: 8_500_000),
            because: "lowest cost of 3 offers"
        )
        var slot = SlotStatus(number: 0, state: .running)
        slot.platform = .flexai
        slot.allocation = AllocationID(rawValue: "i-7")
        slot.attempt = AttemptID(rawValue: "0b0e0f00-0000-4000-8000-000000000001")
        slot.address = "10.0.0.1"
        slot.since = now - .seconds(7200)
        status.slots = [slot, SlotStatus(number: 1, state: .provisioning)]
        status.cost = CostStatus(
            hourly: Money(micros: 8_500_000),
            total: Money(micros: 1_000_000),
            asOf: now - .seconds(3600)
        )
        status.conditions = [
            Condition(
                type: "Ready",
                status: phase == .running ? .yes : .no,
                reason: "Slots",
                message: phase == .running ? "" : "1 of 2 slots run",
                lastTransition: now - .seconds(90)
            )
        ]
        status.history = [Transition(at: now - .seconds(90), phase: phase, message: "slot 0 runs")]
        change(&status)
        return IntentView(stored: stored, status: status)
    }
}

/// Collects what a command writes.
final class Screen: Sendable {
    private let texts = Locked<(output: String, error: String)>(("", ""))
    private let sleeps = Locked(0)

    /// What was written to standard output.
    var output: String { texts.withLock { $0.output } }
    /// What was written to standard error.
    var error: String { texts.withLock { $0.error } }

    /// A console that writes here; waiting ends at once, and with an error after `looks` times.
    func console(_ files: [String: String] = [:], size: TerminalSize? = nil, looks: Int = 0) -> Console {
        let traits = StreamTraits(isTerminal: size != nil, environment: [:])
        return Console(
            write: { text in self.texts.withLock { $0.output += text } },
            writeError: { text in self.texts.withLock { $0.error += text } },
            output: traits,
            error: traits,
            size: { size },
            now: { Samples.now },
            sleep: { _ in
                let count = self.sleeps.withLock { count in
                    count += 1
                    return count
                }
                if count > looks { throw CancellationError() }
            },
            files: Samples.files(files)
        )
    }
}

/// Operations with answers that were set down beforehand; keeps the last request.
final class FakeOperations: Operations {
    /// The answers.
    struct Answers: Sendable {
        var views: [IntentView] = []
        var rows: [PlanRow] = []
        var diagnostics: [Diagnostic] = []
        var refusals: [String] = []
        var events: [Event] = []
        var offers: [Offer] = []
        var held: HeldWithdrawals?
        var orphans: [Orphan] = []
        var outcome = RequestOutcome.recorded
        var intents: [Intent] = []
        var warnings: [String] = []
        var token = TokenAnswer.revoked(id: "t")
        var failure: CommandError?
        var costs = CostFacts(past: CostRecords(), rows: [], detail: .whole)
    }

    private let answers: Answers
    private let last = Locked<OperatorRequest.Verb?>(nil)
    private let lastToken = Locked<TokenAction?>(nil)

    /// The last request that was made.
    var request: OperatorRequest.Verb? { last.withLock { $0 } }
    /// The last thing asked about tokens.
    var tokenAction: TokenAction? { lastToken.withLock { $0 } }

    init(_ answers: Answers = Answers()) { self.answers = answers }

    private func answer<Value>(_ value: Value) throws(CommandError) -> Value {
        if let failure = answers.failure { throw failure }
        return value
    }

    func run(_ settings: Settings, _ console: Console) async throws(CommandError) -> ExitCode {
        console.line("ran with \(settings.intents.joined(separator: ","))")
        return try answer(.difference)
    }

    func simulate(_ settings: Settings, _ console: Console) async throws(CommandError) -> ExitCode {
        try answer(.done)
    }

    func plan(_ settings: Settings) async throws(CommandError) -> Plan {
        Plan(rows: try answer(answers.rows), diagnostics: answers.diagnostics, refusals: answers.refusals)
    }

    func intents(_ settings: Settings) async throws(CommandError) -> [IntentView] { try answer(answers.views) }

    func events(_ settings: Settings, of key: IntentKey?) async throws(CommandError) -> [Event] {
        try answer(answers.events.filter { key == nil || $0.key == key })
    }

    func market(_ settings: Settings, list: String?) async throws(CommandError) -> MarketAnswer {
        let market = Market(offers: answers.offers, policy: PlacementPolicy(settings))
        return try answer(MarketAnswer(market: market, warnings: answers.warnings))
    }

    func intents(_ settings: Settings, named subjects: [String]) async throws(CommandError) -> [Intent] {
        try answer(answers.intents)
    }

    func request(_ settings: Settings, _ verb: OperatorRequest.Verb) async throws(CommandError) -> RequestOutcome {
        last.withLock { $0 = verb }
        return try answer(answers.outcome)
    }

    func heldWithdrawals(_ settings: Settings) async throws(CommandError) -> HeldWithdrawals? {
        try answer(answers.held)
    }

    func orphans(_ settings: Settings) async throws(CommandError) -> [Orphan] { try answer(answers.orphans) }

    func costs(_ settings: Settings) async throws(CommandError) -> CostFacts { try answer(answers.costs) }

    func completionToken(
        _ settings: Settings,
        _ key: IntentKey,
        slot: Int
    ) async throws(CommandError) -> SecretText {
        try answer(SecretText("token-of-\(key.rawValue)-\(slot)"))
    }

    func token(_ settings: Settings, _ action: TokenAction) async throws(CommandError) -> TokenAnswer {
        lastToken.withLock { $0 = action }
        return try answer(answers.token)
    }
}
